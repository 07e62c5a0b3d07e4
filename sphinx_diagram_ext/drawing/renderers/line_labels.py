"""Labels beside lines, and lines of texts that do not break words without need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.scene import DETAIL, Align, Text
from sphinx_diagram_ext.drawing.shapes import wrapped

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Rect
    from sphinx_diagram_ext.drawing.layered import Route, Turn
    from sphinx_diagram_ext.drawing.scene import Font
    from sphinx_diagram_ext.model import Message

LABEL_ROOM = 6.0
"""Room before and after a label that is above its line."""

_LONGEST_WORD = 220.0
"""Width up to which a word is not broken where there is room."""


@dataclass(frozen=True, slots=True)
class Label:
    """The lines of a label and where they are."""

    rows: tuple[str, ...]
    rect: Rect
    align: Align

    @property
    def text(self) -> Text:
        """The text, at the side of its room that is next to the line."""
        rect = self.rect
        x = {Align.START: rect.left, Align.MIDDLE: rect.centre[0], Align.END: rect.right}[self.align]
        return Text(x, rect.top, self.rows, DETAIL, align=self.align)

    def moved(self, dx: float, dy: float) -> Label:
        """Return the label at another place."""
        return Label(self.rows, self.rect.moved(dx, dy), self.align)


def label_rows(message: Message | None, width: float) -> tuple[str, ...]:
    """Return a label in lines of at most *width* pixels or the longest word, none if there is nothing to read."""
    if message is None or not message.text.strip():
        return ()
    return tuple(wrapped(message, max(width, whole_words(message, DETAIL)), DETAIL))


def label_size(rows: tuple[str, ...]) -> tuple[float, float]:
    """Return width and height of the lines of a label, zero for none."""
    return max(map(DETAIL.width, rows), default=0.0), len(rows) * DETAIL.line


def link_size(rows: tuple[str, ...], turn: Turn) -> tuple[float, float] | None:
    """Return breadth and depth of a label for a layered layout."""
    if not rows:
        return None
    width, height = label_size(rows)
    return turn.size(width + (2 * LABEL_ROOM if turn.sideways else 0.0), height)


def route_label(rows: tuple[str, ...], route: Route, turn: Turn) -> Label | None:
    """Return the label of a laid out line."""
    if not rows or route.label is None:
        return None
    align = Align.MIDDLE if turn.sideways else Align.END if route.near else Align.START
    return Label(rows, turn.rect(route.label), align)


def whole_words(message: Message, font: Font) -> float:
    """Return the width of the longest word that a line is to hold unbroken."""
    widths = (font.width(word) for word in message.text.split())
    return max((width for width in widths if width <= _LONGEST_WORD), default=0.0)
