"""Chips of a list of messages: the names of source and target in small, and the arrow between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers.sequence_labels import longest_word
from sphinx_diagram_ext.drawing.scene import STRONG, Box, Text
from sphinx_diagram_ext.drawing.shapes import wrapped

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.scene import Part
    from sphinx_diagram_ext.model import Node

CHIP = 24.0
"""Height of a chip of one line."""
ARROW = 40.0
"""Least length of an arrow between two chips."""
WIDEST = 150.0
"""Widest chip of those that are all equal."""
_PAD = 10.0
_ROWS, _ROWS_BESIDE = 3, 2
"""Most lines of a chip, and of one that has another beside it."""
_STEP = 28.0
"""How far to the right a chip below its source is."""
_BELOW = 10.0
_LOOP = 10.0
"""Height of an arrow to where it comes from."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A participant's name in lines."""

    node: Node
    rows: tuple[str, ...]

    @property
    def width(self) -> float:
        """Least width."""
        return max(map(STRONG.width, self.rows)) + 2 * _PAD

    @property
    def height(self) -> float:
        """Height of the chip."""
        return CHIP + STRONG.line * (len(self.rows) - 1)

    def parts(self, rect: Rect) -> list[Part]:
        """Return its shape and its text."""
        tone, (x, y) = self.node.tone, rect.centre
        text = Text(x, y - STRONG.line * len(self.rows) / 2, self.rows, STRONG, f"{tone}-text")
        return [Box(rect, f"{tone}-fill", f"{tone}-stroke", 1, "", CHIP / 2), text]


@dataclass(frozen=True, slots=True)
class Row:
    """The chips of a message, the points of its arrow, and where its label begins."""

    chips: list[list[Part]]
    points: list[Point]
    bottom: float
    middle: float
    """The y of the middle of the source."""


def natural_width(node: Node) -> float:
    """Return the width of the chip of *node* on one line."""
    return STRONG.width(_name(node)) + 2 * _PAD


def chip(node: Node, most: float) -> Chip:
    """Return the chip of a participant, not wider than *most*; a very long name is cut here and not in its head."""
    rows = wrapped(node.label, most - 2 * _PAD, STRONG)
    if len(rows) > _ROWS:
        last = rows[_ROWS - 1]
        while last and STRONG.width(f"{last}…") > most - 2 * _PAD:
            last = last[:-1]
        rows = [*rows[: _ROWS - 1], f"{last}…"]
    return Chip(node, tuple(rows))


def looped(node: Node, even: float, left: float, right: float, y: float) -> Row:
    """Return a message of *node* to itself."""
    room = right - left - 2 * _LOOP
    found = chip(node, room)
    rect = Rect.at(left, y, max(found.width, min(even, room)), found.height)
    out, middle = rect.right + 2 * _LOOP, rect.centre[1]
    high, low = middle - _LOOP / 2, middle + _LOOP / 2
    points = [(rect.right, high), (out, high), (out, low), (rect.right, low)]
    return Row([found.parts(rect)], points, rect.bottom, middle)


def paired(ends: tuple[Node, Node], even: float, left: float, right: float, y: float) -> Row:
    """Return a message between two participants, beside each other where that breaks no word.

    Chips that need no more have the width *even*, so that those of a list are equal.
    """
    room = right - left - ARROW
    widths = [natural_width(node) for node in ends]
    if max(widths) <= even and 2 * even <= room:
        widths = [even, even]
    elif sum(widths) > room:
        widths = _shared(widths, room)
    chips = [chip(node, width) for node, width in zip(ends, widths, strict=True)]
    if any(len(one.rows) > _ROWS_BESIDE for one in chips) or _breaks(ends, widths):
        return _stacked(ends, left, right, y)
    height = max(one.height for one in chips)
    source = Rect.at(left, y, widths[0], height)
    target = Rect(right - widths[1], y, right, y + height)
    middle = y + height / 2
    points = [(source.right, middle), (target.left, middle)]
    return Row([chips[0].parts(source), chips[1].parts(target)], points, y + height, middle)


def _shared(widths: list[float], room: float) -> list[float]:
    """Return the widths of two chips that do not both fit on one line: a short one keeps its own."""
    half = room / 2
    first, second = widths
    if first <= half:
        return [first, room - first]
    return [room - second, second] if second <= half else [half, half]


def _breaks(ends: tuple[Node, Node], widths: list[float]) -> bool:
    """Tell whether a word of a name is wider than its chip."""
    names = zip(ends, widths, strict=True)
    return any(longest_word(_name(node), STRONG) > width - 2 * _PAD + 0.5 for node, width in names)


def _stacked(ends: tuple[Node, Node], left: float, right: float, y: float) -> Row:
    """Return a message whose target is below its source, farther to the right."""
    first, second = chip(ends[0], right - left), chip(ends[1], right - left - _STEP)
    source = Rect.at(left, y, first.width, first.height)
    target = Rect.at(left + _STEP, source.bottom + _BELOW, second.width, second.height)
    x, middle = left + CHIP / 2, target.centre[1]
    points = [(x, source.bottom), (x, middle), (target.left, middle)]
    return Row([first.parts(source), second.parts(target)], points, target.bottom, source.centre[1])


def _name(node: Node) -> str:
    return " ".join(node.label.text.split())
