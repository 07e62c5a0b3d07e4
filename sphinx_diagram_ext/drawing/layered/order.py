"""Order within ranks: few crossings, and else as the author wrote it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.layered.parts import Layers, TooLargeError, Vertex
from sphinx_diagram_ext.drawing.layered.ranks import ranked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sphinx_diagram_ext.drawing.layered.parts import Block, Link, Spacing

_SWEEPS = 12


def layered(blocks: Sequence[Block], links: Sequence[Link], spacing: Spacing, room: tuple[float, float]) -> Layers:
    """Return the vertices of *blocks* and *links* in ranks, each rank in order.

    Blocks are in even ranks; a rank between two of them has room for labels.

    Raises:
        TooLargeError: in any order, they need more than *room*, breadth and depth.
    """
    ranks = ranked(blocks, links)
    found = {}
    for block in blocks:
        half = block.breadth / 2
        rank = 2 * ranks[block.key]
        found[block.key] = Vertex(rank, half, half + block.beyond, block.depth, block.key, level=block.level)
    rows: list[list[Vertex]] = [[] for _ in range(2 * max(ranks.values(), default=0) + 1)]
    for vertex in found.values():
        rows[vertex.rank].append(vertex)
    chains = []
    for number, link in enumerate(links):
        upper, lower = (link.target, link.source) if link.turned else (link.source, link.target)
        chains.append(_chain(found[upper], found[lower], number, link))
        for vertex in chains[-1][1:-1]:
            rows[vertex.rank].append(vertex)
    layers = Layers(rows, chains, found)
    _check(layers, links, spacing, room)
    _order(layers)
    _sides(layers, links, spacing)
    return layers


def _check(layers: Layers, links: Sequence[Link], spacing: Spacing, room: tuple[float, float]) -> None:
    """Refuse what cannot fit: a rank that is too broad, or ranks that are too deep together."""
    depth = 0.0
    for row in layers.ranks:
        breadth = spacing.lines * (len(row) - 1)
        for vertex in row:
            size = links[vertex.link].label if vertex.labelled else None
            breadth += vertex.near + vertex.far + (spacing.beside + size[0] if size else 0.0)
        depth += max((vertex.depth for vertex in row), default=0.0)
        if breadth > room[0] or depth > room[1]:
            raise TooLargeError


def _chain(upper: Vertex, lower: Vertex, number: int, link: Link) -> list[Vertex]:
    """Return the vertices of a link, joined to each other. Its label is in a rank between, near the middle."""
    middle = upper.rank + 1 + (lower.rank - upper.rank - 1) // 4 * 2
    chain = [upper]
    for rank in range(upper.rank + 1, lower.rank):
        vertex = Vertex(rank, 0.0, 0.0, link=number)
        if rank == middle and link.label:
            vertex.labelled, vertex.depth = True, link.label[1]
        chain.append(vertex)
    chain.append(lower)
    for one, other in itertools.pairwise(chain):
        one.below.append(other)
        other.above.append(one)
    return chain


def _order(layers: Layers) -> None:
    rows = layers.ranks
    for row in rows:
        _number(row)
    for row in rows[1:]:
        _sort(row, _above)
    best, order = _crossings(rows), [list(row) for row in rows]
    for sweep in range(_SWEEPS):
        if not best:
            break
        # Every other time what is equal is turned round, which two exchanges at once may need.
        turn = sweep % 4 > 1
        if sweep % 2:
            for row in rows[1:]:
                _sort(row, _above, turn=turn)
        else:
            for row in reversed(rows[:-1]):
                _sort(row, _below, turn=turn)
        _swap_neighbours(rows)
        found = _crossings(rows)
        if found < best:
            best, order = found, [list(row) for row in rows]
    for row, kept in zip(rows, order, strict=True):
        row[:] = kept
        _number(row)


def _above(vertex: Vertex) -> list[Vertex]:
    return vertex.above


def _below(vertex: Vertex) -> list[Vertex]:
    return vertex.below


def _number(row: list[Vertex]) -> None:
    for at, vertex in enumerate(row):
        vertex.at = at


def _sort(row: list[Vertex], side: Callable[[Vertex], list[Vertex]], *, turn: bool = False) -> None:
    """Sort a rank by the mean place of the neighbours on one side; what has none stays where it is."""
    free = [vertex for vertex in (reversed(row) if turn else row) if side(vertex)]
    free.sort(key=lambda vertex: sum(other.at for other in side(vertex)) / len(side(vertex)))
    follows = iter(free)
    row[:] = [next(follows) if side(vertex) else vertex for vertex in row]
    _number(row)


def _swap_neighbours(rows: list[list[Vertex]]) -> None:
    """Exchange vertices that are next to each other wherever that leaves fewer crossings."""
    for row in rows:
        for at in range(len(row) - 1):
            left, right = row[at], row[at + 1]
            if _crossed(left, right) > _crossed(right, left):
                row[at], row[at + 1] = right, left
                left.at, right.at = at + 1, at


def _crossed(left: Vertex, right: Vertex) -> int:
    """Return how often the lines of two vertices cross if *left* is before *right*."""
    return sum(one.at > other.at for side in (_above, _below) for one in side(left) for other in side(right))


def _crossings(rows: list[list[Vertex]]) -> int:
    """Return how often lines between neighbouring ranks cross."""
    total = 0
    for row in rows:
        lines = sorted((vertex.at, other.at) for vertex in row for other in vertex.below)
        total += inversions([low for _, low in lines])
    return total


def inversions(values: list[int]) -> int:
    """Return how many pairs of *values* are in the wrong order, by merging sorted halves."""
    if len(values) < 2:
        return 0
    middle = len(values) // 2
    left, right = values[:middle], values[middle:]
    total = inversions(left) + inversions(right)
    values[:] = []
    at = 0
    for value in left:
        while at < len(right) and right[at] < value:
            values.append(right[at])
            at += 1
        total += at
        values.append(value)
    values += right[at:]
    return total


def _sides(layers: Layers, links: Sequence[Link], spacing: Spacing) -> None:
    """Decide for each label on which side of its line it is: outside where links join the same two blocks."""
    bundles: dict[tuple[int, int], list[Vertex]] = {}
    for chain in layers.chains:
        for vertex in chain:
            if vertex.labelled:
                bundles.setdefault((id(chain[0]), id(chain[-1])), []).append(vertex)
    for labels in bundles.values():
        labels.sort(key=lambda vertex: vertex.at)
        nears = {1: int(spacing.labels_near), 2: 1}.get(len(labels), len(labels) // 2)
        for number, vertex in enumerate(labels):
            vertex.label_near = number < nears
            size = links[vertex.link].label
            room = spacing.beside + (size[0] if size else 0)
            vertex.near, vertex.far = (room, 0.0) if vertex.label_near else (0.0, room)
