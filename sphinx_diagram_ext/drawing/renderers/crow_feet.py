"""Crow's feet: how many of an entity take part in a relation, drawn at the end of its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.scene import Circle, Path
from sphinx_diagram_ext.model import Count

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.scene import Part

LENGTH = 22.0
"""How much of the line a foot takes, in CSS pixels."""

_HALF = 6.0
_TOES, _FIRST, _SECOND = 12.0, 7.0, 12.0
_FAR_BAR, _FAR_RING, _NEAR_RING, _RADIUS = 16.0, 16.5, 15.0, 4.0


def foot(end: Point, before: Point, count: Count, paint: str = "line") -> list[Part]:
    """Return the sign of *count* at *end*, to which a line comes straight from *before*."""
    (x, y), (from_x, from_y) = end, before
    far = abs(from_x - x) + abs(from_y - y) or 1.0
    along = ((from_x - x) / far, (from_y - y) / far)

    def at(distance: float, aside: float = 0.0) -> Point:
        return x + along[0] * distance - along[1] * aside, y + along[1] * distance + along[0] * aside

    def bar(distance: float) -> str:
        return f"M{_said(at(distance, -_HALF))}L{_said(at(distance, _HALF))}"

    if count in (Count.MANY, Count.SOME):
        data = f"M{_said(at(0, -_HALF))}L{_said(at(_TOES))}L{_said(at(0, _HALF))}"
        data += bar(_FAR_BAR) if count is Count.SOME else ""
        ring = _FAR_RING
    else:
        data = bar(_FIRST) + (bar(_SECOND) if count is Count.ONE else "")
        ring = _NEAR_RING
    middle = at(LENGTH / 2)
    room = Rect.around(*middle, *((LENGTH, 2 * _HALF) if along[0] else (2 * _HALF, LENGTH)))
    parts: list[Part] = [Path(data, room, "", paint, 1.5)]
    if count in (Count.OPTIONAL, Count.MANY):
        parts.append(Circle(*at(ring), _RADIUS, "ground", paint, 1.5))
    return parts


def _said(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"
