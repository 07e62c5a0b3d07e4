"""Loops: lines from a box to itself, at its right side, or below it where the flow is sideways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.layered import least_breadth
from sphinx_diagram_ext.drawing.renderers.line_labels import Label, label_size
from sphinx_diagram_ext.drawing.scene import Align

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.layered import Turn

_HALF = 10.0
"""Half of the distance between the two ends of a loop."""
_BESIDE, _BELOW = 7.0, 3.0
"""Between a loop and its label."""
_APART = 10.0
"""Between loops, and between a loop and a corner."""


@dataclass(frozen=True, slots=True)
class Loops:
    """The loops of a box by the lines of their labels; ``reach`` is how far from the box they go."""

    rows: Sequence[tuple[str, ...]]
    turn: Turn
    reach: float = 24.0

    @property
    def beyond(self) -> float:
        """The room that they take beside the box."""
        if not self.rows:
            return 0.0
        return self.reach + max(map(self._label_reach, self.rows))

    def _label_reach(self, rows: tuple[str, ...]) -> float:
        width, height = label_size(rows)
        if not rows:
            return 0.0
        return height + _BELOW if self.turn.sideways else width + _BESIDE

    def _slot(self, rows: tuple[str, ...]) -> float:
        """Return how much of the side of its box a loop takes with its label."""
        width, height = label_size(rows)
        return max(2 * _HALF, width if self.turn.sideways else height) + _APART

    def grown(self, size: tuple[float, float], ends: int) -> tuple[float, float]:
        """Return the *size* of a box so that there is room for the loops and, on other sides, for *ends* of lines."""
        width, height = size
        room = sum(map(self._slot, self.rows)) + (_APART if self.rows else 0.0)
        least = least_breadth(ends)
        if self.turn.sideways:
            return max(width, room), max(height, least)
        return max(width, least), max(height, room)

    def placed(self, rect: Rect) -> Iterator[tuple[list[Point], Label | None]]:
        """Yield the line and the label of each loop of the box at *rect*."""
        slots = [self._slot(rows) for rows in self.rows]
        start, end = (rect.left, rect.right) if self.turn.sideways else (rect.top, rect.bottom)
        along = (start + end - sum(slots)) / 2
        for rows, slot in zip(self.rows, slots, strict=True):
            middle = along + slot / 2
            yield self._below(rect, middle, rows) if self.turn.sideways else self._beside(rect, middle, rows)
            along += slot

    def _beside(self, rect: Rect, y: float, rows: tuple[str, ...]) -> tuple[list[Point], Label | None]:
        near, far = rect.right, rect.right + self.reach
        points = [(near, y - _HALF), (far, y - _HALF), (far, y + _HALF), (near, y + _HALF)]
        width, height = label_size(rows)
        room = Rect.at(far + _BESIDE, y - height / 2, width, height)
        return points, Label(rows, room, Align.START) if rows else None

    def _below(self, rect: Rect, x: float, rows: tuple[str, ...]) -> tuple[list[Point], Label | None]:
        near, far = rect.bottom, rect.bottom + self.reach
        points = [(x - _HALF, near), (x - _HALF, far), (x + _HALF, far), (x + _HALF, near)]
        width, height = label_size(rows)
        room = Rect.at(x - width / 2, far + _BELOW, width, height)
        return points, Label(rows, room, Align.MIDDLE) if rows else None
