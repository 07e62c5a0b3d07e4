"""Outlines of nodes by their role: room for text inside, paths, and where an edge meets them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.scene import DETAIL, NAME, PLAIN, Align, Box, Path, Symbol, Text
from sphinx_diagram_ext.fonts import balanced
from sphinx_diagram_ext.model import Role, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.scene import Font, Part
    from sphinx_diagram_ext.model import Icon, Message, Node

RADIUS = 6.0
ROUND = 24.0
"""Greatest radius of round ends: a larger one would cut into the corners of many lines."""
LID = 7.0
"""Half of the height of a cylinder's lid."""
CAP = 8.0
"""Half of the width of a lying cylinder's end."""
POINT = 13.0
"""Width of a hexagon's point."""
SLANT = 10.0
"""How far a slanted box leans."""
WALL = 6.0
"""Width of a storage's double side."""
FOLD = 9.0
"""Size of a note's turned corner."""


ICON = 20.0
"""Height of an icon."""
_WIDEST_ICON = 40.0
_BESIDE_ICON = 8.0
"""Between an icon and the name."""


@dataclass(frozen=True, slots=True)
class Inset:
    """Least room between the text and the box of a shape, on each side."""

    left: float
    top: float
    right: float
    bottom: float


_PLAIN = Inset(14, 10, 14, 10)
_INSETS = {
    Role.DATABASE: Inset(14, 2 * LID + 6, 14, LID + 7),
    Role.QUEUE: Inset(CAP + 12, 10, 2 * CAP + 12, 10),
    Role.STORAGE: Inset(WALL + 12, 10, WALL + 12, 10),
    Role.ACTOR: Inset(20, 10, 20, 10),
    Role.DECISION: Inset(POINT + 12, 11, POINT + 12, 11),
    Role.EXTERNAL: Inset(SLANT + 12, 10, SLANT + 12, 10),
    Role.NOTE: Inset(14, 9, 14, 9),
}


@dataclass(frozen=True, slots=True)
class Content:
    """The lines of a node, each with its font, and the least box of its shape."""

    lines: tuple[tuple[str, Font], ...]
    width: float
    height: float


def inset(role: Role) -> Inset:
    """Return the least room between the text and the box of a shape."""
    return _INSETS.get(role, _PLAIN)


def content(node: Node, width: float) -> Content:
    """Return the lines of *node*, none wider than *width* pixels, and the size of its shape around them."""
    lines = label_lines(node, width)
    room = inset(node.role)
    wide = lines_width(node, lines) + room.left + room.right
    high = sum(font.line for _, font in lines) + room.top + room.bottom
    return Content(tuple(lines), max(wide, 64.0), high)


def lines_width(node: Node, lines: Iterable[tuple[str, Font]]) -> float:
    """Return the width of the longest of *lines*; the icon of *node* stands before those of its name."""
    before = icon_room(node)
    return max(font.width(row) + (0.0 if font is DETAIL else before) for row, font in lines)


def label_lines(node: Node, width: float) -> list[tuple[str, Font]]:
    """Return the lines of name and details, none wider than *width* pixels with the icon before them."""
    font = PLAIN if node.plain else NAME
    if node.icon:
        width = max(width - icon_room(node), 2 * font.size)
    lines = [(row, font) for row in wrapped(node.label, width, font)]
    for detail in node.details:
        lines += [(row, DETAIL) for row in wrapped(detail, width, DETAIL)]
    return lines


def icon_room(node: Node) -> float:
    """Return the width that the icon of *node* takes before the name, 0 if it has none."""
    return _icon_width(node.icon) + _BESIDE_ICON if node.icon else 0.0


def _icon_width(icon: Icon) -> float:
    _, _, width, height = icon.view
    return max(min(ICON * width / height, _WIDEST_ICON), 1.0)


def wrapped(message: Message, width: float, font: Font) -> list[str]:
    """Return *message* in lines of at most *width* pixels."""
    return balanced(message.text, width, font.size, bold=font.bold)


