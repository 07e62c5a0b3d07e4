"""Loops: edges from a node to itself, one below the other at its right side, each with its label beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers.graph.parts import Route, label_size

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Edge, Graph

_LOOP, _LOOP_HEIGHT = 26.0, 28.0
"""Width and height of the line of an edge from a node to itself."""


@dataclass
class Loops:
    """The loops of one node: how high each is, and how wide all are."""

    slots: list[float] = field(default_factory=list)
    width: float = 0.0
    used: int = 0

    @property
    def height(self) -> float:
        """Height that the node needs."""
        return sum(self.slots) + 8

    def add(self, rows: tuple[str, ...]) -> None:
        """Make room for one more."""
        wide, high = label_size(rows) if rows else (0.0, 0.0)
        self.slots.append(max(_LOOP_HEIGHT, high))
        self.width = max(self.width, _LOOP + wide)

    def route(self, edge: Edge, rows: tuple[str, ...], node: Rect) -> Route:
        """Return the line of the next of them."""
        slot = self.slots[self.used]
        top = node.centre[1] - sum(self.slots) / 2 + sum(self.slots[: self.used])
        self.used += 1
        high, low = top + slot / 2 - _LOOP_HEIGHT / 2 + 4, top + slot / 2 + _LOOP_HEIGHT / 2 - 4
        out = node.right + _LOOP - 6
        points = [(node.right, high), (out, high), (out, low), (node.right, low)]
        wide, tall = label_size(rows) if rows else (0.0, 0.0)
        label = Rect.around(out + 3 + wide / 2, (high + low) / 2, wide, tall) if rows else None
        return Route(edge, points, list(points), rows, label)


def loops_of(graph: Graph, rows: list[tuple[str, ...]]) -> dict[str, Loops]:
    """Return the loops of each node that has any; *rows* are the lines of the label of each edge."""
    found: dict[str, Loops] = {}
    for edge, lines in zip(graph.edges, rows, strict=True):
        if edge.source == edge.target:
            found.setdefault(edge.source, Loops()).add(lines)
    return found
