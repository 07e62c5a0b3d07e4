"""Faults of lines: edges through nodes, texts and titles, edges that cross, lifelines through texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.faults.kinds import KINDS, Fault
from sphinx_diagram_ext.drawing.faults.survey import keys_of, quoted
from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.grid import Grid
from sphinx_diagram_ext.drawing.scene import Hook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.faults.survey import Outline, Row, Stroke, Survey
    from sphinx_diagram_ext.drawing.geometry import Point

_INSIDE = -1.0
"""A line is inside a node if it is farther inside than this: at the border it touches."""
_CLEAR = 1.0
"""A line nearer to a text than this touches its ink."""


def through_nodes(survey: Survey) -> Iterator[Fault]:
    """Yield a fault for each edge and each node that it runs through and does not end at."""
    for edge in survey.edges:
        struck = {
            node.order: node
            for start, end in edge.legs
            for _, node in survey.boxes.crossed(start, end, _INSIDE)
            if node.item.key not in edge.item.ends
        }
        for _, node in sorted(struck.items()):
            message = f"{_said(survey, edge)} runs through the node {survey.name(node.item)}"
            yield Fault(2, KINDS[2].name, message, keys_of(edge.item, node.item))


def through_texts(survey: Survey) -> Iterator[Fault]:
    """Yield a fault for each edge and each text that it runs through; titles are of another kind."""
    own = _OwnLabels()
    outlines = {id(node.item): node for _, node in survey.boxes}
    for edge in survey.edges:
        for row in _struck(survey, edge):
            outline = outlines.get(id(row.item))
            if outline and outline.rect.holds(row.rect) and _below_node(edge, outline):
                continue
            if own.take(edge, row):
                continue
            kind = KINDS[4] if row.item.hook in (Hook.TITLE, Hook.GROUP) else KINDS[3]
            what = "strikes the title" if kind.number == 4 else "runs through the text"
            message = f"{_said(survey, edge)} {what} {quoted(row.text)}"
            yield Fault(kind.number, kind.name, message, keys_of(edge.item, row.item))


def _below_node(edge: Stroke, node: Outline) -> bool:
    """Tell whether a text in *node* says nothing new of *edge*: its node hides it, or is struck itself."""
    return node.item.key not in edge.item.ends or node.order > edge.order


class _OwnLabels:
    """Which label has been found to lie on which edge: on its own ground, and on one edge only."""

    def __init__(self) -> None:
        self._edge_of: dict[int, int] = {}

    def take(self, edge: Stroke, row: Row) -> bool:
        """Tell whether *row* is of the label of *edge*, which is hidden below its ground."""
        label = row.item
        if label.hook is not Hook.EDGE_LABEL or not row.grounded or row.order < edge.order:
            return False
        if any(label.ends) and sorted(label.ends) != sorted(edge.item.ends):
            return False
        return self._edge_of.setdefault(row.order, edge.order) == edge.order


def _struck(survey: Survey, edge: Stroke) -> list[Row]:
    """Return a line of each text that an edge runs through, in the order in which they are drawn."""
    found: dict[int, Row] = {}
    for start, end in edge.legs:
        for _, row in survey.text_rows.crossed(start, end, _CLEAR):
            if row.item is not edge.item:
                found.setdefault(id(row.text), row)
    return sorted(found.values(), key=lambda row: row.order)


def lifelines(survey: Survey) -> Iterator[Fault]:
    """Yield a fault for each lifeline and each text that it runs through and that has no ground of its own."""
    for lifeline in survey.lifelines:
        for row in _struck(survey, lifeline):
            if row.grounded and row.order > lifeline.order:
                continue
            message = f"A lifeline runs through the text {quoted(row.text)}"
            yield Fault(8, KINDS[8].name, message, keys_of(row.item))


def crossings(survey: Survey) -> Iterator[Fault]:
    """Yield a fault for each pair of edges that cross, however often they do."""
    legs = [
        (_room(start, end), (number, start, end))
        for number, edge in enumerate(survey.edges)
        for start, end in edge.legs
    ]
    grid = Grid(legs)
    found: set[tuple[int, int]] = set()
    for _, (number, start, end) in legs:
        for _, (other, other_start, other_end) in grid.crossed(start, end, 1.0):
            if number < other and (number, other) not in found and _cross(start, end, other_start, other_end):
                found.add((number, other))
    for one, two in sorted(found):
        first, second = survey.edges[one], survey.edges[two]
        message = f"{_said(survey, first)} and {survey.edge_name(second.item)} cross"
        yield Fault(1, KINDS[1].name, message, keys_of(first.item, second.item))


def _room(start: Point, end: Point) -> Rect:
    return Rect(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Tell whether the straight lines from *a* to *b* and from *c* to *d* cross, each at a point between its ends."""
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(start: Point, end: Point, point: Point) -> float:
    """Return on which side of a line a point is, 0 if it is nearer to it than half a pixel."""
    (ax, ay), (bx, by), (x, y) = start, end, point
    area = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
    return area if area * area > 0.25 * ((bx - ax) ** 2 + (by - ay) ** 2) else 0.0


def _said(survey: Survey, edge: Stroke) -> str:
    name = survey.edge_name(edge.item)
    return name[0].upper() + name[1:]
