"""Grid index of rectangles, so that a neighbourhood is asked instead of every pair."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Generic, TypeVar

from sphinx_diagram_ext.drawing.geometry import Rect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_diagram_ext.drawing.geometry import Point

T = TypeVar("T")

_LEAST = 16.0
_MOST_CELLS = 512
"""A rectangle over more cells than this is asked of every time: it is near everything anyway."""


class Grid(Generic[T]):
    """Values by the rectangle that each takes, found by where they are."""

    def __init__(self, entries: Iterable[tuple[Rect, T]]) -> None:
        """Index *entries*; the cells are as large as their rectangles are on average."""
        self._entries = list(entries)
        total = sum(max(rect.width, rect.height) for rect, _ in self._entries)
        self._size = max(_LEAST, total / max(1, len(self._entries)))
        self._cells: dict[tuple[int, int], list[int]] = {}
        self._large: list[int] = []
        for number, (rect, _) in enumerate(self._entries):
            cells = self._span(rect)
            if len(cells[0]) * len(cells[1]) > _MOST_CELLS:
                self._large.append(number)
                continue
            for cell in itertools.product(*cells):
                self._cells.setdefault(cell, []).append(number)

    def __iter__(self) -> Iterator[tuple[Rect, T]]:
        """Iterate over the entries in their order."""
        return iter(self._entries)

    def meeting(self, rect: Rect, gap: float = 0.0) -> Iterator[tuple[Rect, T]]:
        """Yield the entries that overlap *rect* or are nearer to it than *gap*, in their order."""
        columns, rows = self._span(rect.grown(gap))
        if len(columns) * len(rows) > len(self._cells):
            candidates: Iterable[int] = range(len(self._entries))
        else:
            candidates = self._numbers(itertools.product(columns, rows))
        for number in candidates:
            if self._entries[number][0].meets(rect, gap):
                yield self._entries[number]

    def crossed(self, start: Point, end: Point, gap: float = 0.0) -> Iterator[tuple[Rect, T]]:
        """Yield the entries, grown by *gap*, that the straight line from *start* to *end* runs through."""
        for number in self._numbers(self._along(start, end, gap)):
            if self._entries[number][0].grown(gap).crossed_by(start, end):
                yield self._entries[number]

    def _numbers(self, cells: Iterable[tuple[int, int]]) -> list[int]:
        found = set(self._large)
        for cell in cells:
            found.update(self._cells.get(cell, ()))
        return sorted(found)

    def _along(self, start: Point, end: Point, gap: float) -> Iterator[tuple[int, int]]:
        """Yield the cells near a straight line, one column of cells after the other."""
        (x0, y0), (x1, y1) = sorted((start, end))
        near = abs(gap) + 1
        if x0 == x1 or y0 == y1:
            yield from itertools.product(*self._span(Rect(x0, min(y0, y1), x1, max(y0, y1)).grown(near)))
            return
        for column in range(self._cell(x0 - near), self._cell(x1 + near) + 1):
            left, right = (min(max(edge * self._size, x0), x1) for edge in (column, column + 1))
            ys = [y0 + (y1 - y0) * (x - x0) / (x1 - x0) for x in (left, right)] if x1 - x0 > near else [y0, y1]
            steep = near * (1 + abs(y1 - y0) / (x1 - x0)) if x1 - x0 > near else near
            for row in range(self._cell(min(ys) - steep), self._cell(max(ys) + steep) + 1):
                yield column, row

    def _span(self, rect: Rect) -> tuple[range, range]:
        return (
            range(self._cell(rect.left), self._cell(rect.right) + 1),
            range(self._cell(rect.top), self._cell(rect.bottom) + 1),
        )

    def _cell(self, at: float) -> int:
        return math.floor(at / self._size)
