"""Boxes of states: their size, what is inside them, and the transitions from a state to itself beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.layered import least_breadth
from sphinx_diagram_ext.drawing.renderers.state_parts import (
    HEAD_OVER,
    HEAD_SIDE,
    Label,
    height_of,
    label_size,
    rows_of,
    state_size,
)
from sphinx_diagram_ext.drawing.scene import Align

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.layered import Turn
    from sphinx_diagram_ext.drawing.renderers.state_levels import Placed
    from sphinx_diagram_ext.drawing.renderers.state_parts import Rows
    from sphinx_diagram_ext.model import Node

_PAD = 18.0
"""Room between a frame and what is inside it."""

_REACH = 24.0
"""How far a loop is from its state."""
_HALF = 10.0
"""Half of the distance between the two ends of a loop."""
_BESIDE, _BELOW = 7.0, 3.0
"""Between a loop and its label."""
_APART = 10.0
"""Between loops, and between a loop and a corner."""


@dataclass(frozen=True, slots=True)
class Box:
    """A state: its size, the lines of its texts, its inner level with where that begins, and its head's room.

    ``beyond`` is the room beside it that its loops take: at the right, or below it where the flow is sideways.
    """

    width: float
    height: float
    rows: Rows
    beyond: float
    loop_rows: Sequence[tuple[str, ...]]
    turn: Turn
    inner: Placed | None = None
    offset: Point = (0.0, 0.0)
    head: Rect = Rect(0, 0, 0, 0)

    def loops(self, rect: Rect) -> Iterator[tuple[list[Point], Label | None]]:
        """Yield the line and the label of each loop of the state, which is at *rect*."""
        sizes = [_slot(rows, self.turn) for rows in self.loop_rows]
        along = (rect.width if self.turn.sideways else rect.height) - sum(sizes)
        along = along / 2 + (rect.left if self.turn.sideways else rect.top)
        for rows, size in zip(self.loop_rows, sizes, strict=True):
            middle = along + size / 2
            yield self._below(rect, middle, rows) if self.turn.sideways else self._beside(rect, middle, rows)
            along += size

    @staticmethod
    def _beside(rect: Rect, y: float, rows: tuple[str, ...]) -> tuple[list[Point], Label | None]:
        near, far = rect.right, rect.right + _REACH
        points = [(near, y - _HALF), (far, y - _HALF), (far, y + _HALF), (near, y + _HALF)]
        if not rows:
            return points, None
        width, height = label_size(rows)
        return points, Label(rows, Rect.at(far + _BESIDE, y - height / 2, width, height), Align.START)

    @staticmethod
    def _below(rect: Rect, x: float, rows: tuple[str, ...]) -> tuple[list[Point], Label | None]:
        near, far = rect.bottom, rect.bottom + _REACH
        points = [(x - _HALF, near), (x - _HALF, far), (x + _HALF, far), (x + _HALF, near)]
        if not rows:
            return points, None
        width, height = label_size(rows)
        return points, Label(rows, Rect.at(x - width / 2, far + _BELOW, width, height), Align.MIDDLE)


def _slot(rows: tuple[str, ...], turn: Turn) -> float:
    """Return how much of a side of its state a loop takes with its label."""
    width, height = label_size(rows)
    return max(2 * _HALF, width if turn.sideways else height) + _APART


def _beyond(loops: Sequence[tuple[str, ...]], turn: Turn) -> float:
    if not loops:
        return 0.0
    sizes = [label_size(rows) for rows in loops]
    label = max((height + _BELOW if turn.sideways else width + _BESIDE) if width else 0.0 for width, height in sizes)
    return _REACH + label


def _grown(size: tuple[float, float], turn: Turn, loops: Sequence[tuple[str, ...]], ends: int) -> tuple[float, float]:
    """Return *size* so that there is room for loops on one side and for *ends* of lines on another."""
    width, height = size
    room = sum(_slot(rows, turn) for rows in loops) + (_APART if loops else 0.0)
    least = least_breadth(ends)
    if turn.sideways:
        return max(width, room), max(height, least)
    return max(width, least), max(height, room)


def leaf(node: Node, width: float, turn: Turn, loops: Sequence[tuple[str, ...]], ends: int) -> Box:
    """Return the box of a state without states inside, with texts of at most *width* and *ends* lines on a side."""
    rows = rows_of(node, width, whole=True)
    wide, high = _grown(state_size(rows), turn, loops, ends)
    return Box(wide, high, rows, _beyond(loops, turn), loops, turn)


def frame(
    node: Node,
    inner: Placed,
    width: float,
    turn: Turn,
    loops: Sequence[tuple[str, ...]],
    ends: int,
    entries: Sequence[float],
) -> Box:
    """Return the box of a state around *inner*.

    ``entries`` are where lines pass its upper border, as x of the inner level: the head ends before them.
    """
    rows = rows_of(node, max(width, inner.width + 2 * (_PAD - HEAD_SIDE)), whole=True)
    text = max(font.width(row) for row, font in rows) + 2 * HEAD_SIDE
    high = height_of(rows) + 2 * HEAD_OVER
    shift = max(0.0, text + _APART - _PAD - min(entries)) if entries else 0.0
    least = max(inner.width + 2 * _PAD + shift, text)
    wide, tall = _grown((least, inner.height + high + 2 * _PAD), turn, loops, ends)
    left = _PAD + shift if entries else (wide - inner.width) / 2
    end = left + min(entries) - _APART if entries else wide
    return Box(
        wide, tall, rows, _beyond(loops, turn), loops, turn, inner, (left, high + _PAD), Rect(0.0, 0.0, end, high)
    )
