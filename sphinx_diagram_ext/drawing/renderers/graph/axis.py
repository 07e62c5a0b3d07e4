"""Axes: a graph that grows sideways is routed as one that grows downwards, with x and y exchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.model import Direction

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.renderers.graph.placement import Placement
    from sphinx_diagram_ext.model import Edge


def sideways(direction: Direction | str | None) -> bool:
    """Tell whether a direction is from left to right or back."""
    return direction in (Direction.LR, Direction.RL)


def turned(rect: Rect) -> Rect:
    """Return *rect* with x and y exchanged."""
    return Rect(rect.top, rect.left, rect.bottom, rect.right)


def turned_point(point: Point) -> Point:
    """Return *point* with x and y exchanged."""
    return point[1], point[0]


def runs_sideways(placement: Placement, edge: Edge) -> bool:
    """Tell whether an edge leads to the side: as its innermost common group says, unless the boxes say otherwise."""
    source, target = placement.nodes[edge.source], placement.nodes[edge.target]
    beside = source.right <= target.left or target.right <= source.left
    below = source.bottom <= target.top or target.bottom <= source.top
    if beside != below:
        return beside
    other = placement.chains.get(edge.target, ())
    shared = (key for key in placement.chains.get(edge.source, ()) if key in other)
    own = next((direction for key in shared if (direction := placement.groups[key].direction)), None)
    return sideways(own or placement.direction)
