"""Scene: what is in a picture and where, before it is written as SVG.

All numbers are CSS pixels, the y axis points down, and the origin may be anywhere: a picture shows what its scene
holds and a margin. Colours are names of the palette (``text``, ``line``, ``problem-stroke``; see :mod:`..palette`).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from sphinx_diagram_ext.drawing.geometry import Rect, union
from sphinx_diagram_ext.fonts import text_width

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.model import Icon

MARGIN = 8.0
"""Room around everything in a picture."""

_ASCENT, _DESCENT = 0.74, 0.22
"""Ink above and below the baseline, in parts of the font size."""

_MIDDLE = 0.35
"""Distance from the baseline to the middle of a line, in parts of the font size."""


@dataclass(frozen=True, slots=True)
class Font:
    """Size and height of a line in CSS pixels."""

    size: float
    line: float
    bold: bool = False

    def width(self, text: str) -> float:
        """Return the width of one line of *text*."""
        return text_width(text, self.size, bold=self.bold)


NAME = Font(15, 19, bold=True)
"""Names of nodes, and questions."""
PLAIN = Font(15, 19)
"""Names that are to look no heavier than what is said of them."""
DETAIL = Font(13, 17)
"""Second lines of nodes, labels of edges, ticks."""
STRONG = Font(13, 17, bold=True)
"""Figures and words that count, among details."""
TITLE = Font(14, 18, bold=True)
"""Titles of frames, columns and panels."""


class Align(enum.StrEnum):
    """Which end of a text is at its x; the values are those of ``text-anchor``."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(slots=True)
class Text:
    """Lines of text, one below the other; ``y`` is the top of the first line, not its baseline."""

    x: float
    y: float
    rows: tuple[str, ...]
    font: Font = DETAIL
    ink: str = "text"
    align: Align = Align.MIDDLE

    @property
    def baseline(self) -> float:
        """The y of the first line's baseline."""
        return self.y + self.font.line / 2 + _MIDDLE * self.font.size

    @property
    def width(self) -> float:
        """The width of the longest line."""
        return max(map(self.font.width, self.rows))

    @property
    def rect(self) -> Rect:
        """The room of the ink: from the ascent of the first line to the descent of the last."""
        width = self.width
        left = {Align.START: self.x, Align.MIDDLE: self.x - width / 2, Align.END: self.x - width}[self.align]
        top = self.baseline - _ASCENT * self.font.size
        bottom = self.baseline + self.font.line * (len(self.rows) - 1) + _DESCENT * self.font.size
        return Rect(left, top, left + width, bottom)

    @property
    def height(self) -> float:
        """Height of all lines."""
        return self.font.line * len(self.rows)


@dataclass(slots=True)
class Box:
    """A rectangle with round corners. Without ``fill`` or ``stroke`` it has none.

    ``opacity`` is that of its fill: what is to be a lighter tint of a colour has less than 1.
    """

    rect: Rect
    fill: str = ""
    stroke: str = ""
    width: float = 1.3
    dash: str = ""
    radius: float = 6.0
    opacity: float = 1.0


@dataclass(slots=True)
class Path:
    """A shape by its path data (https://www.w3.org/TR/SVG11/paths.html#PathData), in the room ``rect``."""

    data: str
    rect: Rect
    fill: str = ""
    stroke: str = ""
    width: float = 1.3
    dash: str = ""


@dataclass(slots=True)
class Circle:
    """A disc or a ring."""

    x: float
    y: float
    radius: float
    fill: str = ""
    stroke: str = ""
    width: float = 1.3

    @property
    def rect(self) -> Rect:
        """The room of the circle."""
        return Rect.around(self.x, self.y, 2 * self.radius, 2 * self.radius)


class Head(enum.StrEnum):
    """What a line ends in."""

    NONE = "none"
    ARROW = "arrow"
    OPEN = "open"
    CROSS = "cross"


@dataclass(slots=True)
class Line:
    """A polyline, with corners of the radius ``radius`` and a head at its end (and its start, ``tail``)."""

    points: list[Point]
    stroke: str = "line"
    width: float = 1.5
    dash: str = ""
    radius: float = 8.0
    head: Head = Head.NONE
    tail: Head = Head.NONE

    @property
    def rect(self) -> Rect:
        """The room of the polyline."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return Rect(min(xs), min(ys), max(xs), max(ys))


@dataclass(slots=True)
class Symbol:
    """An icon in the room ``rect``; what of it has no colour of its own takes ``ink``."""

    rect: Rect
    icon: Icon
    ink: str = "text"


Part: TypeAlias = Text | Box | Path | Circle | Line | Symbol


class Hook(enum.StrEnum):
    """What an item is: the class of its element, by which style sheets, scripts and tests find it."""

    NONE = ""
    NODE = "cdc-node"
    EDGE = "cdc-edge"
    EDGE_LABEL = "cdc-edge-label"
    GROUP = "cdc-group"
    TITLE = "cdc-title"
    LIFELINE = "cdc-lifeline"
    AXIS = "cdc-axis"


@dataclass(slots=True)
class Item:
    """Parts that belong together, drawn in order.

    ``key`` is the model's key of a node or a group. The first part of a node is its outline. ``ends`` are the keys of
    what an edge joins; ``link`` is where a node leads to.
    """

    hook: Hook = Hook.NONE
    parts: list[Part] = field(default_factory=list)
    key: str = ""
    ends: tuple[str, str] = ("", "")
    link: str = ""

    @property
    def rect(self) -> Rect:
        """The room of all parts."""
        return union(part.rect for part in self.parts)

    @property
    def texts(self) -> list[Text]:
        """The texts among the parts."""
        return [part for part in self.parts if isinstance(part, Text)]


@dataclass(slots=True)
class Scene:
    """Items in the order in which they are drawn: grounds and frames, lines, nodes, labels.

    The nodes are in reading order among themselves. ``spare`` is room to keep beside what is drawn.
    """

    items: list[Item] = field(default_factory=list)
    spare: tuple[Rect, ...] = ()

    def add(self, hook: Hook, *parts: Part, key: str = "", ends: tuple[str, str] = ("", ""), link: str = "") -> Item:
        """Add an item above all others and return it."""
        item = Item(hook, list(parts), key, ends, link)
        self.items.append(item)
        return item

    @property
    def rect(self) -> Rect:
        """The room of everything that is drawn, without a margin."""
        found = [item.rect for item in self.items if item.parts]
        return union([*found, *self.spare]) if found or self.spare else Rect(0, 0, 1, 1)

    @property
    def width(self) -> float:
        """Width of the picture, with its margin."""
        return self.rect.width + 2 * MARGIN

    @property
    def height(self) -> float:
        """Height of the picture, with its margin."""
        return self.rect.height + 2 * MARGIN

    def of(self, hook: Hook) -> list[Item]:
        """Return the items of a kind, in order."""
        return [item for item in self.items if item.hook is hook]
