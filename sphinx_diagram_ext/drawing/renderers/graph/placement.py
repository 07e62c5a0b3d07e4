"""Placement of a graph: boxes of nodes and frames, and the lines of edges, as the engine lays them out."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing import shapes
from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers.graph.axis import sideways
from sphinx_diagram_ext.drawing.renderers.graph.loops import Loops, loops_of
from sphinx_diagram_ext.drawing.renderers.graph.parts import Joint, Measures, Route, label_size
from sphinx_diagram_ext.drawing.scene import DETAIL, NAME, TITLE
from sphinx_diagram_ext.engine.layout import LayoutRequest, SizedEdge, SizedGroup, SizedNode
from sphinx_diagram_ext.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.model import Direction, Graph, Group, Message

_STEPS = (88.0, 128.0, 168.0, 208.0, 256.0)
"""Widths of boxes: few of them make a rank look even."""

_PARALLEL = 52.0
"""Room that each of several edges between the same two boxes takes."""

_ALIKE = 1.6
"""How much larger than another a box of its rank may be for both to become alike."""

_ABOVE_LABELS = 5.0
"""Additional distance of two ranks with labels between them."""

_BETWEEN_FRAMES = 42.0
"""Least distance of ranks where frames may be between them."""

_ABOVE_TITLE, _BELOW_TITLE = 8.0, 10.0


@dataclass
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
    joints: list[Joint] = field(default_factory=list)

    @cached_property
    def groups(self) -> dict[str, Group]:
        """The groups by their keys."""
        return {group.key: group for group in self.graph.groups}

    @cached_property
    def roles(self) -> dict[str, Role]:
        """What every node is."""
        return {node.key: node.role for node in self.graph.nodes}

    @cached_property
    def chains(self) -> dict[str, tuple[str, ...]]:
        """The groups that each node is in, from the inside to the outside."""
        return {key: (group.key, *self.parents(group.key)) for group in self.graph.groups for key in group.nodes}

    def parents(self, key: str) -> Iterator[str]:
        """Yield the groups that a group is in, from the inside to the outside."""
        found = self.groups[key].parent
        while found is not None:
            yield found
            found = self.groups[found].parent

    @cached_property
    def _inside(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {group.key: set() for group in self.graph.groups}
        for node, chain in self.chains.items():
            for key in chain:
                found[key].add(node)
        return found

    def inside(self, key: str) -> set[str]:
        """Return the keys of all nodes in the group *key* and in the groups in it."""
        return self._inside[key]


def title_height(rows: int) -> float:
    """Return the room above the first node of a frame whose title has so many rows."""
    return _ABOVE_TITLE + TITLE.line * rows + _BELOW_TITLE


def placed(graph: Graph, direction: Direction, measures: Measures, engine: Engine) -> Placement:
    """Return *graph* as the engine lays it out, growing to *direction*.

    Raises:
        EngineError: the engine cannot lay it out.
    """
    found, rows = measured(graph, direction, measures)
    loops = loops_of(graph, rows)
    layout = engine.place(_request(found, rows, loops, measures))
    for box in layout.nodes:
        # Room for edges that lead back to the box itself is at its right.
        content, room = found.contents[box.id], loops.get(box.id)
        high = max(content.height, room.height) if room else content.height
        found.nodes[box.id] = Rect.at(box.x, box.y + (box.height - high) / 2, content.width, high)
    found.frames = {box.id: Rect.at(box.x, box.y, box.width, box.height) for box in layout.frames}
    paths = iter(layout.edges)
    for edge, lines in zip(graph.edges, rows, strict=True):
        if edge.source == edge.target:
            found.routes.append(loops[edge.source].route(edge, lines, found.nodes[edge.source]))
            continue
        path, label = next(paths), None
        if lines and path.label:
            middle = Rect.at(path.label.x, path.label.y, path.label.width, path.label.height).centre
            label = Rect.around(*middle, *label_size(lines))
        found.routes.append(Route(edge, list(path.points), list(path.points), lines, label))
    return found


def measured(graph: Graph, direction: Direction, measures: Measures) -> tuple[Placement, list[tuple[str, ...]]]:
    """Return *graph* with the sizes of its parts and no places, and the lines of the label of each edge."""
    found = Placement(graph, direction, _contents(graph, direction, measures), _titles(graph, measures))
    return found, [_label_rows(edge.label, measures) for edge in graph.edges]


def _contents(graph: Graph, direction: Direction, measures: Measures) -> dict[str, shapes.Content]:
    found = {}
    parallel = Counter(frozenset((edge.source, edge.target)) for edge in graph.edges if edge.source != edge.target)
    most = {key: count for ends, count in sorted(parallel.items(), key=lambda item: item[1]) for key in ends}
    for node in graph.nodes:
        width = measures.question if node.role is Role.DECISION else measures.name
        longest = max(NAME.width(word) for word in node.label.text.split() or [""])
        words = (word for detail in node.details for word in detail.text.split())
        longest = max(longest, *map(DETAIL.width, words), 0.0)
        content = shapes.content(node, max(width, min(longest, measures.word)) + shapes.icon_room(node))
        wide = next((step for step in _STEPS if step >= content.width), content.width)
        # Edges between the same two boxes leave side by side.
        room = most.get(node.key, 1) * _PARALLEL
        high = max(content.height, room) if room > _PARALLEL and sideways(direction) else content.height
        wide = max(wide, room) if room > _PARALLEL and not sideways(direction) else wide
        found[node.key] = shapes.Content(content.lines, wide, high)
    return found


def even(placement: Placement) -> None:
    """Give boxes of one rank one extent along the flow: the engine has put their middles on one line."""
    sideways_flow = sideways(placement.direction)
    ranks: dict[int, list[str]] = {}
    for key, rect in placement.nodes.items():
        ranks.setdefault(round(rect.centre[0 if sideways_flow else 1]), []).append(key)
    for keys in ranks.values():
        sizes = [placement.nodes[key].width if sideways_flow else placement.nodes[key].height for key in keys]
        most = max(sizes)
        for key, size in zip(keys, sizes, strict=True):
            if most / _ALIKE <= size < most:
                more = (most - size) / 2
                rect = placement.nodes[key]
                placement.nodes[key] = rect.grown(more, 0) if sideways_flow else rect.grown(0, more)


def _titles(graph: Graph, measures: Measures) -> dict[str, tuple[str, ...]]:
    return {group.key: tuple(shapes.wrapped(group.label, measures.title, TITLE)) for group in graph.groups}


def _label_rows(label: Message | None, measures: Measures) -> tuple[str, ...]:
    if label is None:
        return ()
    longest = max(DETAIL.width(word) for word in label.text.split() or [""])
    return tuple(shapes.wrapped(label, max(measures.label, min(longest, measures.word)), DETAIL))


def _request(
    found: Placement, rows: list[tuple[str, ...]], loops: dict[str, Loops], measures: Measures
) -> LayoutRequest:
    graph = found.graph
    edges = [
        SizedEdge(edge.source, edge.target, label_size(lines) if lines else None)
        for edge, lines in zip(graph.edges, rows, strict=True)
        if edge.source != edge.target
    ]
    if graph.stacked:
        edges += in_order(found)
    return LayoutRequest(
        tuple(_sized(key, content, loops.get(key)) for key, content in found.contents.items()),
        tuple(edges),
        tuple(
            SizedGroup(
                group.key,
                group.nodes,
                1 if measures.gutter else max(map(TITLE.width, found.titles[group.key])),
                group.parent,
                None if group.direction is None else str(group.direction),
            )
            for group in graph.groups
        ),
        str(found.direction),
        measures.between,
        _rank_spacing(graph, measures),
        title_height=0,
    )


def _rank_spacing(graph: Graph, measures: Measures) -> float:
    """Return the distance of two ranks: more where frames or the bends above labels are between them."""
    labels = _ABOVE_LABELS if any(edge.label for edge in graph.edges) else 0.0
    frames = _BETWEEN_FRAMES if graph.groups and not measures.gutter else 0.0
    return max(measures.ranks + labels, frames)


def _sized(key: str, content: shapes.Content, loops: Loops | None) -> SizedNode:
    if loops is None:
        return SizedNode(key, content.width, content.height)
    return SizedNode(key, content.width + loops.width, max(content.height, loops.height))


def in_order(found: Placement) -> Iterator[SizedEdge]:
    """Yield links that put groups one after the other where no edge does."""
    tops = [group.key for group in found.graph.groups if group.parent is None]
    home = {key: chain[-1] for key, chain in found.chains.items()}
    joined = {frozenset((home.get(edge.source), home.get(edge.target))) for edge in found.graph.edges}
    first: dict[str, str] = {}
    for node in found.graph.nodes:
        if node.key in home:
            first.setdefault(home[node.key], node.key)
    for upper, lower in itertools.pairwise(tops):
        if upper in first and lower in first and frozenset((upper, lower)) not in joined:
            yield SizedEdge(first[upper], first[lower], drawn=False)
