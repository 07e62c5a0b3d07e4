"""Neighbours of columns: what each is joined to in the rows before and after it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.nested.rows import LONG

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.nested.parts import Rows, Vertex

_AROUND = 26.0
"""Least distance of a line that leads back from the blocks at its ends."""


def join_neighbours(found: Rows) -> None:
    """Tell every column what it is joined to."""
    for number, chain in enumerate(found.chains):
        if number in found.back:
            for vertex in chain[1:-1]:
                vertex.column.weight = LONG
                vertex.column.ends = [(end.column, end.far + _AROUND) for end in (chain[0], chain[-1])]
        elif chain:
            join(chain, long=number in found.long)
    for vertex in found.blocks.values():
        # What is in the frame of a block counts for where it is, unless nothing is.
        for near, ends in ((vertex.column.above, vertex.above), (vertex.column.below, vertex.below)):
            inside = [_other_end(found, end, vertex).path == vertex.path for end in ends if not end.back]
            if any(inside) and not all(inside):
                near[:] = [
                    (column, weight if own else LONG) for (column, weight), own in zip(near, inside, strict=True)
                ]


def _other_end(found: Rows, end: Vertex, vertex: Vertex) -> Vertex:
    if end.key:
        return end
    chain = found.chains[end.tie]
    return chain[0] if chain[-1] is vertex else chain[-1]


def join(chain: list[Vertex], *, long: bool) -> None:
    """Join the ends of a line; one over several ranks draws a block only if nothing else does."""
    upper, lower = chain[0].column, chain[-1].column
    if long:
        for one, other in itertools.pairwise(chain):
            if one.column is not other.column:
                one.column.below.append((other.column, LONG if one.key else 1.0))
                other.column.above.append((one.column, LONG if other.key else 1.0))
        return
    upper.below.append((lower, 1.0))
    lower.above.append((upper, 1.0))
    for label in chain[1:-1]:
        # The label of a branch is with what it leads to, that of one of several lines to a block with its source.
        leave, arrive = len(chain[0].below), len(chain[-1].above)
        if label.path != chain[0].path or label.path != chain[-1].path:
            leave, arrive = label.path == chain[-1].path, label.path == chain[0].path
        if leave <= arrive:
            label.column.above.append((upper, 1.0))
        if arrive <= leave:
            label.column.below.append((lower, 1.0))
