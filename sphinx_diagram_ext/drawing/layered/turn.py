"""Turns of a layered layout: across and along as x and y, for each direction."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.model import Direction

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Point


class Turn:
    """What makes (across, along) a point of a picture that grows to a direction."""

    def __init__(self, direction: Direction) -> None:
        self.sideways = direction in (Direction.LR, Direction.RL)
        """Whether the flow is from side to side."""
        self.back = direction in (Direction.BT, Direction.RL)
        """Whether it is against x or y."""

    def size(self, width: float, height: float) -> tuple[float, float]:
        """Return breadth and depth of what is *width* and *height* pixels large."""
        return (height, width) if self.sideways else (width, height)

    def room(self, width: float) -> tuple[float, float]:
        """Return the greatest breadth and depth of what is at most *width* pixels wide and of any height."""
        return self.size(width, math.inf)

    def point(self, point: Point) -> Point:
        """Return x and y."""
        across, along = point
        if self.back:
            along = -along
        return (along, across) if self.sideways else (across, along)

    def rect(self, rect: Rect) -> Rect:
        """Return the rectangle in x and y."""
        (x0, y0), (x1, y1) = self.point((rect.left, rect.top)), self.point((rect.right, rect.bottom))
        return Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
