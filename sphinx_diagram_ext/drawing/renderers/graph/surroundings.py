"""Surroundings of a text in a placed graph: what it would cover."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.grid import Grid

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.renderers.graph.parts import Route
    from sphinx_diagram_ext.drawing.renderers.graph.placement import Placement

_FAR = 60.0
"""How far labels are moved, at most, without being looked for where they are now."""


class Surroundings:
    """Boxes, lines and labels of a placed graph, found by where they are."""

    def __init__(self, placement: Placement) -> None:
        self._nodes = Grid((rect, key) for key, rect in placement.nodes.items())
        self._lines = Grid(
            (Rect(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])).grown(0.5), (a, b, route))
            for route in placement.routes
            for a, b in itertools.pairwise(route.points)
        )
        self._labels = Grid((route.label.grown(_FAR), route) for route in placement.routes if route.label)

    def boxes(self, rect: Rect, gap: float = 0.0) -> int:
        """Return how many boxes of nodes are in *rect*, or nearer than *gap*."""
        return sum(1 for _ in self._nodes.meeting(rect, gap))

    def lines(self, rect: Rect, own: Route | None = None) -> int:
        """Return how many edges besides *own* lead through *rect*."""
        found = {
            id(route) for _, (a, b, route) in self._lines.meeting(rect) if route is not own and rect.crossed_by(a, b)
        }
        return len(found)

    def labels(self, rect: Rect, own: Route | None = None) -> int:
        """Return how many labels besides that of *own* are in *rect*."""
        near = (route for _, route in self._labels.meeting(rect) if route is not own)
        return sum(1 for route in near if route.label and rect.meets(route.label))

    def leftmost(self, rect: Rect) -> float:
        """Return the least x of what crosses *rect*, its right side if nothing does."""
        lines = [min(a[0], b[0]) for _, (a, b, _) in self._lines.meeting(rect) if rect.crossed_by(a, b)]
        labels = [
            route.label.left for _, route in self._labels.meeting(rect) if route.label and rect.meets(route.label)
        ]
        return min([rect.right, *lines, *labels, *(box.left for box, _ in self._nodes.meeting(rect))])
