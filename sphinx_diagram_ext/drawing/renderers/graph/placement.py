"""Placement of a graph: boxes of nodes and frames, and the lines of edges, and where they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing import shapes
from sphinx_diagram_ext.drawing.renderers.graph.axis import sideways
from sphinx_diagram_ext.drawing.scene import DETAIL, NAME, TITLE
from sphinx_diagram_ext.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.geometry import Rect
    from sphinx_diagram_ext.drawing.renderers.graph.parts import Joint, Measures, Route
    from sphinx_diagram_ext.model import Direction, Graph, Group, Message

_STEPS = (88.0, 128.0, 168.0, 208.0, 256.0)
"""Widths of boxes: few of them make a rank look even."""

_PARALLEL = 52.0
"""Room that each of several edges between the same two boxes takes."""


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


def measured(
    graph: Graph, direction: Direction, measures: Measures, *, even: bool = True
) -> tuple[Placement, list[tuple[str, ...]]]:
    """Return *graph* with the sizes of its parts and no places, and the lines of the label of each edge.

    Widths of boxes are one of a few if they are *even*, else as wide as their texts.
    """
    found = Placement(graph, direction, _contents(graph, direction, measures, even=even), _titles(graph, measures))
    return found, [_label_rows(edge.label, measures) for edge in graph.edges]


def _contents(graph: Graph, direction: Direction, measures: Measures, *, even: bool) -> dict[str, shapes.Content]:
    found = {}
    parallel = Counter(frozenset((edge.source, edge.target)) for edge in graph.edges if edge.source != edge.target)
    most = {key: count for ends, count in sorted(parallel.items(), key=lambda item: item[1]) for key in ends}
    for node in graph.nodes:
        width = measures.question if node.role is Role.DECISION else measures.name
        longest = max(NAME.width(word) for word in node.label.text.split() or [""])
        words = (word for detail in node.details for word in detail.text.split())
        longest = max(longest, *map(DETAIL.width, words), 0.0)
        content = shapes.content(node, max(width, min(longest, measures.word)) + shapes.icon_room(node))
        wide = next((step for step in _STEPS if step >= content.width), content.width) if even else content.width
        # Edges between the same two boxes leave side by side.
        room = most.get(node.key, 1) * _PARALLEL
        high = max(content.height, room) if room > _PARALLEL and sideways(direction) else content.height
        wide = max(wide, room) if room > _PARALLEL and not sideways(direction) else wide
        found[node.key] = shapes.Content(content.lines, wide, high)
    return found


def _titles(graph: Graph, measures: Measures) -> dict[str, tuple[str, ...]]:
    return {group.key: tuple(shapes.wrapped(group.label, measures.title, TITLE)) for group in graph.groups}


def _label_rows(label: Message | None, measures: Measures) -> tuple[str, ...]:
    if label is None:
        return ()
    longest = max(DETAIL.width(word) for word in label.text.split() or [""])
    return tuple(shapes.wrapped(label, max(measures.label, min(longest, measures.word)), DETAIL))
