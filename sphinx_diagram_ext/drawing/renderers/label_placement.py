"""Placement of labels at points: beside, above or below, where they cover nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CELL = 40.0
"""Side of a cell of the index in CSS pixels."""

GAP = 4.0
"""Least distance between a label and anything else."""


@dataclass(slots=True)
class Room:
    """The free room inside ``bounds``: rectangles that are taken, by the cells of a grid that they are in."""

    bounds: Rect
    _cells: dict[tuple[int, int], list[Rect]] = field(default_factory=lambda: defaultdict(list))

    def take(self, *rects: Rect) -> None:
        """Note that nothing else may be where *rects* are."""
        for rect in rects:
            for cell in _cells(rect):
                self._cells[cell].append(rect)

    def free(self, rect: Rect, gap: float = GAP) -> bool:
        """Tell whether *rect* is inside the bounds, and nothing that is taken is nearer to it than *gap*."""
        if not self.bounds.holds(rect):
            return False
        wide = rect.grown(gap)
        return not any(wide.meets(other) for cell in _cells(wide) for other in self._cells.get(cell, ()))


def _cells(rect: Rect) -> Iterator[tuple[int, int]]:
    for column in range(int(rect.left // CELL), int(rect.right // CELL) + 1):
        for row in range(int(rect.top // CELL), int(rect.bottom // CELL) + 1):
            yield column, row


def around(x: float, y: float, radius: float, width: float, height: float) -> list[Rect]:
    """Return where a label may be at the point (*x*, *y*): beside, above and below, at its corners."""
    near, half, slant = radius + GAP + 2, height / 2, radius * 0.7 + GAP
    return [
        Rect.at(x + near, y - half, width, height),
        Rect.at(x - near - width, y - half, width, height),
        *above_and_below(x, y, radius, width, height),
        Rect.at(x + slant, y - slant - height, width, height),
        Rect.at(x + slant, y + slant, width, height),
        Rect.at(x - slant - width, y - slant - height, width, height),
        Rect.at(x - slant - width, y + slant, width, height),
    ]


def above_and_below(x: float, y: float, radius: float, width: float, height: float) -> list[Rect]:
    """Return where a label may be above and below the point (*x*, *y*): in the middle, or to one of its sides."""
    near = radius + GAP + 1
    lefts = (x - width / 2, x - width * 0.8, x - width * 0.2)
    return [Rect.at(left, top, width, height) for top in (y - near - height, y + near) for left in lefts]


def nearest(x: float, y: float, width: float, height: float, room: Room) -> Rect | None:
    """Return the free place for a label that is nearest to (*x*, *y*), None if there is none."""
    across, down = width + 2 * GAP, height + 2 * GAP
    rings = int(max(room.bounds.width / across, room.bounds.height / down)) + 2
    for ring in range(1, rings):
        found = (Rect.around(x + column * across, y + row * down, width, height) for column, row in _ring(ring))
        free = [rect for rect in found if room.free(rect, 2.0)]
        if free:
            return min(free, key=lambda rect: (rect.centre[0] - x) ** 2 + (rect.centre[1] - y) ** 2)
    return None


def _ring(radius: int) -> Iterable[tuple[int, int]]:
    """Yield the cells around a cell that are *radius* cells away from it."""
    for step in range(-radius, radius + 1):
        yield step, -radius
        yield step, radius
    for step in range(1 - radius, radius):
        yield -radius, step
        yield radius, step
