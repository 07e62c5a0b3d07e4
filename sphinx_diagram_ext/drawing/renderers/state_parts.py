"""Shapes and texts of a state machine."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

from sphinx_diagram_ext.drawing.renderers.line_labels import whole_words
from sphinx_diagram_ext.drawing.scene import DETAIL, NAME, PLAIN, Align, Box, Circle, Path
from sphinx_diagram_ext.drawing.shapes import icon_room, label_lines, labelled, lines_width, outline
from sphinx_diagram_ext.model import Role, Tone

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Rect
    from sphinx_diagram_ext.drawing.scene import Font, Part
    from sphinx_diagram_ext.model import Node

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

Rows: TypeAlias = "tuple[tuple[str, Font], ...]"
"""Lines of text, each with its font."""


def rows_of(node: Node, width: float, *, whole: bool = False) -> Rows:
    """Return name and details of *node* in lines of at most *width* pixels, with *whole* as wide as their words."""
    if not whole:
        return tuple(label_lines(node, width))
    texts = [(node.label, PLAIN if node.plain else NAME), *((detail, DETAIL) for detail in node.details)]
    words = max(whole_words(message, font) for message, font in texts) + icon_room(node)
    return tuple(label_lines(node, max(width, words)))


def state_size(node: Node, rows: Rows) -> tuple[float, float]:
    """Return width and height of a state with these lines."""
    width = lines_width(node, rows) + 2 * SIDE
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
    return parts + labelled(node, rows, x, y - height_of(rows) / 2, inner=rect.width - 2 * SIDE)


def frame_parts(node: Node, rect: Rect) -> list[Part]:
    """Return the frame around the states inside a state."""
    stroke, width, dash = _border(node.tone, rect)
    return [Box(rect, "group", stroke, width, dash, _RADIUS)]


def head_parts(node: Node, rect: Rect, rows: Rows) -> list[Part]:
    """Return the head of such a state: a strip at the top of its frame with its name."""
    left, top, right, bottom = rect
    upper = f"M{left:.1f} {bottom:.1f}V{top + _RADIUS:.1f}q0 {-_RADIUS:.0f} {_RADIUS:.0f} {-_RADIUS:.0f}"
    across = f"H{right - _RADIUS:.1f}q{_RADIUS:.0f} 0 {_RADIUS:.0f} {_RADIUS:.0f}V{bottom:.1f}z"
    stroke, width, dash = _border(node.tone, rect)
    strip = Path(upper + across, rect, f"{node.tone}-fill", stroke, width, dash)
    return [strip, *labelled(node, rows, left + HEAD_SIDE, top + HEAD_OVER, Align.START)]


def _border(tone: Tone, rect: Rect) -> tuple[str, float, str]:
    """Return colour, width and dashes of a frame's border."""
    border = outline(Role.SERVICE, tone, rect)[0]
    if tone is Tone.NEUTRAL or not isinstance(border, Box):
        return "group-line", 1.0, ""
    return border.stroke, border.width, border.dash


def mark_parts(rect: Rect, *, last: bool) -> list[Part]:
    """Return the disc where a machine begins, or the disc in a ring where it may end."""
    x, y = rect.centre
    if not last:
        return [Circle(x, y, 7, "line")]
    return [Circle(x, y, 8, "ground", "line", 1.5), Circle(x, y, 4.5, "line")]
