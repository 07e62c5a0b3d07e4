"""Heads of participants: level and equal in size, each in the shape of its role."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.scene import Box, Hook
from sphinx_diagram_ext.drawing.shapes import inset, label_lines, labelled, outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_diagram_ext.drawing.scene import Font, Scene
    from sphinx_diagram_ext.model import Node

_PILL = 26.0
"""Largest radius of a head's corners."""


@dataclass(frozen=True, slots=True)
class Size:
    """Size of the heads of a row, and the room above and below their lines, which is that of all shapes."""

    width: float
    top: float
    lines: float
    bottom: float


def inner_size(nodes: Sequence[Node], width: float, *, names: bool = False) -> Size:
    """Return the size of heads of this *width* for all of *nodes*, or only for their *names*."""
    insets = [inset(node.role) for node in nodes]
    most = max(sum(font.line for _, font in _lines(node, width, names=names)) for node in nodes)
    return Size(width, max(room.top for room in insets), most, max(room.bottom for room in insets))


def head_row(
    scene: Scene, nodes: Iterable[tuple[Node, float]], size: Size, top: float, *, names: bool = False
) -> float:
    """Add heads around the x of each, their lines level; return where they end.

    With *names* they are said once more: without details, and without being the nodes themselves.
    """
    height = size.top + size.lines + size.bottom
    for node, x in nodes:
        rect, room = Rect.at(x - size.width / 2, top, size.width, height), inset(node.role)
        lines = _lines(node, size.width, names=names)
        y = top + size.top + (size.lines - sum(font.line for _, font in lines)) / 2
        middle = (rect.left + room.left + rect.right - room.right) / 2
        shape = outline(node.role, node.tone, rect)
        if isinstance(shape[0], Box):
            # The ends of a high pill would cut into its lines.
            shape[0].radius = min(shape[0].radius, _PILL)
        parts = [*shape, *labelled(node, lines, middle, y, inner=size.width - room.left - room.right)]
        if names:
            scene.add(Hook.NONE, *parts)
        else:
            scene.add(Hook.NODE, *parts, key=node.key, link=node.link or "")
    return top + height


def _lines(node: Node, width: float, *, names: bool) -> tuple[tuple[str, Font], ...]:
    room = inset(node.role)
    shown = replace(node, details=()) if names else node
    return tuple(label_lines(shown, max(1.0, width - room.left - room.right)))
