"""Shapes and texts of a state machine."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from sphinx_diagram_ext.drawing.scene import DETAIL, NAME, PLAIN, Align, Box, Circle, Path, Text
from sphinx_diagram_ext.drawing.shapes import label_lines, outline, stacked_texts, wrapped
from sphinx_diagram_ext.model import Role, Tone

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Rect
    from sphinx_diagram_ext.drawing.scene import Font, Part
    from sphinx_diagram_ext.model import Message, Node

START, END = "start", "end"
"""Names of the marks where a machine begins and where it may end."""

MARK = 18.0
"""Width and height of a mark."""

SIDE, OVER = 16.0, 10.0
"""Room between the texts of a state and its border: at the sides, and above and below."""

HEAD_SIDE, HEAD_OVER = 12.0, 5.0
"""The same in the head of a state with states inside."""

_RADIUS = 10.0
_LEAST = 72.0
_GRID = 8.0

_LONGEST_WORD = 220.0
"""Width up to which a word is not broken where there is room."""

Rows: TypeAlias = "tuple[tuple[str, Font], ...]"
"""Lines of text, each with its font."""


@dataclass(frozen=True, slots=True)
class Label:
    """The lines of a transition's label and where they are."""

    rows: tuple[str, ...]
    rect: Rect
    align: Align


def rows_of(node: Node, width: float, *, whole: bool = False) -> Rows:
    """Return name and details of *node* in lines of at most *width* pixels, with *whole* as wide as their words."""
    if not whole:
        return tuple(label_lines(node, width))
    texts = [(node.label, PLAIN if node.plain else NAME), *((detail, DETAIL) for detail in node.details)]
    return tuple(label_lines(node, max([width, *(whole_words(message, font) for message, font in texts)])))


def whole_words(message: Message, font: Font) -> float:
    """Return the width of the longest word that a line is to hold unbroken."""
    widths = (font.width(word) for word in message.text.split())
    return max((width for width in widths if width <= _LONGEST_WORD), default=0.0)


def label_rows(message: Message | None, width: float) -> tuple[str, ...]:
    """Return a transition's label in lines of at most *width* pixels, none if there is nothing to read."""
    if message is None or not message.text.strip():
        return ()
    return tuple(wrapped(message, max(width, whole_words(message, DETAIL)), DETAIL))


def label_size(rows: tuple[str, ...]) -> tuple[float, float]:
    """Return width and height of the lines of a label, zero for none."""
    return max(map(DETAIL.width, rows), default=0.0), len(rows) * DETAIL.line


def state_size(rows: Rows) -> tuple[float, float]:
    """Return width and height of a state with these lines."""
    width = max(font.width(row) for row, font in rows) + 2 * SIDE
    return max(_LEAST, _GRID * math.ceil(width / _GRID)), height_of(rows) + 2 * OVER


def height_of(rows: Rows) -> float:
    """Return the height of these lines."""
    return sum(font.line for _, font in rows)


def state_parts(node: Node, rect: Rect, rows: Rows) -> list[Part]:
    """Return a state: a box with round corners and its texts in the middle."""
    parts = outline(Role.SERVICE, node.tone, rect)
    for part in parts:
        if isinstance(part, Box):
            part.radius = _RADIUS
    x, y = rect.centre
    return parts + stacked_texts(rows, x, y - height_of(rows) / 2, node.tone)


def frame_parts(node: Node, rect: Rect) -> list[Part]:
    """Return the frame around the states inside a state."""
    if node.tone is Tone.NEUTRAL:
        return [Box(rect, "group", "group-line", 1.0, radius=_RADIUS)]
    border = outline(Role.SERVICE, node.tone, rect)[0]
    dash, width = (border.dash, border.width) if isinstance(border, Box) else ("", 1.3)
    return [Box(rect, "group", f"{node.tone}-stroke", width, dash, _RADIUS)]


def head_parts(node: Node, rect: Rect, rows: Rows) -> list[Part]:
    """Return the head of such a state: a strip at the top of its frame with its name."""
    left, top, right, bottom = rect
    upper = f"M{left:.1f} {bottom:.1f}V{top + _RADIUS:.1f}q0 {-_RADIUS:.0f} {_RADIUS:.0f} {-_RADIUS:.0f}"
    across = f"H{right - _RADIUS:.1f}q{_RADIUS:.0f} 0 {_RADIUS:.0f} {_RADIUS:.0f}V{bottom:.1f}z"
    border = outline(Role.SERVICE, node.tone, rect)[0]
    neutral = node.tone is Tone.NEUTRAL
    stroke, width = ("group-line", 1.0) if neutral else (f"{node.tone}-stroke", border.width)  # type: ignore[union-attr]
    strip = Path(upper + across, rect, f"{node.tone}-fill", stroke, width, "" if neutral else border.dash)  # type: ignore[union-attr]
    return [strip, *stacked_texts(rows, left + HEAD_SIDE, top + HEAD_OVER, node.tone, Align.START)]


def mark_parts(rect: Rect, *, last: bool) -> list[Part]:
    """Return the disc where a machine begins, or the disc in a ring where it may end."""
    x, y = rect.centre
    if not last:
        return [Circle(x, y, 7, "line")]
    return [Circle(x, y, 8, "ground", "line", 1.5), Circle(x, y, 4.5, "line")]


def label_text(label: Label) -> Text:
    """Return the text of a transition's label, at the side of its room that is next to the line."""
    rect = label.rect
    x = {Align.START: rect.left, Align.MIDDLE: rect.centre[0], Align.END: rect.right}[label.align]
    return Text(x, rect.top, label.rows, DETAIL, align=label.align)
