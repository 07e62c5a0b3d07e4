"""Ranks: which links run against the flow, and how far along the flow each block is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.layered.parts import End

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_diagram_ext.drawing.layered.parts import Block, Link


def turned_links(keys: Iterable[str], ends: Sequence[tuple[str, str]]) -> set[int]:
    """Return the numbers of the links that close a circle when the blocks are visited depth first, in order."""
    leaving: dict[str, list[tuple[int, str]]] = {key: [] for key in keys}
    for number, (source, target) in enumerate(ends):
        leaving[source].append((number, target))
    turned: set[int] = set()
    done: set[str] = set()
    for root, first in leaving.items():
        if root in done:
            continue
        path = {root}
        stack = [(root, iter(first))]
        while stack:
            key, others = stack[-1]
            number, target = next(others, (-1, ""))
            if number < 0:
                stack.pop()
                path.discard(key)
                done.add(key)
            elif target in path:
                turned.add(number)
            elif target not in done:
                path.add(target)
                stack.append((target, iter(leaving[target])))
    return turned


def ranked(blocks: Sequence[Block], links: Sequence[Link]) -> dict[str, int]:
    """Return the rank of each block, from 0 on: after everything that leads to it, and near to what it leads to."""
    before: dict[str, list[str]] = {block.key: [] for block in blocks}
    after: dict[str, list[str]] = {block.key: [] for block in blocks}
    for link in links:
        upper, lower = (link.target, link.source) if link.turned else (link.source, link.target)
        before[lower].append(upper)
        after[upper].append(lower)
    order = _topological(before, after)
    ranks: dict[str, int] = {}
    for key in order:
        ranks[key] = max((ranks[other] + 1 for other in before[key]), default=0)
    for key in reversed(order):
        # What nothing leads to, and what leads on more than it is led to, is near to what follows it.
        if len(after[key]) > len(before[key]):
            ranks[key] = min(ranks[other] for other in after[key]) - 1
    _ended(blocks, ranks)
    least = min(ranks.values(), default=0)
    return {key: rank - least for key, rank in ranks.items()}


def _ended(blocks: Sequence[Block], ranks: dict[str, int]) -> None:
    """Move the blocks that are to be first or last to ranks of their own."""
    inner = [ranks[block.key] for block in blocks if block.end is End.ANY]
    first, last = min(inner, default=0) - 1, max(inner, default=0) + 1
    for block in blocks:
        if block.end is not End.ANY:
            ranks[block.key] = first if block.end is End.FIRST else last


def _topological(before: dict[str, list[str]], after: dict[str, list[str]]) -> list[str]:
    waiting = {key: len(others) for key, others in before.items()}
    order = [key for key, count in waiting.items() if not count]
    for key in order:
        for other in after[key]:
            waiting[other] -= 1
            if not waiting[other]:
                order.append(other)
    return order
