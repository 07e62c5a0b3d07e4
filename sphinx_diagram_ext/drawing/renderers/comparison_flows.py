"""Flows of a comparison, sorted by how they can be drawn between the cells of a table."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.scene import DETAIL, Head, Line
from sphinx_diagram_ext.drawing.shapes import wrapped
from sphinx_diagram_ext.model import EdgeStyle, Tone, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.model import Comparison, Diagram, Edge

ACROSS = 96.0
"""Width of a label between two columns."""

_MOST_LINES = 2
"""A longer label between two columns would be higher than the cells at its sides."""

_WIDTHS = {EdgeStyle.THICK: 2.6, EdgeStyle.DASHED: 1.5}


@dataclass(frozen=True, slots=True)
class Place:
    """Column and row of a cell."""

    column: int
    row: int


@dataclass(slots=True)
class Flows:
    """How each flow is shown.

    ``straight`` lead to the next cell of the column, down or up. ``branches`` leave a cell together, on one
    trunk beside those that they pass. ``across`` lead to the column beside. ``told`` are lines of text, by the
    key of the node that they leave.
    """

    straight: list[Edge] = field(default_factory=list)
    branches: dict[str, list[Edge]] = field(default_factory=dict)
    across: list[Edge] = field(default_factory=list)
    told: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def visible(body: Comparison) -> list[Edge]:
    """Return the flows that say something; a plain line from a row to the next says what the table does."""
    home = {node.key: side.key for side in body.sides for node in side.nodes}
    return [
        edge
        for edge in body.edges
        if edge.label
        or edge.style is not EdgeStyle.PLAIN
        or edge.tone is not Tone.NEUTRAL
        or home[edge.source] != home[edge.target]
    ]


def sort_flows(
    diagram: Diagram, edges: Iterable[Edge], columns: Sequence[Sequence[str | None]], *, across: bool = False
) -> Flows:
    """Return how *edges* are shown in a table of *columns*, whose cells are keys of nodes.

    Without *across* there is no room between the columns, and what leads from one to another is told.
    """
    sorter = _Sorter(columns)
    waiting = list(edges)
    waiting = sorter.branch(waiting)
    flows = sorter.flows
    told = []
    for edge in waiting:
        if sorter.is_straight(edge):
            flows.straight.append(edge)
        elif across and sorter.is_across(edge):
            flows.across.append(edge)
        else:
            told.append(edge)
    if told:
        called = names(diagram)
        for edge in told:
            sign = "\u2013" if edge.style is EdgeStyle.PLAIN else "\u2192"
            said = f": {edge.label.text}" if edge.label else ""
            flows.told[edge.source].append(f"{sign} {called[edge.target]}{said}")
    return flows


class _Sorter:
    def __init__(self, columns: Sequence[Sequence[str | None]]) -> None:
        self.flows = Flows()
        self.places = {
            key: Place(column, row) for column, cells in enumerate(columns) for row, key in enumerate(cells) if key
        }
        self.next: dict[str, str] = {}
        for cells in columns:
            self.next |= dict(itertools.pairwise(key for key in cells if key))
        self.joined: set[tuple[str, str]] = set()
        self.taken: set[tuple[int, int]] = set()

    def branch(self, edges: list[Edge]) -> list[Edge]:
        """Take the flows that pass cells of their column; return the others."""
        out: dict[str, list[Edge]] = defaultdict(list)
        for edge in edges:
            if not edge.label and self._below(edge):
                out[edge.source].append(edge)
        busy: dict[int, int] = defaultdict(lambda: -1)
        for source in sorted(out, key=lambda key: self.places[key].row):
            place = self.places[source]
            last = max(self.places[edge.target].row for edge in out[source])
            if any(self.next.get(source) != edge.target for edge in out[source]) and place.row >= busy[place.column]:
                # Cells beside a trunk are narrower, so none of them can be where the next one begins.
                busy[place.column] = last + 1
                self.flows.branches[source] = out[source]
        taken = {id(edge) for found in self.flows.branches.values() for edge in found}
        return [edge for edge in edges if id(edge) not in taken]

    def _below(self, edge: Edge) -> bool:
        one, other = self.places.get(edge.source), self.places.get(edge.target)
        return bool(one and other and one.column == other.column and one.row < other.row)

    def is_straight(self, edge: Edge) -> bool:
        """Tell whether *edge* leads to a cell beside its own in the column, and is the only one that does."""
        pair = (edge.source, edge.target)
        beside = self.next.get(edge.source) == edge.target or self.next.get(edge.target) == edge.source
        if not beside or pair in self.joined:
            return False
        self.joined.add(pair)
        return True

    def is_across(self, edge: Edge) -> bool:
        """Tell whether *edge* leads to the column beside and nothing else is in its way."""
        one, other = self.places.get(edge.source), self.places.get(edge.target)
        if not one or not other or abs(one.column - other.column) != 1:
            return False
        if edge.label and len(wrapped(edge.label, ACROSS, DETAIL)) > _MOST_LINES:
            return False
        first, last = sorted((one.row, other.row))
        cells = {(min(one.column, other.column), row) for row in range(first, last + 1)}
        if cells & self.taken:
            return False
        self.taken |= cells
        return True


def line(edge: Edge, points: list[Point], *, head: bool = True) -> Line:
    """Return the line of a flow through *points*."""
    stroke = "line" if edge.tone is Tone.NEUTRAL else f"{edge.tone}-stroke"
    ends = edge.style is EdgeStyle.PLAIN or not head
    dash = "5 4" if edge.style is EdgeStyle.DASHED else ""
    return Line(points, stroke, _WIDTHS.get(edge.style, 1.5), dash, head=Head.NONE if ends else Head.ARROW)
