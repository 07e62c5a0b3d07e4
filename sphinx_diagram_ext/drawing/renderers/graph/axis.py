"""Axes: a graph that grows sideways is routed as one that grows downwards, with x and y exchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.model import Direction

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Point


def sideways(direction: Direction | str | None) -> bool:
    """Tell whether a direction is from left to right or back."""
    return direction in (Direction.LR, Direction.RL)


def turned(rect: Rect) -> Rect:
    """Return *rect* with x and y exchanged."""
    return Rect(rect.top, rect.left, rect.bottom, rect.right)


def turned_point(point: Point) -> Point:
    """Return *point* with x and y exchanged."""
    return point[1], point[0]