def outline(role: Role, tone: Tone, rect: Rect) -> list[Part]:
    """Return the shape of a node: the outline first, then lines on it."""
    pen = _Pen(f"{tone}-fill", f"{tone}-stroke", _WIDTHS.get(tone, 1.3), "5 3" if tone is Tone.CAUTION else "")
    if role in _OUTLINES:
        return _OUTLINES[role](rect, pen)
    radius = min(rect.height / 2, ROUND) if role is Role.ACTOR else RADIUS
    return [Box(rect, pen.fill, pen.stroke, pen.width, pen.dash, radius)]


_WIDTHS = {Tone.PROBLEM: 2.4, Tone.CAUTION: 1.8}
"""Widths of the borders that mean something, so that grey print keeps it."""


@dataclass(frozen=True, slots=True)
class _Pen:
    fill: str
    stroke: str
    width: float
    dash: str

    def path(self, data: str, rect: Rect) -> Path:
        """Return a closed outline."""
        return Path(data, rect, self.fill, self.stroke, self.width, self.dash)

    def lines(self, data: str, rect: Rect, width: float | None = None) -> Path:
        """Return lines on it, as heavy and as broken as its border unless *width* says otherwise."""
        if width is None:
            return Path(data, rect, "", self.stroke, self.width, self.dash)
        return Path(data, rect, "", self.stroke, width)


def _cylinder(rect: Rect, pen: _Pen) -> list[Part]:
    wide, high = rect.width, rect.height
    start = f"M{rect.left:.1f} {rect.top + LID:.1f}"
    arc = f"a{wide / 2:.1f} {LID:.0f} 0 0"
    body = f"{start}{arc} 1 {wide:.1f} 0v{high - 2 * LID:.1f}{arc} 1 {-wide:.1f} 0z"
    return [pen.path(body, rect), pen.lines(f"{start}{arc} 0 {wide:.1f} 0", rect)]


def _lying_cylinder(rect: Rect, pen: _Pen) -> list[Part]:
    inner, high = rect.width - 2 * CAP, rect.height
    arc = f"a{CAP:.0f} {high / 2:.1f} 0 0"
    body = f"M{rect.left + CAP:.1f} {rect.top:.1f}h{inner:.1f}{arc} 1 0 {high:.1f}h{-inner:.1f}{arc} 1 0 {-high:.1f}z"
    return [pen.path(body, rect), pen.lines(f"M{rect.right - CAP:.1f} {rect.top:.1f}{arc} 0 0 {high:.1f}", rect)]


def _double_sided(rect: Rect, pen: _Pen) -> list[Part]:
    up_and_down = f" {rect.top:.1f}V{rect.bottom:.1f}"
    sides = f"M{rect.left + WALL:.1f}{up_and_down}M{rect.right - WALL:.1f}{up_and_down}"
    return [Box(rect, pen.fill, pen.stroke, pen.width, pen.dash, 2), pen.lines(sides, rect, 1)]


def _hexagon(rect: Rect, pen: _Pen) -> list[Part]:
    left, top, right, bottom = rect
    middle = (top + bottom) / 2
    upper = f"M{left + POINT:.1f} {top:.1f}H{right - POINT:.1f}L{right:.1f} {middle:.1f}"
    lower = f"L{right - POINT:.1f} {bottom:.1f}H{left + POINT:.1f}L{left:.1f} {middle:.1f}z"
    return [pen.path(upper + lower, rect)]


def _slanted(rect: Rect, pen: _Pen) -> list[Part]:
    left, top, right, bottom = rect
    data = f"M{left + SLANT:.1f} {top:.1f}H{right:.1f}L{right - SLANT:.1f} {bottom:.1f}H{left:.1f}z"
    return [pen.path(data, rect)]


def _note(rect: Rect, pen: _Pen) -> list[Part]:
    left, top, right, bottom = rect
    inner, low = right - FOLD, top + FOLD
    data = f"M{left:.1f} {top:.1f}H{inner:.1f}L{right:.1f} {low:.1f}V{bottom:.1f}H{left:.1f}z"
    sheet = Path(data, rect, "group" if pen.fill == "neutral-fill" else pen.fill, pen.stroke, 1, pen.dash)
    return [sheet, pen.lines(f"M{inner:.1f} {top:.1f}V{low:.1f}H{right:.1f}", rect, 1)]


