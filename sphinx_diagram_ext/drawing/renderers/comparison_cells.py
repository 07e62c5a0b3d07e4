"""Cells of a comparison: what stands in them, without and with an outline."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing import shapes
from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.marks import SIZE, mark
from sphinx_diagram_ext.drawing.scene import DETAIL, NAME, PLAIN, STRONG, TITLE, Align, Box, Text
from sphinx_diagram_ext.model import Message, Role, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_diagram_ext.drawing.scene import Font, Part
    from sphinx_diagram_ext.model import Comparison, Node, Row, Side

PAD = 12.0
"""Room at the sides of a cell's text."""

ABOVE = 8.0
"""Room above and below it."""

BAR = 4.0
"""Height of the coloured bar of a side."""

MARKED = SIZE + 8
"""Width that a mark takes before a name."""

LEAST = 40.0
"""Height of the lowest cell with an outline."""


def shown_nodes(body: Comparison, told: dict[str, list[str]], *, factored: bool) -> dict[str, Node]:
    """Return what is written in the cells, by key.

    Where all cells of a row have one name, it is written once, before the row, if *factored*.
    """
    nodes = {node.key: node for node in body.nodes}
    if factored:
        for row in body.rows:
            for key in row.cells if common_name(body, row, nodes) else ():
                first, *rest = nodes[key or ""].details
                nodes[key or ""] = dataclasses.replace(nodes[key or ""], label=first, details=tuple(rest))
    for key, texts in told.items():
        more = tuple(Message(text) for text in texts)
        nodes[key] = dataclasses.replace(nodes[key], details=(*nodes[key].details, *more))
    return nodes


def common_name(body: Comparison, row: Row, nodes: dict[str, Node]) -> str:
    """Return the name that all cells of *row* have, with something else to say in each of them, else ""."""
    cells = [nodes[key] for key in row.cells if key]
    if row.label or len(cells) < len(body.sides) or not all(node.details for node in cells):
        return ""
    labels = {node.label.text for node in cells}
    return labels.pop() if len(labels) == 1 else ""


def row_labels(body: Comparison, *, factored: bool) -> list[str]:
    """Return what is written before each row, "" for nothing."""
    nodes = {node.key: node for node in body.nodes}
    return [row.label.text if row.label else common_name(body, row, nodes) if factored else "" for row in body.rows]


def natural_width(nodes: Iterable[Node], sides: Iterable[Side], most: float, *, outlined: bool) -> float:
    """Return the width of the widest cell or title of a side whose lines do not break, at most *most*."""
    widest = 0.0
    for node in nodes:
        room = around(node, outlined=outlined)
        fonts = [_name_font(node), *(DETAIL for _ in node.details)]
        texts = [node.label, *node.details]
        for text, font in zip(texts, fonts, strict=True):
            # A label may be long, and a line that is as wide as its first words breaks anyway.
            widest = max(widest, *(font.width(row[:80]) + room for row in text.text.splitlines() or [""]))
    for side in sides:
        widest = max(widest, TITLE.width(side.label.text[:80]) + 2 * PAD + MARKED)
    return min(widest + 1, most)


def around(node: Node, *, outlined: bool) -> float:
    """Return the least room at both sides of a cell's name."""
    if outlined:
        room = shapes.inset(node.role)
        return room.left + room.right + shapes.icon_room(node)
    return 2 * PAD + (MARKED if node.tone.mark else 0) + shapes.icon_room(node)


def _name_font(node: Node) -> Font:
    return PLAIN if node.plain else NAME


class Cell:
    """A node in a table: bare on the ground, tinted where its tone says something, or in the shape of its role."""

    def __init__(self, node: Node, width: float, *, outlined: bool) -> None:
        self.node, self.outlined = node, outlined
        self._marked = MARKED if node.tone.mark and not outlined else 0.0
        inner = max(width - around(node, outlined=outlined), 24)
        font = _name_font(node)
        self._name = [(row, font) for row in shapes.wrapped(node.label, inner, font)]
        beside = self._marked + (0.0 if outlined else shapes.icon_room(node))
        wide = inner + self._marked + shapes.icon_room(node)
        level, full = (
            [(row, DETAIL) for text in node.details for row in shapes.wrapped(text, room, DETAIL)]
            for room in (wide - beside, wide)
        )
        # Below the name rather than below its mark, unless that takes more lines.
        self._indent = beside if len(level) == len(full) else 0.0
        self._details = level if self._indent else full
        lines = [*self._name, *self._details]
        high = sum(line.line for _, line in lines)
        room = shapes.inset(node.role) if outlined else shapes.Inset(0, ABOVE, 0, ABOVE)
        self.height = max(high + room.top + room.bottom, LEAST if outlined else 0.0)

    def parts(self, rect: Rect) -> list[Part]:
        """Return the outline and the texts of the cell in *rect*."""
        node = self.node
        if self.outlined:
            return shapes.node_parts(node, tuple(self._name + self._details), rect)
        ground = "ground" if node.tone is Tone.NEUTRAL else f"{node.tone}-fill"
        parts: list[Part] = [Box(rect, ground)]
        x, y = rect.left + PAD, rect.top + ABOVE
        parts += mark(node.tone, x + SIZE / 2, y + NAME.line / 2)
        tone = node.tone
        parts += shapes.labelled(node, tuple(self._name), x + self._marked, y, Align.START)
        y += sum(font.line for _, font in self._name)
        return parts + shapes.stacked_texts(tuple(self._details), x + self._indent, y, tone, Align.START)


class Head:
    """The title of a side below its coloured bar."""

    def __init__(self, side: Side, width: float) -> None:
        self.side = side
        self._marked = MARKED if side.tone.mark else 0.0
        self._rows = tuple(shapes.wrapped(side.label, max(width - 2 * PAD - self._marked, 24), TITLE))
        self.height = BAR + ABOVE + TITLE.line * len(self._rows) + ABOVE

    def bar(self, rect: Rect) -> Box:
        """Return the bar at the upper side of *rect*."""
        return Box(Rect(rect.left, rect.top, rect.right, rect.top + BAR), side_ink(self.side), radius=0)

    def title(self, rect: Rect) -> list[Part]:
        """Return the mark of the side's tone and, last, its title below the bar."""
        x, y = rect.left + PAD, rect.top + BAR + ABOVE
        signs = mark(self.side.tone, x + SIZE / 2, y + TITLE.line / 2)
        return [*signs, Text(x + self._marked, y, self._rows, TITLE, "text", Align.START)]


def side_ink(side: Side) -> str:
    """Return the colour that stands for a side."""
    return "group-line" if side.tone is Tone.NEUTRAL else f"{side.tone}-stroke"


def label_rows(label: str, width: float) -> list[str]:
    """Return the label of a row in lines of at most *width* pixels."""
    return shapes.wrapped(Message(label), width, STRONG) if label else []


def shaped(nodes: Sequence[Node]) -> bool:
    """Tell whether one of *nodes* is a thing with a shape of its own."""
    return any(node.role not in (Role.SERVICE, Role.NOTE) for node in nodes)
