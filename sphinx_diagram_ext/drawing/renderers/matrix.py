"""Renderer of a matrix: things between two axes, labelled at their points or numbered with a list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers.chart_parts import lines_of, point, radius
from sphinx_diagram_ext.drawing.renderers.label_placement import Room, around, nearest
from sphinx_diagram_ext.drawing.scene import DETAIL, PLAIN, STRONG, TITLE, Align, Box, Head, Hook, Line, Scene, Text
from sphinx_diagram_ext.fonts import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.drawing.scene import Font, Part
    from sphinx_diagram_ext.model import Diagram, Matrix, Node

INSET = 20.0
"""Between the side of the plot and the outermost points."""

_WIDEST, _HEIGHT = 576.0, 400.0
"""Size of a plot whose points are labelled."""
_LIST = 232.0
"""Width of the list beside a plot."""
_ENDS = 120.0
"""Width of the names of the ends of the vertical axis, beside the plot."""
_LABELS = (176.0, 104.0)
"""Widths at which labels break: on fewer lines first."""
_SPLIT = 4.0
"""Gap between the quadrants."""
_TITLE_ROWS = 6
"""Lines of a title that is in its quadrant."""
_DIRECTIONS = "\u2197\u2196\u2199\u2198"
"""Where the quadrants are, from the upper right one counter-clockwise."""
_ARROW = 4.0
"""How far the axes reach beyond the plot."""
_ROOM = 36.0
"""Height of the room that a point and its number have on average."""


def draw(diagram: Diagram, body: Matrix, space: Space) -> Scene:
    """Return the matrix: with labels at the points where there is room for all, else with numbers and a list."""
    del diagram
    if not space.narrow:
        labelled = _Matrix(body, space)
        if labelled.label_points():
            return labelled.scene
    numbered = _Matrix(body, space, numbered=True)
    numbered.number_points()
    return numbered.scene


@dataclass(slots=True)
class _Matrix:
    """A matrix that is being drawn."""

    body: Matrix
    space: Space
    numbered: bool = False
    scene: Scene = field(default_factory=Scene)
    plot: Rect = field(init=False)
    titles: list[Rect] = field(default_factory=list)
    listed: list[tuple[str, str]] = field(default_factory=list)
    """Titles of quadrants that are not in the plot, each with the direction in which the quadrant is."""

    def __post_init__(self) -> None:
        ends = [lines_of([text], _ENDS, STRONG) for text in self.body.y]
        beside = 0.0 if self.space.narrow else max(STRONG.width(row) for rows in ends for row in rows) + 12
        width = self.space.width - beside - _ARROW
        height = width
        if not self.space.narrow:
            width = min(width - _LIST - 24 if self.numbered else width, _WIDEST)
            height = max(_HEIGHT, STRONG.line * (sum(map(len, ends)) + 1))
        half = width / 2 - 24
        heads = [lines_of([title], half, TITLE) if title else [] for title in self.body.quadrants]
        height = max(height, 2 * (TITLE.line * min(max(map(len, heads)), _TITLE_ROWS) + 80))
        if self.numbered:
            count = len(self.body.places)
            height = max(height, count * (STRONG.width(str(count)) + 32) * _ROOM / width)
        self.plot = Rect.at(beside, 0, width, height)
        self._quadrants(heads)
        self._axes()
        if self.space.narrow:
            self._ends_around()
        else:
            self._ends_beside(ends)

    def _at(self, x: float, y: float) -> Point:
        left, top, right, bottom = self.plot.grown(-INSET)
        return left + x * (right - left), bottom - y * (bottom - top)

    @property
    def points(self) -> list[tuple[Node, Point]]:
        """The nodes and their points."""
        return [(place.node, self._at(float(place.x), float(place.y))) for place in self.body.places]

    def _quadrants(self, heads: list[list[str]]) -> None:
        """Draw the quadrants, and their titles in a corner that no point is in."""
        left, top, right, bottom = self.plot
        x, y, gap = (left + right) / 2, (top + bottom) / 2, _SPLIT / 2
        quarters = (
            Rect(x + gap, top, right, y - gap),
            Rect(left, top, x - gap, y - gap),
            Rect(left, y + gap, x - gap, bottom),
            Rect(x + gap, y + gap, right, bottom),
        )
        self.scene.add(Hook.AXIS, *(Box(rect, "group", radius=4) for rect in quarters))
        taken = [Rect.around(*at, 28, 28) for _, at in self.points]
        for sign, rect, title, rows in zip(_DIRECTIONS, quarters, self.body.quadrants, heads, strict=True):
            outer = (rect.left > x, rect.top > y)
            head = _corner(rect, tuple(rows), taken, outer) if 0 < len(rows) <= _TITLE_ROWS else None
            if head:
                self.scene.add(Hook.AXIS, head)
                self.titles.append(head.rect)
            elif rows:
                self.listed.append((sign, title.text if title else ""))

    def _axes(self) -> None:
        left, top, right, bottom = self.plot
        ends = ((left, top - _ARROW), (right + _ARROW, bottom))
        for end in ends:
            self.scene.add(Hook.AXIS, Line([(left, bottom), end], width=1.2, head=Head.ARROW))

    def _ends_beside(self, ends: list[list[str]]) -> None:
        """Write what the ends of the axes mean beside and below them."""
        left, top, _, bottom = self.plot
        low, high = (tuple(rows) for rows in ends)
        self._write(Text(left - 12, top, high, STRONG, align=Align.END))
        self._write(Text(left - 12, bottom - STRONG.line * len(low), low, STRONG, align=Align.END))
        self._ends_below(bottom + 8, *(message.text for message in self.body.x))

    def _ends_below(self, y: float, low: str, high: str) -> float:
        left, _, right, _ = self.plot
        width = (right - left) / 2 - 12
        first, last = (tuple(wrap(text, width, STRONG.size, bold=True)) for text in (low, high))
        self._write(Text(left, y, first, STRONG, align=Align.START))
        self._write(Text(right, y, last, STRONG, align=Align.END))
        return y + STRONG.line * max(len(first), len(last))

    def _ends_around(self) -> None:
        """Write what the ends mean above and below the plot, with arrows for the vertical axis."""
        left, top, right, bottom = self.plot
        low, high = (message.text for message in self.body.y)
        above = tuple(wrap(f"\u2191 {high}", right - left, STRONG.size, bold=True))
        self._write(Text(left, top - 12 - STRONG.line * len(above), above, STRONG, align=Align.START))
        below = tuple(wrap(f"\u2193 {low}", right - left, STRONG.size, bold=True))
        self._write(Text(left, bottom + 8, below, STRONG, align=Align.START))
        y = bottom + 12 + STRONG.line * len(below)
        self._ends_below(y, f"\u2190 {self.body.x[0].text}", f"{self.body.x[1].text} \u2192")

    def _write(self, text: Text) -> None:
        self.scene.add(Hook.AXIS, text)

    def _room(self) -> Room:
        room = Room(self.plot.grown(-6))
        room.take(*self.titles)
        for node, at in self.points:
            room.take(Rect.around(*at, 2 * radius(node.tone), 2 * radius(node.tone)))
        return room

    def label_points(self) -> bool:
        """Draw the points with their labels, and tell whether all of them found a place."""
        if self.listed:
            return False
        room = self._room()
        for node, at in self.points:
            found = self._label(node, at, room)
            if found is None:
                return False
            rect, lines = found
            room.take(rect)
            align = Align.START if rect.left > at[0] else Align.END if rect.right < at[0] else Align.MIDDLE
            anchor = {Align.START: rect.left, Align.END: rect.right, Align.MIDDLE: rect.centre[0]}[align]
            self._node(node, [*point(node.tone, *at), *_texts(lines, anchor, rect.top, align)])
        return True

    def _label(self, node: Node, at: Point, room: Room) -> tuple[Rect, list[tuple[str, Font]]] | None:
        """Return where the label of a point is and its lines, None if it has no place.

        One that stays in a quadrant is better than one across two, and one beside its point better than one above it.
        """
        x, y = self.plot.centre
        found: list[tuple[bool, bool, Rect, list[tuple[str, Font]]]] = []
        for most in _LABELS:
            lines = _lines(node, most)
            width = max(font.width(row) for row, font in lines)
            height = sum(font.line for _, font in lines)
            for rect in around(*at, radius(node.tone), width, height):
                if room.free(rect):
                    split = rect.left < x < rect.right or rect.top < y < rect.bottom
                    beside = rect.top < at[1] < rect.bottom
                    found.append((split, not beside, rect, lines))
        if not found:
            return None
        _, _, rect, lines = min(found, key=lambda one: one[:2])
        return rect, lines

    def number_points(self) -> None:
        """Draw the points with numbers, and beside or below the plot what the numbers stand for."""
        room = self._room()
        x, y, width = self._list()
        column = max(TITLE.width(sign) for sign in (str(len(self.body.places)), *(sign for sign, _ in self.listed)))
        for sign, title in self.listed:
            rows = tuple(wrap(title, width - column - 10, TITLE.size, bold=True))
            self._write(Text(x + column, y, (sign,), TITLE, "muted", Align.END))
            self._write(Text(x + column + 10, y, rows, TITLE, "muted", Align.START))
            y += TITLE.line * len(rows) + 8
        for number, (node, at) in enumerate(self.points, 1):
            parts = point(node.tone, *at)
            parts += self._number(str(number), node, at, room)
            lines = _lines(node, width - column - 10)
            top = y + (PLAIN.line - STRONG.line) / 2 + 0.6
            parts.append(Text(x + column, top, (str(number),), STRONG, align=Align.END))
            parts += _texts(lines, x + column + 10, y, Align.START)
            y += sum(font.line for _, font in lines) + 8
            self._node(node, parts)

    def _list(self) -> tuple[float, float, float]:
        """Return where the list begins, and its width."""
        if self.space.narrow:
            return 0.0, self.scene.rect.bottom + 16, self.space.width
        return self.plot.right + 24, self.plot.top, _LIST

    def _number(self, number: str, node: Node, at: Point, room: Room) -> list[Part]:
        """Return the number of a point beside it, or as near as possible with a line that leads to it."""
        width, height = STRONG.width(number), STRONG.line - 3
        places = around(*at, radius(node.tone), width, height)
        rect = next((rect for rect in places if room.free(rect, 2.0)), None)
        lead: list[Part] = []
        if rect is None:
            rect = nearest(*at, width, height, room)
            if rect is None:
                return []
            lead = [Line([at, _border(rect.grown(2), at)], "group-line", 1, radius=0)]
        room.take(rect)
        return [*lead, Text(rect.centre[0], rect.top - 1.5, (number,), STRONG)]

    def _node(self, node: Node, parts: list[Part]) -> None:
        self.scene.add(Hook.NODE, *parts, key=node.key, link=node.link or "")


def _border(rect: Rect, point: Point) -> Point:
    """Return the point of *rect* that is nearest to *point*."""
    return min(max(point[0], rect.left), rect.right), min(max(point[1], rect.top), rect.bottom)


def _corner(quarter: Rect, rows: tuple[str, ...], taken: Sequence[Rect], outer: tuple[bool, bool]) -> Text | None:
    """Return the title of a quadrant in a corner without a point, None if there are points in all of them.

    A corner of the plot is best: *outer* tells whether that is at the right and below. Things gather at its middle.
    """
    left, top, right, bottom = quarter.grown(-12, -10)
    xs = [(left, Align.START), (right, Align.END)]
    ys = [top, bottom - TITLE.line * len(rows)]
    at_right, below = outer
    corners = (
        Text(x, y, rows, TITLE, "muted", align)
        for y in (ys[::-1] if below else ys)
        for x, align in (xs[::-1] if at_right else xs)
    )
    return next((text for text in corners if not any(text.rect.meets(rect) for rect in taken)), None)


def _lines(node: Node, width: float) -> list[tuple[str, Font]]:
    return [
        *((row, PLAIN) for row in lines_of([node.label], width, PLAIN)),
        *((row, DETAIL) for row in lines_of(node.details, width)),
    ]


def _texts(lines: list[tuple[str, Font]], x: float, y: float, align: Align) -> list[Part]:
    """Return the name and the details below each other."""
    parts: list[Part] = []
    for font, ink in ((PLAIN, "text"), (DETAIL, "muted")):
        rows = tuple(row for row, own in lines if own is font)
        if rows:
            parts.append(Text(x, y, rows, font, ink, align))
            y += font.line * len(rows)
    return parts
