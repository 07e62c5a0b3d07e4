"""Layouts of flowcharts, states, entities and classes: nodes, edges and clusters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.engine.layout import Box, EdgePath, Frame, Point
from sphinx_diagram_ext.engine.merman.layout_parts import (
    Keys,
    LayoutParts,
    centred_box,
    items,
    member,
    node_box,
    number,
    text,
)
from sphinx_diagram_ext.engine.protocol import EngineError

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOOP_HELPER = re.compile(r"(.+)---\1---[12]", re.DOTALL)
"""Nodes that merman adds beside the edge from a node to itself, one pixel wide at most."""


def flowchart(layout: Any, semantic: Any, keys: Keys) -> LayoutParts:
    """Return the parts of a flowchart, without the links that only order groups."""
    graph = _Graph(layout, keys)
    for edge in items(semantic, "edges"):
        if keys.authors_own or text(edge, "stroke") != "invisible":
            graph.add_edge(text(edge, "from"), text(edge, "to"), text(edge, "id"))
    return graph.parts


def state(layout: Any, semantic: Any, keys: Keys) -> LayoutParts:
    """Return the parts of a state machine."""
    graph = _Graph(layout, keys)
    for edge in items(semantic, "edges"):
        graph.add_edge(text(edge, "start"), text(edge, "end"), text(edge, "id"))
    return graph.parts


def classes(layout: Any, semantic: Any, keys: Keys) -> LayoutParts:
    """Return the parts of a class diagram."""
    graph = _Graph(layout, keys)
    relations = {text(item, "id"): (text(item, "id1"), text(item, "id2")) for item in items(semantic, "relations")}
    for name, (source, target) in relations.items():
        graph.add_edge(source, target, name)
    for edge in items(layout, "edges"):
        if text(edge, "id") not in relations:
            graph.add_edge(text(edge, "from"), text(edge, "to"), text(edge, "id"))
    return graph.parts


def entities(layout: Any, semantic: Any, keys: Keys) -> LayoutParts:
    """Return the parts of an entity relationship diagram, whose loops come in three pieces."""
    found = semantic.get("entities")
    if not isinstance(found, dict):
        raise EngineError(f"merman's layout has {found!r} as 'entities'")
    graph = _Graph(layout, keys, {text(entity, "id"): name for name, entity in found.items()})
    for index, relation in enumerate(items(semantic, "relationships")):
        name = f"er-rel-{index}"
        source, target = text(relation, "entityA"), text(relation, "entityB")
        pieces = (f"{name}-cyclic-0", name, f"{name}-cyclic-2") if source == target else (name,)
        graph.add_edge(source, target, *pieces)
    return graph.parts


class _Graph:
    """Collects the parts of a graph; ``names`` are what the source calls nodes that merman calls otherwise."""

    def __init__(self, layout: Any, keys: Keys, names: Mapping[str, str] | None = None) -> None:
        self.parts = LayoutParts()
        self._keys = keys
        self._names = names or {}
        # By merman's ids: all boxes, the clusters, the keys of ends of edges, and what is a node of the model.
        self._boxes: dict[str, Box] = {}
        self._clusters: set[str] = set()
        self._ends: dict[str, str] = {}
        self._nodes: set[str] = set()
        # merman's layouts of entities have none.
        for cluster in items(layout, "clusters") if "clusters" in layout else ():
            self._add_cluster(cluster)
        for node in items(layout, "nodes"):
            self._add_node(node)
        self._edges = {text(edge, "id"): edge for edge in items(layout, "edges")}

    def _add_cluster(self, record: Any) -> None:
        name, box = text(record, "id"), centred_box(record)
        self._clusters.add(name)
        label = member(record, "title_label") if member(record, "title") else None
        self._add_frame(name, box, None if label is None else centred_box(label))

    def _add_frame(self, name: str, box: Box, title: Box | None) -> None:
        key = self._keys.group(name)
        if key is None:
            raise EngineError(f"merman's layout has an unknown group {name!r}")
        self._ends[name], self._boxes[name] = key, box
        if self._keys.node(name) is not None:
            self._nodes.add(name)
        self.parts.frames.append(Frame(key, box.x, box.y, box.width, box.height, title))

    def _add_node(self, record: Any) -> None:
        name, box = text(record, "id"), centred_box(record)
        if name in self._clusters or _LOOP_HELPER.fullmatch(name):
            return
        called = self._names.get(name, name)
        key = self._keys.node(called)
        if key is not None:
            self._nodes.add(name)
            self.parts.nodes.append(node_box(key, box))
        elif self._keys.is_group(called):
            self._add_frame(called, box, None)
            return
        else:
            self.parts.marks.append(node_box(name, box))
        self._ends[name], self._boxes[name] = key or name, box

    def add_edge(self, source: str, target: str, *pieces: str) -> None:
        """Add the edge that consists of the edges *pieces* of merman's.

        Their own ends are no use: merman puts a node in a cluster where an edge ends at the cluster.
        """
        for end in (source, target):
            if end not in self._ends:
                raise EngineError(f"merman's layout has an edge of the unknown node {end!r}")
        records = self._records(pieces, self._ends[source] if source == target else "")
        points = [_point(point) for record in records for point in items(record, "points")]
        if len(points) < 2:
            raise EngineError(f"merman's layout has no line for the edge {pieces[0]!r}")
        points = self._to_borders(points, source, target)
        labels = [label for record in records if (label := member(record, "label")) is not None]
        label = centred_box(labels[0]) if labels else None
        edge = EdgePath(self._ends[source], self._ends[target], tuple(points), label)
        known = source in self._nodes and target in self._nodes
        (self.parts.edges if known else self.parts.links).append(edge)

    def _records(self, pieces: tuple[str, ...], loop_of: str) -> list[Any]:
        missing = [piece for piece in pieces if piece not in self._edges]
        if missing and loop_of:
            # With dagre, the last one takes the place of all others.
            said = f"merman lays out one edge from a node to itself, and {loop_of!r} has more"
            raise EngineError(f"{said}; write their labels on one edge.")
        if missing:
            raise EngineError(f"merman's layout has no edge {missing[0]!r}")
        return [self._edges[piece] for piece in pieces]

    def _to_borders(self, points: list[Point], source: str, target: str) -> list[Point]:
        """Return *points* so that they end at borders: loops beside their node, and lines to clusters do not."""
        if source == target:
            return _attached(points, self._boxes[source])
        if target in self._clusters:
            points = _led_to(points, self._boxes[target])
        if source in self._clusters:
            points = _led_to(points[::-1], self._boxes[source])[::-1]
        return points


def _point(record: Any) -> Point:
    return number(record, "x"), number(record, "y")


def _attached(points: list[Point], box: Box) -> list[Point]:
    """Return the loop *points* with its first and its last leg moved to *box* if they end beside it.

    merman draws loops of one size, which a low node is too low for.
    """
    return _attached_start(_attached_start(points, box)[::-1], box)[::-1]


def _attached_start(points: list[Point], box: Box) -> list[Point]:
    (x, y), (next_x, next_y), *others = points
    if x == next_x:
        x = next_x = _within(x, box.x, box.width)
    elif y == next_y:
        y = next_y = _within(y, box.y, box.height)
    return [(x, y), (next_x, next_y), *others]


def _within(at: float, low: float, size: float) -> float:
    """Return *at*, or where it is not between *low* and *size* more, a quarter of *size* inside."""
    if at < low:
        return low + size / 4
    return low + size * 3 / 4 if at > low + size else at


def _led_to(points: list[Point], box: Box) -> list[Point]:
    """Return *points* up to where they first enter *box*, all of them if they begin inside it.

    A line that ends before it, as merman's do where a title has moved a cluster, is led on to it.
    """
    if _entry(points[0], points[0], box) is not None:
        return points
    for index in range(1, len(points)):
        entry = _entry(points[index - 1], points[index], box)
        if entry is not None:
            return [*points[:index], entry]
    x, y = points[-1]
    return [*points[:-1], (_nearest(x, box.x, box.width), _nearest(y, box.y, box.height))]


def _nearest(at: float, low: float, size: float) -> float:
    return min(max(at, low), low + size)


def _entry(start: Point, end: Point, box: Box) -> Point | None:
    """Return the first point of a straight line that is in *box* (Liang and Barsky's clipping)."""
    first, last = 0.0, 1.0
    spans = ((box.x, box.x + box.width), (box.y, box.y + box.height))
    for (low, high), at, towards in zip(spans, start, end, strict=True):
        step = towards - at
        if step == 0:
            if not low <= at <= high:
                return None
            continue
        near, far = sorted(((low - at) / step, (high - at) / step))
        first, last = max(first, near), min(last, far)
    if first > last:
        return None
    return start[0] + first * (end[0] - start[0]), start[1] + first * (end[1] - start[1])