_OUTLINES: dict[Role, Callable[[Rect, _Pen], list[Part]]] = {
    Role.DATABASE: _cylinder,
    Role.QUEUE: _lying_cylinder,
    Role.STORAGE: _double_sided,
    Role.DECISION: _hexagon,
    Role.EXTERNAL: _slanted,
    Role.NOTE: _note,
}


def node_parts(node: Node, lines: tuple[tuple[str, Font], ...], rect: Rect) -> list[Part]:
    """Return shape and texts of *node* in *rect*: the lines in the middle of the room inside the shape."""
    parts = outline(node.role, node.tone, rect)
    room = inset(node.role)
    x = (rect.left + room.left + rect.right - room.right) / 2
    high = sum(font.line for _, font in lines)
    y = (rect.top + room.top + rect.bottom - room.bottom - high) / 2
    return parts + labelled(node, lines, x, y, inner=rect.width - room.left - room.right)


def labelled(
    node: Node,
    lines: tuple[tuple[str, Font], ...],
    x: float,
    y: float,
    align: Align = Align.MIDDLE,
    inner: float = 0.0,
) -> list[Part]:
    """Return the *lines* of *node* below each other from *y* on, and its icon before the first of them.

    Icon and name together are in the middle, and so are details, as far as the room *inner* allows, below the name.
    """
    texts = stacked_texts(lines, x, y, node.tone, align)
    if not node.icon or not texts:
        return [*texts]
    name, room = texts[0], icon_room(node)
    if align is Align.START:
        name.x += room
        left = x
    else:
        widths = [text.width for text in texts]
        inner = max(inner, widths[0] + room, *widths)
        for text, width in zip(texts, widths, strict=True):
            text.x += min(room, inner - width) / 2
        left = name.x - name.font.width(name.rows[0]) / 2 - room
    rect = Rect.at(left, y + (name.font.line - ICON) / 2, room - _BESIDE_ICON, ICON)
    return [*texts, Symbol(rect, node.icon, name.ink)]


def stacked_texts(
    lines: tuple[tuple[str, Font], ...], x: float, y: float, tone: Tone, align: Align = Align.MIDDLE
) -> list[Text]:
    """Return *lines* below each other from *y* on; lines of one font that follow each other are one text."""
    parts: list[Text] = []
    for row, font in lines:
        if parts and parts[-1].font is font:
            parts[-1].rows = (*parts[-1].rows, row)
        else:
            parts.append(Text(x, y, (row,), font, text_ink(tone, font), align))
        y += font.line
    return parts


def text_ink(tone: Tone, font: Font) -> str:
    """Return the colour of a text in a node: details are softer where the ground is neutral."""
    return "muted" if tone is Tone.NEUTRAL and font is DETAIL else f"{tone}-text"


def border_point(role: Role, rect: Rect, point: Point) -> Point:
    """Return where a line that ends at *point*, on a side of *rect*, meets the outline of the shape in it."""
    x, y = point
    if role is Role.DATABASE:
        # The lid is half an ellipse, and so is the ground.
        rise = LID * (1 - (1 - _off_centre(x, rect.left, rect.right) ** 2) ** 0.5)
        return x, min(max(y, rect.top + rise), rect.bottom - rise)
    if role is Role.QUEUE:
        run = CAP * (1 - (1 - _off_centre(y, rect.top, rect.bottom) ** 2) ** 0.5)
    elif role is Role.DECISION:
        run = POINT * _off_centre(y, rect.top, rect.bottom)
    elif role is Role.EXTERNAL and rect.height > 0:
        part = (y - rect.top) / rect.height
        return min(max(x, rect.left + SLANT * (1 - part)), rect.right - SLANT * part), y
    else:
        return point
    return min(max(x, rect.left + run), rect.right - run), y


def _off_centre(at: float, low: float, high: float) -> float:
    """Return how far *at* is from the middle of two sides, from 0 to 1 at a side."""
    half = (high - low) / 2
    return min(1.0, abs(at - low - half) / half) if half > 0 else 0.0
