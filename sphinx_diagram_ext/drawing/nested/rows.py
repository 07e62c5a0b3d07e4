"""Rows of vertices: blocks, the lines that pass them, and the sides of frames."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.nested.parts import Column, Rows, Span, Vertex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_diagram_ext.drawing.layered import Block
    from sphinx_diagram_ext.drawing.nested.parts import Frame, Tie

LONG = 0.02
"""Weight of a line over several ranks against that of one to the next."""


def rows_of(
    blocks: Sequence[Block],
    ties: Sequence[Tie],
    frames: Sequence[Frame],
    ranks: dict[str, int],
    turned: set[int],
    alike: float,
) -> Rows:
    """Return the vertices of blocks, ties and frames in rows, as the author wrote them."""
    paths = _paths(frames)
    home = {key: paths[at] for at, frame in enumerate(frames) for key in frame.blocks}
    ends = [
        (tie.target, tie.source) if number in turned else (tie.source, tie.target) for number, tie in enumerate(ties)
    ]
    middles = [ranks[upper] + (ranks[lower] - ranks[upper] - 1) // 2 for upper, lower in ends]
    labelled = {
        rank
        for tie, (upper, lower), rank in zip(ties, ends, middles, strict=True)
        if tie.label and ranks[upper] < ranks[lower]
    }
    back = _leading_back(blocks, ends, ranks, turned, home)
    labelled |= {middles[number] for number in back}
    row_of, count = [], 0
    for rank in range(max(ranks.values(), default=0) + 1):
        row_of.append(count)
        count += 2 if rank in labelled else 1
    found = Rows([[] for _ in range(count)], row_of, [], {}, [], back=back)
    for block in blocks:
        vertex = Vertex(home.get(block.key, ()), block.key)
        vertex.near = block.breadth / 2
        vertex.far, vertex.depth = vertex.near + block.beyond, block.depth
        found.blocks[block.key] = vertex
        found.rows[row_of[ranks[block.key]]].append(vertex)
    for rank in row_of:
        _make_alike(found.rows[rank], alike)
    found.spans = _spans(frames, paths, found, ranks)
    for number, (tie, (upper, lower), middle) in enumerate(zip(ties, ends, middles, strict=True)):
        chain = [found.blocks[upper], found.blocks[lower]]
        if ranks[upper] < ranks[lower]:
            first, last = row_of[ranks[upper]], row_of[ranks[lower]]
            if ranks[lower] - ranks[upper] > 1:
                found.long.add(number)
            _add_chain(found, chain, (first, last), number, (row_of[middle] + 1, tie.label))
            found.chains.append(chain)
        else:
            ends_of, room = frozenset((upper, lower)), tie.label[0] if tie.label else 0.0
            found.level[ends_of] = max(found.level.get(ends_of, 0.0), room)
            found.chains.append([])
    written = {block.key: at for at, block in enumerate(blocks)}
    for row in found.rows:
        row.sort(key=lambda vertex: written[vertex.key or ends[vertex.tie][1]])
    _add_sides(found, paths)
    return found


def _leading_back(
    blocks: Sequence[Block],
    ends: Sequence[tuple[str, str]],
    ranks: dict[str, int],
    turned: set[int],
    home: dict[str, tuple[int, ...]],
) -> set[int]:
    """Return the numbers of the ties against the flow whose ends are the last of their ranks in one frame."""
    last: dict[tuple[int, tuple[int, ...]], str] = {}
    for block in blocks:
        last[ranks[block.key], home.get(block.key, ())] = block.key
    found = set()
    for number in turned:
        upper, lower = ends[number]
        path = home.get(upper, ())
        if path == home.get(lower, ()) and last[ranks[upper], path] == upper and last[ranks[lower], path] == lower:
            found.add(number)
    return found if len(found) == len(turned) else set()


def _make_alike(row: list[Vertex], alike: float) -> None:
    """Give blocks of a rank one depth, and few breadths."""
    most = max((vertex.depth for vertex in row), default=0.0)
    for vertex in row:
        if vertex.depth >= most / alike:
            vertex.depth = most
    halves = sorted({vertex.near for vertex in row})
    while len(halves) > 2:
        ratio, at = min((after / before, at) for at, (before, after) in enumerate(itertools.pairwise(halves)))
        if len(halves) == 3 and ratio > alike:
            break
        for vertex in row:
            if vertex.near == halves[at]:
                vertex.far += halves[at + 1] - vertex.near
                vertex.near = halves[at + 1]
        del halves[at]


def _paths(frames: Sequence[Frame]) -> list[tuple[int, ...]]:
    """Return for each frame the numbers of the frames around it and its own, the outermost first."""
    number = {frame.key: at for at, frame in enumerate(frames)}
    paths: list[tuple[int, ...]] = []
    for at, frame in enumerate(frames):
        paths.append((*(paths[number[frame.parent]] if frame.parent is not None else ()), at))
    return paths


def _spans(frames: Sequence[Frame], paths: list[tuple[int, ...]], found: Rows, ranks: dict[str, int]) -> list[Span]:
    inside: list[list[int]] = [[] for _ in frames]
    for frame, path in zip(frames, paths, strict=True):
        for at in path:
            inside[at] += [found.row_of[ranks[key]] for key in frame.blocks]
    return [Span(min(rows), max(rows)) for rows in inside]


def _add_chain(
    found: Rows, chain: list[Vertex], rows: tuple[int, int], number: int, label: tuple[int, tuple[float, float] | None]
) -> None:
    """Put vertices of a tie between its ends and join them; the one in the row of its label is as large as that."""
    upper, lower = chain
    inner = []
    # What leads over several ranks gives way to all others.
    column = Column(LONG if number in found.long else 1.0)
    for row in range(rows[0] + 1, rows[1]):
        vertex = Vertex(_path_between(upper.path, lower.path, row, found.spans), tie=number)
        vertex.column = column
        vertex.back = rows[1] - rows[0] if number in found.back else 0
        if label[1] and row == label[0]:
            vertex.near = vertex.far = label[1][0] / 2
            vertex.depth = label[1][1]
        found.rows[row].append(vertex)
        inner.append(vertex)
    chain[1:1] = inner
    for one, other in itertools.pairwise(chain):
        one.below.append(other)
        other.above.append(one)


def _path_between(upper: tuple[int, ...], lower: tuple[int, ...], row: int, spans: list[Span]) -> tuple[int, ...]:
    """Return the frames around a line in a row: those of its upper end until they end, then those of its lower end."""
    shared = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(upper, lower, strict=False)))
    for at in range(len(upper), shared, -1):
        if row <= spans[upper[at - 1]].last:
            return upper[:at]
    for at in range(len(lower), shared, -1):
        if row >= spans[lower[at - 1]].first:
            return lower[:at]
    return upper[:shared]


def _add_sides(found: Rows, paths: list[tuple[int, ...]]) -> None:
    """Add the sides of all frames to every row that they reach over."""
    for span, path in zip(found.spans, paths, strict=True):
        columns = Column(1.0, side=-1), Column(1.0, side=1)
        for row in range(span.first, span.last + 1):
            sides = Vertex(path), Vertex(path)
            for side, column in zip(sides, columns, strict=True):
                side.column = column
                found.rows[row].append(side)
            if row > span.first:
                for one, other in zip(span.sides[row - 1], sides, strict=True):
                    one.below.append(other)
                    other.above.append(one)
            span.sides[row] = sides
