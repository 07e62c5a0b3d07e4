"""Branches below a box of a list: what leads from it, each with a line, the name of its end and a label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.scene import DETAIL, STRONG, Align, Text
from sphinx_diagram_ext.drawing.shapes import wrapped

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.model import Message

TRUNK = 14.0
"""Where the lines go down, from the left side of the box."""
STEP = 6.0
"""Between two branches, and between a box and the first."""
_APART = 10.0


def branch_line(left: float, top: float, y: float, end: float) -> list[Point]:
    """Return the line from the box whose left side is *left* and whose lower side is *top* to (*end*, *y*)."""
    return [(left + TRUNK, top), (left + TRUNK, y), (end, y)]


def branch_texts(name: Message, label: Message | None, left: float, top: float, right: float) -> list[Text]:
    """Return the texts of a branch: the name, and the label behind it if that fits, else below it."""
    room = max(1.0, right - left)
    names = wrapped(name, room, STRONG)
    texts = [Text(left, top, tuple(names), STRONG, align=Align.START)]
    if label is None or not label.text.strip():
        return texts
    lines = wrapped(label, room, DETAIL)
    beside = left + STRONG.width(names[-1]) + _APART
    if len(names) == 1 == len(lines) and beside + DETAIL.width(lines[0]) <= right:
        return [*texts, Text(beside, top, tuple(lines), DETAIL, "muted", Align.START)]
    return [*texts, Text(left, top + texts[0].height, tuple(lines), DETAIL, "muted", Align.START)]


def branch_middle(top: float) -> float:
    """Return the middle of the first line of a branch whose texts begin at *top*."""
    return top + STRONG.line / 2


def branch_end(texts: list[Text]) -> float:
    """Return where the texts of a branch end."""
    return max(text.y + text.height for text in texts)
