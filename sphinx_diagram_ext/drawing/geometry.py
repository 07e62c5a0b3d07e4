"""Rectangles and polylines, in CSS pixels; the y axis points down."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Point: TypeAlias = tuple[float, float]
"""x, y."""


class Rect(NamedTuple):
    """A rectangle by its four sides."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def at(cls, x: float, y: float, width: float, height: float) -> Rect:
        """Return the rectangle whose top left corner is (*x*, *y*)."""
        return cls(x, y, x + width, y + height)

    @classmethod
    def around(cls, x: float, y: float, width: float, height: float) -> Rect:
        """Return the rectangle whose centre is (*x*, *y*)."""
        return cls(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    @property
    def width(self) -> float:
        """Width in CSS pixels."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in CSS pixels."""
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        """The point in the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, across: float, along: float | None = None) -> Rect:
        """Return the rectangle with *across* more at the left and right, *along* (or as much) more above and below."""
        more = across if along is None else along
        return Rect(self.left - across, self.top - more, self.right + across, self.bottom + more)

    def moved(self, across: float, down: float) -> Rect:
        """Return the rectangle at another point."""
        return Rect(self.left + across, self.top + down, self.right + across, self.bottom + down)

    def meets(self, other: Rect, gap: float = 0.0) -> bool:
        """Tell whether the two overlap, or are nearer to each other than *gap*."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > -gap
            and min(self.bottom, other.bottom) - max(self.top, other.top) > -gap
        )

    def holds(self, other: Rect, room: float = 0.0) -> bool:
        """Tell whether *other* is inside, up to *room* pixels."""
        return (
            self.left - room <= other.left
            and other.right <= self.right + room
            and self.top - room <= other.top
            and other.bottom <= self.bottom + room
        )

    def has(self, point: Point) -> bool:
        """Tell whether *point* is strictly inside."""
        return self.left < point[0] < self.right and self.top < point[1] < self.bottom

    def crossed_by(self, start: Point, end: Point) -> bool:
        """Tell whether the straight line from *start* to *end* has a part inside (Liang and Barsky's clipping)."""
        first, last = 0.0, 1.0
        for low, high, at, towards in (
            (self.left, self.right, start[0], end[0]),
            (self.top, self.bottom, start[1], end[1]),
        ):
            step = towards - at
            if step == 0:
                if not low < at < high:
                    return False
                continue
            near, far = (low - at) / step, (high - at) / step
            if near > far:
                near, far = far, near
            first, last = max(first, near), min(last, far)
        return first < last

    def met_by(self, points: Sequence[Point]) -> bool:
        """Tell whether a polyline has a part inside."""
        return any(self.crossed_by(start, end) for start, end in itertools.pairwise(points))


def union(rects: Iterable[Rect]) -> Rect:
    """Return the least rectangle that holds all of *rects*, of which there is at least one."""
    lefts, tops, rights, bottoms = zip(*rects, strict=True)
    return Rect(min(lefts), min(tops), max(rights), max(bottoms))


def length(points: Sequence[Point]) -> float:
    """Return the length of a polyline."""
    return sum(math.dist(start, end) for start, end in itertools.pairwise(points))


def simplified(points: Sequence[Point]) -> list[Point]:
    """Return a polyline without points that are on the straight line between their neighbours."""
    kept = [points[0]]
    for corner, after in itertools.pairwise(points[1:]):
        (ax, ay), (bx, by), (cx, cy) = kept[-1], corner, after
        bend = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        onward = (bx - ax) * (cx - bx) + (by - ay) * (cy - by)
        if abs(bend) > 0.5 or onward < 0:
            kept.append(corner)
    return [*kept, points[-1]]
