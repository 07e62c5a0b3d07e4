"""A graph in layers, as dagre lays it out: which node is in which, and what crosses."""

from __future__ import annotations

import bisect
import itertools
import operator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SWEEPS = 8
_FEW = 5_000
# Pieces of edges up to which their order is improved; beyond, the first count will do.


def layers(keys: Sequence[str], edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return the layer of each node: one more than the highest of those that lead to it.

    Edges that lead back, as a walk along the edges meets them, are turned round.
    """
    after: dict[str, list[str]] = {key: [] for key in keys}
    for source, target in edges:
        if source in after and target in after and source != target:
            after[source].append(target)
    forward = _without_cycles(after)
    found = dict.fromkeys(keys, 0)
    waiting = dict.fromkeys(keys, 0)
    for source in keys:
        for target in forward[source]:
            waiting[target] += 1
    ready = [key for key in keys if not waiting[key]]
    while ready:
        source = ready.pop(0)
        for target in forward[source]:
            found[target] = max(found[target], found[source] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return found


def _without_cycles(after: dict[str, list[str]]) -> dict[str, list[str]]:
    forward: dict[str, list[str]] = {key: [] for key in after}
    done: set[str] = set()
    for start, first in after.items():
        if start in done:
            continue
        trail, stack = {start}, [(start, iter(first))]
        while stack:
            source, targets = stack[-1]
            target = next(targets, None)
            if target is None:
                stack.pop()
                trail.discard(source)
                done.add(source)
            elif target in trail:
                forward[target].append(source)
            else:
                forward[source].append(target)
                if target not in done:
                    trail.add(target)
                    stack.append((target, iter(after[target])))
    return forward


def crossings(keys: Sequence[str], edges: Sequence[tuple[str, str]]) -> int:
    """Return how many edges cross at least, as a few sweeps of the barycentre heuristic find it.

    Edges over several layers get a point in each layer between; labels, groups and the room
    that nodes take are not looked at, so that the number is an estimate.
    """
    layer = layers(keys, edges)
    rows: dict[int, list[str]] = {}
    for key in keys:
        rows.setdefault(layer[key], []).append(key)
    parts = _through_layers(edges, layer, rows)
    best = _count(parts, rows)
    few = sum(map(len, parts.values())) <= _FEW
    for sweep in range(_SWEEPS if few else 0):
        if not best:
            break
        _sort(rows, parts, down=sweep % 2 == 0)
        best = min(best, _count(parts, rows))
    return best


def _through_layers(
    edges: Sequence[tuple[str, str]], layer: Mapping[str, int], rows: dict[int, list[str]]
) -> dict[int, list[tuple[str, str]]]:
    """Return the pieces of edges below each layer; adds the points between to *rows*."""
    parts: dict[int, list[tuple[str, str]]] = {}
    straight = {tuple(sorted(edge, key=lambda key: layer[key])) for edge in edges if set(edge) <= layer.keys()}
    for number, (upper, lower) in enumerate(sorted(straight)):
        if layer[upper] == layer[lower]:
            continue
        here = upper
        for row in range(layer[upper], layer[lower]):
            point = lower if row + 1 == layer[lower] else f"\0{number}.{row}"
            if point != lower:
                rows.setdefault(row + 1, []).append(point)
            parts.setdefault(row, []).append((here, point))
            here = point
    return parts


def _sort(rows: dict[int, list[str]], parts: dict[int, list[tuple[str, str]]], *, down: bool) -> None:
    for row in sorted(rows, reverse=not down):
        other = row - 1 if down else row + 1
        positions = {key: index for index, key in enumerate(rows.get(other, ()))}
        near: dict[str, list[int]] = {}
        for upper, lower in parts.get(min(row, other), ()):
            mine, theirs = (lower, upper) if down else (upper, lower)
            near.setdefault(mine, []).append(positions[theirs])
        middle = {key: sum(near[key]) / len(near[key]) for key in near}
        own = {key: float(index) for index, key in enumerate(rows[row])}
        rows[row].sort(key=lambda key: middle.get(key, own[key]))


def _count(parts: dict[int, list[tuple[str, str]]], rows: dict[int, list[str]]) -> int:
    total = 0
    for row, pieces in parts.items():
        upper = {key: index for index, key in enumerate(rows[row])}
        lower = {key: index for index, key in enumerate(rows[row + 1])}
        ends = sorted((upper[one], lower[two]) for one, two in pieces)
        passed: list[int] = []
        for _, group in itertools.groupby(ends, key=operator.itemgetter(0)):
            lows = [low for _, low in group]
            total += sum(len(passed) - bisect.bisect_right(passed, low) for low in lows)
            for low in lows:
                bisect.insort(passed, low)
    return total
