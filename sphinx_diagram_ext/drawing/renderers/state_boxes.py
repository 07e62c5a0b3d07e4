"""Boxes of states: their size, and what is inside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers.state_parts import (
    HEAD_OVER,
    HEAD_SIDE,
    height_of,
    rows_of,
    state_size,
)
from sphinx_diagram_ext.drawing.shapes import lines_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.renderers.loops import Loops
    from sphinx_diagram_ext.drawing.renderers.state_parts import Rows
    from sphinx_diagram_ext.drawing.renderers.state_placed import Placed
    from sphinx_diagram_ext.model import Node

_PAD = 18.0
"""Room between a frame and what is inside it."""

_APART = 10.0
"""Between the head of a frame and a line that passes its upper border."""


@dataclass(frozen=True, slots=True)
class Box:
    """A state: its size, the lines of its texts, its inner level with where that begins, and its head's room."""

    width: float
    height: float
    rows: Rows
    loops: Loops
    inner: Placed | None = None
    offset: Point = (0.0, 0.0)
    head: Rect | None = None


def leaf(node: Node, width: float, loops: Loops, ends: int) -> Box:
    """Return the box of a state without states inside, with texts of at most *width* and *ends* lines on a side."""
    rows = rows_of(node, width, whole=True)
    wide, high = loops.grown(state_size(node, rows), ends)
    return Box(wide, high, rows, loops)


def frame(
    node: Node,
    inner: Placed,
    width: float,
    loops: Loops,
    ends: int,
    entries: Sequence[float],
) -> Box:
    """Return the box of a state around *inner*.

    ``entries`` are where lines pass its upper border, as x of the inner level: the head ends before them.
    """
    rows = rows_of(node, max(width, inner.width + 2 * (_PAD - HEAD_SIDE)), whole=True)
    text = lines_width(node, rows) + 2 * HEAD_SIDE
    high = height_of(rows) + 2 * HEAD_OVER
    shift = max(0.0, text + _APART - _PAD - min(entries)) if entries else 0.0
    least = max(inner.width + 2 * _PAD + shift, text)
    wide, tall = loops.grown((least, inner.height + high + 2 * _PAD), ends)
    left = _PAD + shift if entries else (wide - inner.width) / 2
    end = left + min(entries) - _APART if entries else wide
    return Box(wide, tall, rows, loops, inner, (left, high + _PAD), Rect(0.0, 0.0, end, high))
