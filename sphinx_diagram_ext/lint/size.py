"""Width and height of a picture, estimated without drawing it."""

from __future__ import annotations

import dataclasses
import itertools
import re
from typing import TYPE_CHECKING

from sphinx_diagram_ext.engine.mermaid_config import MIN_WIDTH
from sphinx_diagram_ext.fonts import LINE_HEIGHT, text_width, wrap
from sphinx_diagram_ext.lint.chart_size import Size, chart_size, entity_size
from sphinx_diagram_ext.lint.layers import layers
from sphinx_diagram_ext.mermaid.flowchart import DECISION_WIDTH, EDGE_WIDTH, NODE_WIDTH, TITLE_WIDTH
from sphinx_diagram_ext.mermaid.sequence import MESSAGE_WIDTH
from sphinx_diagram_ext.model import (
    Direction,
    Edge,
    Entities,
    Graph,
    Group,
    Node,
    RawMermaid,
    Role,
    Sequence,
    State,
    StateMachine,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.model import Diagram

# Distances that the pictures of this project have, in CSS pixels.
_BESIDE = 40.0
_BETWEEN = 46.0
_AROUND = 26.0
_FRAME = 32.0
_BOXED = 88.0
_ACTOR = 200.0
_SLACK = 1.1
_STATES = 0.9
# States and their transitions are closer together than nodes and edges.


def estimate(diagram: Diagram, direction: Direction | None = None) -> Size | None:
    """Return the size of the picture, if it grows to *direction*; None where it always fits or is unknown."""
    body = diagram.body
    if isinstance(body, Graph):
        return graph_size(body, direction or body.direction)
    if isinstance(body, Sequence):
        return Size(_sequence_width(body), 60.0 + 45 * len(body.steps))
    if isinstance(body, StateMachine):
        width, height = graph_size(_state_graph(body), direction or body.direction)
        return Size(_STATES * width, _STATES * height)
    if isinstance(body, Entities):
        boxes = {entity.node.key: entity_size(entity) for entity in body.entities}
        links = [(edge.source, edge.target, edge) for edge in body.edges if edge.source != edge.target]
        return _layered(boxes, links, [], {}, (direction or body.direction) in _SIDEWAYS)
    return _mermaid_size(body, direction) if isinstance(body, RawMermaid) else chart_size(body)


_SIDEWAYS = (Direction.LR, Direction.RL)


def graph_size(graph: Graph, direction: Direction) -> Size:
    """Return the size of a graph; groups that are laid out on their own count as one box each."""
    boxes: dict[str, Size] = {}
    box_of: dict[str, str] = {}
    home: dict[str, str] = {}
    for group in tops(graph):
        keys = members(group, graph)
        if graph.beside or is_closed(group, graph):
            boxes[f"\0{group.key}"] = _group_size(group, graph, direction)
            box_of |= dict.fromkeys(keys, f"\0{group.key}")
        else:
            home |= dict.fromkeys(keys, group.key)
    for node in graph.nodes:
        if node.key not in box_of:
            boxes[node.key] = node_size(node)
            box_of[node.key] = node.key
    links = [(box_of[edge.source], box_of[edge.target], edge) for edge in graph.edges]
    hidden = [(box_of[one], box_of[two]) for one, two in implied_links(graph)]
    if graph.beside:
        hidden = list(itertools.pairwise(boxes))
    return _layered(boxes, [link for link in links if link[0] != link[1]], hidden, home, direction in _SIDEWAYS)


def _layered(
    boxes: dict[str, Size],
    links: list[tuple[str, str, Edge]],
    hidden: list[tuple[str, str]],
    home: dict[str, str],
    sideways: bool,  # noqa: FBT001  one of two axes
) -> Size:
    """Return the size of *boxes* in layers; *home* names the frame that some of them are in."""
    frame = _FRAME if home else 0.0
    layer = layers(list(boxes), [*((one, two) for one, two, _ in links), *hidden])
    _keep_together(layer, home, {end for one, two in (*((a, b) for a, b, _ in links), *hidden) for end in (one, two)})
    rows: dict[int, list[Size]] = {}
    for key, size in boxes.items():
        rows.setdefault(layer[key], []).append(size)
    labels: dict[int, list[Size]] = {}
    for one, two, edge in links:
        if edge.label:
            lines = wrap(edge.label.text, EDGE_WIDTH)
            room = Size(max(map(text_width, lines)), LINE_HEIGHT * len(lines))
            labels.setdefault(min(layer[one], layer[two]), []).append(room)
    # The label of an edge takes room between two layers and beside the other labels there.
    sizes = [row if not sideways else [_turned(size) for size in row] for row in (*rows.values(), *labels.values())]
    along = sum(max(size.height for size in row) for row in sizes) + (_BETWEEN + frame) * (len(rows) - 1)
    across = max(
        _SLACK ** (len(row) > 1) * (sum(size.width for size in row) + _BESIDE * (len(row) - 1)) for row in sizes
    )
    found = Size(across + 2 * frame, along + 2 * frame)
    return _turned(found) if sideways else found


def _keep_together(layer: dict[str, int], home: dict[str, str], linked: set[str]) -> None:
    """Put the boxes without links into the first layer of their frame."""
    first: dict[str, int] = {}
    for key, group in home.items():
        if key in linked:
            first[group] = min(layer[key], first.get(group, layer[key]))
    for key, group in home.items():
        if key not in linked:
            layer[key] = first.get(group, 0)


def _turned(size: Size) -> Size:
    return Size(size.height, size.width)


def node_size(node: Node) -> Size:
    """Return the size of a node with its label broken into lines."""
    width = DECISION_WIDTH if node.role is Role.DECISION else NODE_WIDTH
    bold = bool(node.details) and not node.plain
    lines = [*wrap(node.label.text, width, bold=bold)]
    for detail in node.details:
        lines += wrap(detail.text, width)
    text = max(text_width(line, bold=bold and not index) for index, line in enumerate(lines))
    height = LINE_HEIGHT * len(lines) + _AROUND
    return Size(max(text + _AROUND + (1.5 * height if node.role is Role.DECISION else 0.0), MIN_WIDTH), height)


def _group_size(group: Group, graph: Graph, direction: Direction) -> Size:
    # Mermaid turns a group that no link joins with the outside, unless it says where it grows to.
    turned = Direction.TB if direction in _SIDEWAYS else Direction.LR
    inside = members(group, graph)
    nodes = tuple(node for node in graph.nodes if node.key in inside)
    edges = tuple(edge for edge in graph.edges if {edge.source, edge.target} <= inside)
    width, height = graph_size(Graph(nodes, edges), group.direction or turned)
    title = max(text_width(line, bold=True) for line in wrap(group.label.text, TITLE_WIDTH, bold=True))
    nested = _FRAME if any(other.parent == group.key for other in graph.groups) else 0.0
    return Size(max(width + nested, title) + _BOXED, height + nested + _FRAME + LINE_HEIGHT)


def tops(graph: Graph) -> list[Group]:
    """Return the groups that are in no other."""
    return [group for group in graph.groups if group.parent is None]


def members(group: Group, graph: Graph) -> set[str]:
    """Return the keys of the nodes in a group and in the groups inside it."""
    inner = (members(other, graph) for other in graph.groups if other.parent == group.key)
    return set(group.nodes).union(*inner)


def is_closed(group: Group, graph: Graph) -> bool:
    """Tell whether no link joins a node of *group* with one outside, drawn or not."""
    inside = members(group, graph)
    links = [(edge.source, edge.target) for edge in graph.edges]
    return all((one in inside) == (two in inside) for one, two in (*links, *implied_links(graph)))


def implied_links(graph: Graph) -> list[tuple[str, str]]:
    """Return the links that are not drawn, which put groups of a stacked graph one after the other."""
    if not graph.stacked:
        return []
    home = {key: group.key for group in tops(graph) for key in members(group, graph)}
    joined = {frozenset((home.get(edge.source), home.get(edge.target))) for edge in graph.edges}
    found = []
    for upper, lower in itertools.pairwise(tops(graph)):
        if frozenset((upper.key, lower.key)) not in joined:
            first, second = (
                next(node.key for node in graph.nodes if home.get(node.key) == group.key) for group in (upper, lower)
            )
            found.append((first, second))
    return found


def _state_graph(body: StateMachine) -> Graph:
    """Return states as nodes; a state with others inside is a group, and its edges join the first of them."""
    first = {node.key: node.key for node in body.nodes} | dict(_entrances(body.states))
    edges = tuple(
        dataclasses.replace(edge, source=first[edge.source], target=first[edge.target]) for edge in body.edges
    )
    return Graph(_leaves(body.states), edges, tuple(_composites(body.states)))


def _entrances(states: tuple[State, ...]) -> Iterator[tuple[str, str]]:
    """Yield the key of each state with others inside and that of the first leaf in it."""
    for state in states:
        if state.inner:
            yield state.node.key, _leaves(state.inner)[0].key
            yield from _entrances(state.inner)


def _leaves(states: tuple[State, ...]) -> tuple[Node, ...]:
    """Return the states that no others are in."""
    return tuple(node for state in states for node in (_leaves(state.inner) if state.inner else (state.node,)))


def _composites(states: tuple[State, ...], parent: str | None = None) -> Iterator[Group]:
    """Yield the states with others inside, as groups."""
    for state in states:
        if state.inner:
            own = tuple(item.node.key for item in state.inner if not item.inner)
            yield Group(state.node.key, state.node.label, own, parent=parent)
            yield from _composites(state.inner, state.node.key)


def _sequence_width(body: Sequence) -> float:
    position = {node.key: index for index, node in enumerate(body.participants)}
    room = [max(_ACTOR, node_size(node).width + 50) for node in body.participants]
    gaps = [(one + two) / 2 for one, two in itertools.pairwise(room)]
    for edge in body.edges:
        one, two = sorted((position[edge.source], position[edge.target]))
        if edge.label and two == one + 1:
            gaps[one] = max(gaps[one], min(text_width(edge.label.text), MESSAGE_WIDTH) + 40)
    return sum(gaps) + (room[0] + room[-1]) / 2


def _mermaid_size(body: RawMermaid, direction: Direction | None) -> Size | None:
    """Return the size of a flowchart; its labels are known without their line breaks."""
    found = re.search(r"^[ \t]*(?:graph|flowchart)[ \t]+(TB|TD|BT|LR|RL)\b", body.source, re.MULTILINE)
    if not found or not body.nodes:
        return None
    own = Direction.TB if found[1] == "TD" else Direction(found[1])
    edges = tuple(edge for edge in body.edges if edge.source != edge.target)
    framed = re.search(r"^[ \t]*subgraph\b", body.source, re.MULTILINE) is not None
    boxes = {node.key: _mermaid_node(body.source, node) for node in body.nodes}
    links = [(edge.source, edge.target, edge) for edge in edges if {edge.source, edge.target} <= boxes.keys()]
    home = dict.fromkeys(boxes, "") if framed else {}
    return _layered(boxes, links, [], home, (direction or own) in _SIDEWAYS)


def _mermaid_node(source: str, node: Node) -> Size:
    found = re.search(rf"(?<!\w){re.escape(node.key)}\s*[\[({{>]+\"?([^\])}}\"]+)", source)
    lines = re.split(r"<br\s*/?>", found[1]) if found else [node.label.text]
    broken = [part for line in lines for part in wrap(line, 400.0)]
    return Size(max(text_width(line) for line in broken) + 2 * _AROUND, LINE_HEIGHT * len(broken) + _AROUND)
