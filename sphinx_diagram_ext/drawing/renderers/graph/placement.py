"""Placement of a graph: boxes of nodes and frames, and the lines of edges, as the engine lays them out."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing import shapes
from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.scene import DETAIL, TITLE
from sphinx_diagram_ext.engine.layout import LayoutRequest, SizedEdge, SizedGroup, SizedNode
from sphinx_diagram_ext.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.model import Direction, Edge, Graph, Group, Message

LABEL_PAD = 5.0
"""Room between the text of an edge's label and the border of its ground."""

_STEPS = (88.0, 128.0, 168.0, 208.0, 256.0)
"""Widths of boxes: few of them make a rank look even."""

_ABOVE_TITLE, _BELOW_TITLE = 8.0, 10.0


@dataclass(frozen=True, slots=True)
class Measures:
    """Least distances, and widest texts, in CSS pixels."""

    name: float = 176
    question: float = 160
    label: float = 150
    title: float = 230
    between: float = 28
    ranks: float = 38


@dataclass(slots=True)
class Route:
    """The line of an edge, with the rows of its label and their room."""

    edge: Edge
    points: list[Point]
    rows: tuple[str, ...] = ()
    label: Rect | None = None


@dataclass(slots=True)
class Placement:
    """Where everything in a graph is. Frames have room for their titles at the top, unless they stand in a gutter."""

    graph: Graph
    direction: Direction
    contents: dict[str, shapes.Content]
    titles: dict[str, tuple[str, ...]]
    nodes: dict[str, Rect] = field(default_factory=dict)
    frames: dict[str, Rect] = field(default_factory=dict)
    routes: list[Route] = field(default_factory=list)
    title_rects: dict[str, Rect] = field(default_factory=dict)

    def group(self, key: str) -> Group:
        """Return the group *key*."""
        return next(group for group in self.graph.groups if group.key == key)

    def inside(self, key: str) -> set[str]:
        """Return the keys of all nodes in the group *key* and in the groups in it."""
        return nodes_inside(self.graph, key)

    def above(self, key: str) -> Iterator[str]:
        """Yield the groups that a node is in, from the inside to the outside."""
        parents = {group.key: group.parent for group in self.graph.groups}
        home = next((group.key for group in self.graph.groups if key in group.nodes), None)
        while home is not None:
            yield home
            home = parents[home]


def nodes_inside(graph: Graph, key: str) -> set[str]:
    """Return the keys of all nodes in the group *key* and in the groups in it."""
    inner = {key}
    for group in graph.groups:
        if group.parent in inner:
            inner.add(group.key)
    return {node for group in graph.groups if group.key in inner for node in group.nodes}


def title_height(rows: int) -> float:
    """Return the room above the first node of a frame whose title has so many rows."""
    return _ABOVE_TITLE + TITLE.line * rows + _BELOW_TITLE


def placed(graph: Graph, direction: Direction, measures: Measures, engine: Engine) -> Placement:
    """Return *graph* as the engine lays it out, growing to *direction*.

    Raises:
        EngineError: the engine cannot lay it out.
    """
    found = Placement(graph, direction, _contents(graph, measures), _titles(graph, measures))
    rows = [_label_rows(edge.label, measures) for edge in graph.edges]
    layout = engine.place(_request(found, rows, measures))
    found.nodes = {box.id: Rect.at(box.x, box.y, box.width, box.height) for box in layout.nodes}
    found.frames = {box.id: Rect.at(box.x, box.y, box.width, box.height) for box in layout.frames}
    for edge, path, lines in zip(graph.edges, layout.edges, rows, strict=True):
        label = None
        if lines and path.label:
            middle = Rect.at(path.label.x, path.label.y, path.label.width, path.label.height).centre
            label = Rect.around(*middle, *label_size(lines))
        found.routes.append(Route(edge, list(path.points), lines, label))
    return found


def label_size(rows: tuple[str, ...]) -> tuple[float, float]:
    """Return width and height of an edge's label with its ground."""
    return max(map(DETAIL.width, rows)) + 2 * LABEL_PAD, DETAIL.line * len(rows) + 4


def _contents(graph: Graph, measures: Measures) -> dict[str, shapes.Content]:
    found = {}
    for node in graph.nodes:
        content = shapes.content(node, measures.question if node.role is Role.DECISION else measures.name)
        width = next((step for step in _STEPS if step >= content.width), content.width)
        found[node.key] = shapes.Content(content.lines, width, content.height)
    return found


def _titles(graph: Graph, measures: Measures) -> dict[str, tuple[str, ...]]:
    return {group.key: tuple(shapes.wrapped(group.label, measures.title, TITLE)) for group in graph.groups}


def _label_rows(label: Message | None, measures: Measures) -> tuple[str, ...]:
    return tuple(shapes.wrapped(label, measures.label, DETAIL)) if label else ()


def _request(found: Placement, rows: list[tuple[str, ...]], measures: Measures) -> LayoutRequest:
    graph = found.graph
    edges = [
        SizedEdge(edge.source, edge.target, label_size(lines) if lines else None)
        for edge, lines in zip(graph.edges, rows, strict=True)
    ]
    if graph.stacked:
        edges += _in_order(graph)
    return LayoutRequest(
        tuple(SizedNode(key, content.width, content.height) for key, content in found.contents.items()),
        tuple(edges),
        tuple(
            SizedGroup(
                group.key,
                group.nodes,
                max(map(TITLE.width, found.titles[group.key])),
                group.parent,
                None if group.direction is None else str(group.direction),
            )
            for group in graph.groups
        ),
        str(found.direction),
        measures.between,
        measures.ranks,
        title_height=title_height(max(map(len, found.titles.values()), default=1)),
    )


def _in_order(graph: Graph) -> Iterator[SizedEdge]:
    """Yield links that put groups one after the other where no edge does."""
    tops = [group.key for group in graph.groups if group.parent is None]
    home = {node: top for top in tops for node in nodes_inside(graph, top)}
    joined = {frozenset((home.get(edge.source), home.get(edge.target))) for edge in graph.edges}
    first = {top: next((node.key for node in graph.nodes if home.get(node.key) == top), None) for top in tops}
    for upper, lower in itertools.pairwise(tops):
        one, other = first[upper], first[lower]
        if one and other and frozenset((upper, lower)) not in joined:
            yield SizedEdge(one, other, drawn=False)
