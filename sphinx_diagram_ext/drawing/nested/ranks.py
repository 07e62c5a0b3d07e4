"""Ranks of blocks in frames: which ties run against the flow, and how far along it each block is."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.drawing.layered import turned_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_diagram_ext.drawing.nested.parts import Frame, Tie


class _Arc(NamedTuple):
    """A least distance of two blocks; ``tie`` is the number of the tie that asks for it, -1 for an order of frames."""

    upper: str
    lower: str
    least: int
    tie: int


def ranked(
    keys: Sequence[str],
    ties: Sequence[Tie],
    frames: Sequence[Frame],
    level: Iterable[Iterable[str]] = (),
    *,
    in_order: bool = False,
) -> tuple[dict[str, int], set[int]]:
    """Return the rank of each block, from 0 on, and the numbers of the ties that run against the flow.

    Args:
        keys: of all blocks, in the order of the author.
        ties: lines between different blocks.
        frames: those of one block do not overlap.
        level: sets of blocks that are to have one rank.
        in_order: whether the outermost frames come one after the other.
    """
    same = _united(keys, level)
    tops = _tops(keys, frames)
    tier = {key: at for key, at in tops.items() if in_order}
    arcs, turned = [], set()
    for number, tie in enumerate(ties):
        upper, lower = same[tie.source], same[tie.target]
        if tier.get(upper, -1) > tier.get(lower, len(keys)):
            turned.add(number)
            upper, lower = lower, upper
        if upper != lower:
            arcs.append(_Arc(upper, lower, 1, number))
    if not in_order:
        arcs = _one_way(arcs, tops, turned)
    arcs += _order_arcs(tier)
    heads = list(dict.fromkeys([*same.values(), *(arc.upper for arc in arcs), *(arc.lower for arc in arcs)]))
    directed = _acyclic(heads, arcs, turned)
    ranks = _longest(heads, directed)
    if not in_order:
        ranks = _in_turn(heads, directed, ranks, tops, {same[key]: key for key in reversed(keys)})
    found = {key: ranks[same[key]] for key in keys}
    _move_loose(found, ties, frames)
    used = {rank: at for at, rank in enumerate(sorted(set(found.values())))}
    return {key: used[rank] for key, rank in found.items()}, turned


def _one_way(arcs: list[_Arc], tops: dict[str, int], turned: set[int]) -> list[_Arc]:
    """Return arcs of which those back to a frame written before are turned round, where arcs lead to and fro."""
    pairs = {(tops.get(arc.upper, -1), tops.get(arc.lower, -1)) for arc in arcs}
    found = []
    for arc in arcs:
        upper, lower = tops.get(arc.upper, -1), tops.get(arc.lower, -1)
        if upper > lower >= 0 and (lower, upper) in pairs:
            turned ^= {arc.tie}
            found.append(_Arc(arc.lower, arc.upper, arc.least, arc.tie))
        else:
            found.append(arc)
    return found


def _acyclic(heads: Sequence[str], arcs: Sequence[_Arc], turned: set[int]) -> list[_Arc]:
    """Return arcs without circles; ties that close one are turned round, and noted in *turned*."""
    against = turned_links(heads, [(arc.upper, arc.lower) for arc in arcs])
    directed = []
    for at, arc in enumerate(arcs):
        if at not in against:
            directed.append(arc)
        elif arc.tie >= 0:
            turned ^= {arc.tie}
            directed.append(_Arc(arc.lower, arc.upper, arc.least, arc.tie))
    return directed


def _in_turn(
    heads: Sequence[str], arcs: list[_Arc], ranks: dict[str, int], tops: dict[str, int], key_of: dict[str, str]
) -> dict[str, int]:
    """Return ranks in which a frame that leads to another is before it, if that needs no more of them."""
    home = {head: tops[key] for head, key in key_of.items() if key in tops}
    pairs = dict.fromkeys(
        (home[arc.upper], home[arc.lower])
        for arc in arcs
        if arc.upper in home and arc.lower in home and home[arc.upper] != home[arc.lower]
    )
    if not pairs or turned_links([str(at) for at in set(home.values())], [(str(a), str(b)) for a, b in pairs]):
        return ranks
    more = []
    for upper, lower in pairs:
        joint = f"\0{upper} {lower}"
        more += [_Arc(head, joint, 0, -1) for head, at in home.items() if at == upper]
        more += [_Arc(joint, head, 1, -1) for head, at in home.items() if at == lower]
    every = [*heads, *dict.fromkeys(arc.lower for arc in more if arc.lower.startswith("\0"))]
    if turned_links(every, [(arc.upper, arc.lower) for arc in (*arcs, *more)]):
        return ranks
    found = _longest(every, [*arcs, *more])
    least, most = min(found.values()), max(found[head] for head in heads)
    return found if most - least <= max(ranks.values()) - min(ranks.values()) else ranks


def _move_loose(found: dict[str, int], ties: Sequence[Tie], frames: Sequence[Frame]) -> None:
    """Put blocks without ties into the first rank of their frame."""
    tied = {key for tie in ties for key in (tie.source, tie.target)}
    for frame in frames:
        others = [found[key] for key in frame.blocks if key in tied]
        for key in frame.blocks:
            if others and key not in tied:
                found[key] = min(others)


def _united(keys: Sequence[str], level: Iterable[Iterable[str]]) -> dict[str, str]:
    """Return for each block one that stands for all of its rank."""
    same = {key: key for key in keys}
    for group in level:
        heads = list(dict.fromkeys(same[key] for key in group))
        for key, head in same.items():
            if head in heads[1:]:
                same[key] = heads[0]
    return same


def _tops(keys: Sequence[str], frames: Sequence[Frame]) -> dict[str, int]:
    """Return the number of the outermost frame that each block is in."""
    top: dict[str, str] = {}
    number: dict[str, int] = {}
    home: dict[str, str] = {}
    for frame in frames:
        top[frame.key] = frame.key if frame.parent is None else top[frame.parent]
        number.setdefault(top[frame.key], len(number))
        home.update(dict.fromkeys(frame.blocks, frame.key))
    return {key: number[top[home[key]]] for key in keys if key in home}


def _order_arcs(tier: dict[str, int]) -> list[_Arc]:
    """Return arcs that put all blocks of a tier after all of the tier before it."""
    arcs = []
    for upper, lower in itertools.pairwise(sorted(set(tier.values()))):
        joint = f"\0{upper}"
        arcs += [_Arc(key, joint, 0, -1) for key, at in tier.items() if at == upper]
        arcs += [_Arc(joint, key, 1, -1) for key, at in tier.items() if at == lower]
    return arcs


def _longest(keys: Sequence[str], arcs: Sequence[_Arc]) -> dict[str, int]:
    """Return ranks: after everything that leads to a block, and near to what it leads to."""
    before: dict[str, list[_Arc]] = {key: [] for key in keys}
    after: dict[str, list[_Arc]] = {key: [] for key in keys}
    for arc in arcs:
        before[arc.lower].append(arc)
        after[arc.upper].append(arc)
    waiting = {key: len(found) for key, found in before.items()}
    order = [key for key, count in waiting.items() if not count]
    for key in order:
        for arc in after[key]:
            waiting[arc.lower] -= 1
            if not waiting[arc.lower]:
                order.append(arc.lower)
    ranks: dict[str, int] = {}
    for key in order:
        ranks[key] = max((ranks[arc.upper] + arc.least for arc in before[key]), default=0)
    for key in reversed(order):
        # What leads on more than it is led to is near to what follows it.
        if sum(arc.tie >= 0 for arc in after[key]) > sum(arc.tie >= 0 for arc in before[key]):
            ranks[key] = min(ranks[arc.lower] - arc.least for arc in after[key])
    return ranks
