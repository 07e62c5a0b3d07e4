"""Heads of participants: level and equal in size, each in the shape of its role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.scene import NAME, PLAIN, STRONG, Box, Hook, Text
from sphinx_diagram_ext.drawing.shapes import content, inset, node_parts, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_diagram_ext.drawing.scene import Font, Scene
    from sphinx_diagram_ext.drawing.shapes import Content
    from sphinx_diagram_ext.model import Node

CHIP = 24.0
"""Height of a chip of one line."""
_CHIP_PAD = 10.0
_CHIP_ROWS = 3


def head_content(node: Node, width: float) -> Content:
    """Return what is in a head of this *width*."""
    room = inset(node.role)
    return content(node, width - room.left - room.right)


def head_row(scene: Scene, nodes: Iterable[tuple[Node, float]], width: float, top: float) -> float:
    """Add heads of one *width* and height around the x of each; return where they end."""
    found = [(node, x, head_content(node, width)) for node, x in nodes]
    height = max(inner.height for _, _, inner in found)
    for node, x, inner in found:
        rect = Rect.at(x - width / 2, top, width, height)
        scene.add(Hook.NODE, *node_parts(node, inner.lines, rect), key=node.key, link=node.link or "")
    return top + height


def foot_row(scene: Scene, nodes: Iterable[tuple[Node, float]], width: float, top: float) -> None:
    """Add the names of participants once more, at the end of their lifelines."""
    found = []
    for node, x in nodes:
        room = inset(node.role)
        font = PLAIN if node.plain else NAME
        rows: tuple[tuple[str, Font], ...] = tuple(
            (row, font) for row in wrapped(node.label, width - room.left - room.right, font)
        )
        found.append((node, x, rows, sum(font.line for _, font in rows) + room.top + room.bottom))
    height = max(high for *_, high in found)
    for node, x, rows, _ in found:
        scene.add(Hook.NONE, *node_parts(node, rows, Rect.at(x - width / 2, top, width, height)))


@dataclass(frozen=True, slots=True)
class Chip:
    """A participant's name in small; long names are cut here and not in their head."""

    node: Node
    rows: tuple[str, ...]

    @property
    def width(self) -> float:
        """Least width."""
        return max(map(STRONG.width, self.rows)) + 2 * _CHIP_PAD

    @property
    def height(self) -> float:
        """Height of the chip."""
        return CHIP + STRONG.line * (len(self.rows) - 1)

    def parts(self, rect: Rect) -> tuple[Box, Text]:
        """Return its shape and its text."""
        tone, (x, y) = self.node.tone, rect.centre
        text = Text(x, y - STRONG.line * len(self.rows) / 2, self.rows, STRONG, f"{tone}-text")
        return Box(rect, f"{tone}-fill", f"{tone}-stroke", 1, "", CHIP / 2), text


def chip(node: Node, most: float) -> Chip:
    """Return the chip of a participant, not wider than *most*."""
    rows = wrapped(node.label, most - 2 * _CHIP_PAD, STRONG)
    if len(rows) > _CHIP_ROWS:
        last = rows[_CHIP_ROWS - 1]
        while last and STRONG.width(f"{last}…") > most - 2 * _CHIP_PAD:
            last = last[:-1]
        rows = [*rows[: _CHIP_ROWS - 1], f"{last}…"]
    return Chip(node, tuple(rows))
