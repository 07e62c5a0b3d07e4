"""Courses of edges between two ranks: what an edge must pass on its way down."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from sphinx_diagram_ext.drawing.renderers.graph.axis import sideways, turned, turned_point
from sphinx_diagram_ext.model import EdgeStyle, Tone

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Point, Rect
    from sphinx_diagram_ext.drawing.renderers.graph.parts import Route
    from sphinx_diagram_ext.drawing.renderers.graph.placement import Placement
    from sphinx_diagram_ext.drawing.renderers.graph.tracks import Jog
    from sphinx_diagram_ext.model import Edge

Look: TypeAlias = tuple[Tone, EdgeStyle, bool, bool]


@dataclass(slots=True)
class Course:
    """An edge on its way down: ``passes`` are (x, least y, greatest y) of what it passes between its ends."""

    route: Route
    upper: str
    lower: str
    top: Rect
    low: Rect
    up: bool
    passes: list[tuple[float, float, float]] = field(default_factory=list)
    start: float = 0.0
    end: float = 0.0
    jogs: list[Jog] = field(default_factory=list)

    def look(self, *, lower: bool) -> Look:
        """Return what tells whether two edges may share a line at one end: their style, and whether they leave."""
        edge = self.route.edge
        return edge.tone, edge.style, edge.stopped, self.up == lower

    def set_end(self, x: float, *, lower: bool) -> None:
        """Set the x of one end."""
        if lower:
            self.end = x
        else:
            self.start = x


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


def course_of(placement: Placement, item: Route, *, side: bool) -> Course | None:
    """Return an edge between two ranks, None for one within a rank, which is straight."""
    turn = turned if side else same
    source, target = turn(placement.nodes[item.edge.source]), turn(placement.nodes[item.edge.target])
    points = [turned_point(point) for point in item.course] if side else item.course
    if source.bottom <= target.top:
        return Course(item, item.edge.source, item.edge.target, source, target, up=False, passes=_inner(points))
    if target.bottom <= source.top:
        return Course(item, item.edge.target, item.edge.source, target, source, up=True, passes=_inner(points[::-1]))
    return None


def same(rect: Rect) -> Rect:
    """Return *rect*, where nothing is turned."""
    return rect


def _inner(points: list[Point]) -> list[tuple[float, float, float]]:
    return [(x, y, y) for x, y in points[1:-1]]
