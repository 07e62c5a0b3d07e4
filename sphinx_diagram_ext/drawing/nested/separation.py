"""Separation constraints: the least distances of columns, and an order of the columns that follows them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.nested.neighbours import join
from sphinx_diagram_ext.drawing.nested.parts import Column
from sphinx_diagram_ext.drawing.nested.rows import LONG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_diagram_ext.drawing.nested.parts import Frame, Gaps, Rows, Vertex


def least_distances(
    row: list[Vertex], frames: Sequence[Frame], gaps: Gaps, level: dict[frozenset[str], float]
) -> list[float]:
    """Return the least distances between the middles of neighbours."""
    found = []
    for left, right in itertools.pairwise(row):
        gap = _gap(left, right, frames, gaps)
        if level and (joined := level.get(frozenset((left.key, right.key)))) is not None:
            gap = max(gap, joined + gaps.level)
        found.append(left.far + right.near + gap)
    return found


def _gap(left: Vertex, right: Vertex, frames: Sequence[Frame], gaps: Gaps) -> float:
    if left.column.side < 0:
        return frames[left.path[-1]].near
    if right.column.side > 0:
        return frames[right.path[-1]].far
    if left.column.side or right.column.side:
        outside = right if left.column.side else left
        return gaps.frames if outside.key or outside.column.side or outside.depth else gaps.lines
    if left.key and right.key:
        return gaps.blocks
    return gaps.labels if left.depth and right.depth else gaps.lines


def ordered(found: Rows, spaced: list[list[float]], frames: Sequence[Frame]) -> list[Column]:
    """Return the columns from the near side to the far one; lines that cross each other are not straight."""
    while True:
        every = _with_neighbours(found, spaced)
        for span, frame in zip(found.spans, frames, strict=True):
            near, far = (side.column for side in span.sides[span.first])
            near.leads.append((far, frame.breadth))
            far.follows.append((near, frame.breadth))
        for column in every:
            for end, gap in column.ends:
                end.leads.append((column, gap))
                column.follows.append((end, gap))
        waiting = {id(column): len(column.follows) for column in every}
        order = [column for column in every if not waiting[id(column)]]
        for column in order:
            for other, _ in column.leads:
                waiting[id(other)] -= 1
                if not waiting[id(other)]:
                    order.append(other)
        if len(order) == len(every):
            return order
        for column in every:
            column.ends = []
        _break_lines(found, {key for key, count in waiting.items() if count})


def _with_neighbours(found: Rows, spaced: list[list[float]]) -> list[Column]:
    """Return all columns, each with its neighbours in every row."""
    every = list({id(vertex.column): vertex.column for row in found.rows for vertex in row}.values())
    for column in every:
        column.follows, column.leads = [], []
    for row, distances in zip(found.rows, spaced, strict=True):
        for (left, right), gap in zip(itertools.pairwise(row), distances, strict=True):
            left.column.leads.append((right.column, gap))
            right.column.follows.append((left.column, gap))
    return every


def _break_lines(found: Rows, stuck: set[int]) -> None:
    """Give every vertex of the lines that are in each other's way a column of its own."""
    for number, chain in enumerate(found.chains):
        inner = chain[1:-1]
        if (
            len(inner) > 1
            and number not in found.back
            and id(inner[0].column) in stuck
            and inner[0].column is inner[1].column
        ):
            upper, lower = chain[0].column, chain[-1].column
            old = inner[0].column
            upper.below = [pair for pair in upper.below if pair[0] is not old]
            lower.above = [pair for pair in lower.above if pair[0] is not old]
            for vertex in inner:
                vertex.column = Column(LONG)
            join(chain, long=number in found.long)
