"""Layouts: every node has its box, every edge its line, and sizes that are given are kept."""

from __future__ import annotations

import dataclasses
import itertools
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import GOOD, read

from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.engine import EngineError, Layout
from sphinx_diagram_ext.engine.browser import ClientEngine
from sphinx_diagram_ext.engine.merman.adapter import MermanEngine
from sphinx_diagram_ext.engine.mmdr import MmdrEngine
from sphinx_diagram_ext.engine.subprocess_guard import Guard
from sphinx_diagram_ext.limits import DEFAULT_LIMITS
from sphinx_diagram_ext.mermaid import MermaidSource, emit
from sphinx_diagram_ext.model import (
    Comparison,
    Diagram,
    Direction,
    Edge,
    Graph,
    Group,
    Message,
    Node,
    RawMermaid,
    Schedule,
    Sequence,
    State,
    StateMachine,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.engine import Box, EdgePath, Frame, NodeBox
    from sphinx_diagram_ext.engine.layout import Point
    from sphinx_diagram_ext.model import Body

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "types"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.yaml"))]
SAMPLES = GOOD | {read(text).type: text for text in TEXTS}
"""A good diagram of every type."""

NEAR = 0.01
"""Pixels that rounding may cost."""

LIFELINE = 4.0
"""Pixels between a message and the lifeline it ends at."""

ENGINE = MermanEngine()


def sample(name: str) -> Diagram:
    return pipeline.inspect(read(SAMPLES[name]), ENGINE)


def inside(inner: Box | NodeBox | Frame, outer: Box | NodeBox | Frame) -> bool:
    return (
        outer.x - NEAR <= inner.x
        and outer.y - NEAR <= inner.y
        and inner.x + inner.width <= outer.x + outer.width + NEAR
        and inner.y + inner.height <= outer.y + outer.height + NEAR
    )


def overlap(one: NodeBox, other: NodeBox) -> bool:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return across > NEAR and down > NEAR


def at_border(point: Point, box: NodeBox | Frame) -> bool:
    x, y = point
    right, bottom = box.x + box.width, box.y + box.height
    within = box.x - NEAR <= x <= right + NEAR and box.y - NEAR <= y <= bottom + NEAR
    return within and min(abs(x - box.x), abs(x - right), abs(y - box.y), abs(y - bottom)) <= NEAR


def numbers(value: Any) -> Iterator[float]:
    if isinstance(value, float):
        yield value
    elif isinstance(value, dict | list | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from numbers(item)


def everything(layout: Layout) -> Iterator[Box | NodeBox | Frame]:
    yield from (*layout.nodes, *layout.marks, *layout.frames)
    yield from (frame.title for frame in layout.frames if frame.title)
    yield from (edge.label for edge in (*layout.edges, *layout.links) if edge.label)


def assert_sound(layout: Layout) -> None:
    """Check what holds for every family."""
    whole = dataclasses.replace(layout.nodes[0], x=0.0, y=0.0, width=layout.width, height=layout.height)
    assert all(map(math.isfinite, numbers(dataclasses.asdict(layout))))
    assert [box for box in everything(layout) if box.width <= 0 or box.height <= 0] == []
    assert [box for box in everything(layout) if not inside(box, whole)] == []
    for edge in (*layout.edges, *layout.links):
        assert len(edge.points) >= 2
        assert [x for x, _ in edge.points if not -NEAR <= x <= layout.width + NEAR] == []
        assert [y for _, y in edge.points if not -NEAR <= y <= layout.height + NEAR] == []


def assert_joined(edges: tuple[EdgePath, ...], boxes: dict[str, NodeBox | Frame]) -> None:
    for edge in edges:
        assert at_border(edge.points[0], boxes[edge.source]), (edge, boxes[edge.source])
        assert at_border(edge.points[-1], boxes[edge.target]), (edge, boxes[edge.target])


def assert_frames_hold_their_nodes(graph: Graph, layout: Layout) -> None:
    frames = {frame.id: frame for frame in layout.frames}
    boxes = {node.id: node for node in layout.nodes}
    assert sorted(frames) == sorted(group.key for group in graph.groups)
    for group in graph.groups:
        assert [key for key in group.nodes if not inside(boxes[key], frames[group.key])] == []
        assert group.parent is None or inside(frames[group.key], frames[group.parent])
        title = frames[group.key].title
        assert title is not None
        assert inside(title, frames[group.key])


def assert_graph(graph: Graph, layout: Layout) -> None:
    assert_sound(layout)
    assert sorted(node.id for node in layout.nodes) == sorted(node.key for node in graph.nodes)
    assert [pair for pair in itertools.combinations(layout.nodes, 2) if overlap(*pair)] == []
    assert [(edge.source, edge.target) for edge in layout.edges] == [(edge.source, edge.target) for edge in graph.edges]
    assert [edge.label is None for edge in layout.edges] == [edge.label is None for edge in graph.edges]
    assert_joined(layout.edges, {node.id: node for node in layout.nodes})
    assert_joined(layout.links, {frame.id: frame for frame in layout.frames})
    assert_frames_hold_their_nodes(graph, layout)


def composite(states: tuple[State, ...]) -> list[str]:
    return [key for item in states if item.inner for key in (item.node.key, *composite(item.inner))]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_node_and_edge_of_a_type_is_found(name: str) -> None:
    diagram = sample(name)
    body = diagram.body.graph if isinstance(diagram.body, Comparison) else diagram.body
    layout = ENGINE.layout(emit(diagram))
    assert_sound(layout)
    if isinstance(body, Graph):
        assert_graph(body, layout)
        assert len(layout.links) == (len(body.joints) if body.beside else 0)
        return
    framed = composite(body.states) if isinstance(body, StateMachine) else []
    assert sorted(node.id for node in layout.nodes) == sorted({node.key for node in body.nodes} - set(framed))
    assert [frame.id for frame in layout.frames if not frame.id.startswith("section")] == framed
    edges = () if isinstance(body, Schedule) else body.edges
    assert [(edge.source, edge.target) for edge in layout.edges] == [(edge.source, edge.target) for edge in edges]
    if not diagram.type.startswith(("matrix", "curve")):
        assert [pair for pair in itertools.combinations(layout.nodes, 2) if overlap(*pair)] == []
    if not isinstance(body, Sequence):
        assert_joined(layout.edges, {box.id: box for box in (*layout.nodes, *layout.frames)})
        assert_joined(layout.links, {box.id: box for box in (*layout.nodes, *layout.frames, *layout.marks)})


@pytest.mark.parametrize("name", SAMPLES)
def test_a_source_has_one_layout(name: str) -> None:
    source = emit(sample(name))
    first = ENGINE.layout(source)
    assert ENGINE.layout(source) == first
    assert MermanEngine().layout(source) == first
    guard = Guard(MermanEngine(), DEFAULT_LIMITS.seconds, DEFAULT_LIMITS.megabytes)
    try:
        assert guard.layout(source) == first
    finally:
        guard.close()


def test_messages_run_between_lifelines_below_their_texts() -> None:
    diagram = sample("sequence")
    layout = ENGINE.layout(emit(diagram))
    middle = {node.id: node.x + node.width / 2 for node in layout.nodes}
    assert list(middle) == [node.key for node in diagram.nodes]
    heights = [edge.points[0][1] for edge in layout.edges]
    assert heights == sorted(heights)
    for edge in layout.edges:
        assert abs(edge.points[0][0] - middle[edge.source]) <= LIFELINE
        assert abs(edge.points[-1][0] - middle[edge.target]) <= LIFELINE
        assert edge.label
        assert edge.label.y + edge.label.height < edge.points[0][1]


def test_a_message_to_oneself_is_a_loop_and_notes_are_marks() -> None:
    layout = ENGINE.layout(emit(sample("sequence")))
    (loop,) = (edge for edge in layout.edges if edge.source == edge.target)
    assert [(round(x - loop.points[0][0]), round(y - loop.points[0][1])) for x, y in loop.points] == [
        (0, 0),
        (45, 0),
        (45, 20),
        (0, 20),
    ]
    assert len(layout.marks) == 2


def test_a_state_with_states_inside_is_a_frame_and_dots_are_marks() -> None:
    text = """\
        diagram:
          type: state
          title: T
          states:
            a: Idle
            b: {name: Busy, states: {c: One, d: Two}}
            e: {name: Done, final: true}
          transitions:
            - {from: a, to: b, label: go}
            - {from: b, to: a, label: stop}
            - {from: c, to: d}
            - {from: a, to: c}
            - {from: a, to: a, label: wait}
            - {from: d, to: e}
    """
    diagram = read(text)
    layout = ENGINE.layout(emit(diagram))
    assert_sound(layout)
    assert [node.id for node in layout.nodes] == ["a", "c", "d", "e"]
    (frame,) = layout.frames
    assert frame.id == "b"
    assert [node.id for node in layout.nodes if inside(node, frame)] == ["c", "d"]
    boxes = {box.id: box for box in (*layout.nodes, *layout.frames, *layout.marks)}
    assert [(edge.source, edge.target) for edge in layout.edges] == [
        (edge.source, edge.target) for edge in diagram.edges
    ]
    assert_joined((*layout.edges, *layout.links), boxes)
    assert [(mark.width, mark.height) for mark in layout.marks] == [(14.0, 14.0)] * 3


def test_an_edge_from_an_entity_to_itself_is_one_line() -> None:
    text = """\
        diagram:
          type: schema
          title: T
          entities:
            person: {name: Person, attributes: {id: int}}
            order: {name: Order}
          relations:
            - {from: person, to: person, label: knows}
            - {from: person, to: order, label: has}
            - {from: person, to: order, label: gives to}
    """
    layout = ENGINE.layout(emit(read(text)))
    assert_sound(layout)
    assert [node.id for node in layout.nodes] == ["person", "order"]
    assert [(edge.source, edge.target) for edge in layout.edges] == [
        ("person", "person"),
        ("person", "order"),
        ("person", "order"),
    ]
    assert_joined(layout.edges, {node.id: node for node in layout.nodes})
    first = layout.edges[1].label
    second = layout.edges[2].label
    assert first
    assert second
    assert first.width < second.width


RAW = {
    "class": 'classDiagram\n  class a\n  namespace N {\n    class c\n  }\n  b <|-- a\n  a --> c\n  note for a "x"\n',
    "flowchart with a hidden link": "flowchart TB\n  a --> b\n  a ~~~ c\n  subgraph g\n    c\n  end\n  b --> g\n",
    "flowchart with elk": "flowchart-elk LR\n  a --> b\n  a --> b\n",
    "sequence": "sequenceDiagram\n  a->>b: hi\n  activate b\n  Note right of b: x\n  b-->>a: yo\n  deactivate b\n",
    "state": "stateDiagram-v2\n  state A {\n    x --> y\n    --\n    p --> q\n  }\n  note right of x : remark\n",
    "timeline": "timeline\n  2001 : one : two\n  2002 : three\n",
    "pie": 'pie\n  "One" : 1\n  "Two" : 2000\n',
    "quadrant": "quadrantChart\n  One: [0.1, 0.2]\n  Two: [0.3, 0.4]\n",
    "gantt": "gantt\n  dateFormat YYYY-MM-DD\n  section s\n  One :a, 2026-01-01, 3d\n  Two :b, after a, 2d\n",
    "er": "erDiagram\n  a ||--o{ b : has\n",
}


def raw(text: str) -> Diagram:
    body = RawMermaid(text, 1)
    return pipeline.inspect(Diagram("id", "mermaid", Message("Title"), body), ENGINE)


@pytest.mark.parametrize("name", RAW)
def test_mermaid_of_an_author_has_the_ids_that_the_parser_tells(name: str) -> None:
    diagram = raw(RAW[name])
    layout = ENGINE.layout(emit(diagram))
    assert_sound(layout)
    framed = [frame.id for frame in layout.frames]
    wanted = [node.key for node in diagram.nodes if node.key not in framed]
    assert sorted(node.id for node in layout.nodes) == sorted(wanted)
    assert [(edge.source, edge.target) for edge in layout.edges] == [
        (edge.source, edge.target) for edge in diagram.edges
    ]


def test_an_edge_to_a_frame_is_a_link() -> None:
    layout = ENGINE.layout(emit(raw(RAW["flowchart with a hidden link"])))
    assert [(edge.source, edge.target) for edge in layout.links] == [("b", "g")]
    assert_joined(layout.links, {box.id: box for box in (*layout.nodes, *layout.frames)})


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("mindmap\n  root((Root))\n    a\n", "mindmap"),
        ('packet-beta\n0-7: "x"\n', "packet"),
        ('gitGraph\n  commit id: "a"\n', "gitGraph"),
    ],
)
def test_another_family_has_no_layout(source: str, kind: str) -> None:
    with pytest.raises(EngineError, match=f"merman gives no layout for diagrams of the kind {kind!r}"):
        ENGINE.layout(MermaidSource("mermaid", source, source))


def test_what_is_no_mermaid_has_no_layout() -> None:
    with pytest.raises(EngineError, match="No Mermaid diagram type detected"):
        ENGINE.layout(MermaidSource("mermaid", "nonsense", "nonsense"))


@pytest.mark.parametrize(
    ("engine", "said"),
    [
        (MmdrEngine, "mmdr has no layout"),
        (ClientEngine, "the browser has no layout"),
    ],
)
def test_other_engines_have_no_layout(engine: Any, said: str) -> None:
    with pytest.raises(EngineError, match=said):
        engine.__new__(engine).layout(emit(sample("flow")))


KEYS = ("a", "b", "c", "d", "e", "f")


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    keys = KEYS[: draw(st.integers(1, 6))]
    labels = st.sampled_from((None, Message("x"), Message("a longer label of an edge, on two lines")))
    edges = draw(st.lists(st.builds(Edge, st.sampled_from(keys), st.sampled_from(keys), labels), max_size=8))
    loops = {edge.source: edge for edge in edges if edge.source == edge.target}
    edges = [edge for edge in edges if loops.get(edge.source) is edge or edge.source != edge.target]
    count = draw(st.integers(0, min(3, len(keys))))
    homes = [index if index < count else draw(st.integers(-1, count - 1)) for index in range(len(keys))]
    nested = count > 1 and draw(st.booleans())
    groups = tuple(
        Group(
            keys[number],
            Message(f"Group {number}"),
            tuple(key for key, home in zip(keys, homes, strict=True) if home == number),
            direction=draw(st.sampled_from((None, Direction.LR))),
            parent=keys[0] if nested and number == 1 else None,
        )
        for number in range(count)
    )
    tops = sum(group.parent is None for group in groups)
    beside = count > 1 and draw(st.booleans())
    joints = tuple(draw(labels) for _ in range(tops - 1)) if beside and draw(st.booleans()) else ()
    nodes = tuple(Node(key, Message(key.upper())) for key in keys)
    stacked = count > 1 and not beside and draw(st.booleans())
    return Graph(nodes, tuple(edges), groups, draw(st.sampled_from(Direction)), stacked, beside, joints)


def layout_of(body: Body) -> Layout:
    return ENGINE.layout(emit(Diagram("id", "any", Message("Title"), body)))


@given(graph=graphs())
def test_any_graph_has_a_layout(graph: Graph) -> None:
    layout = layout_of(graph)
    assert_graph(graph, layout)
    assert len(layout.links) == len(graph.joints)


@given(graph=graphs())
def test_a_graph_fills_its_room(graph: Graph) -> None:
    layout = layout_of(graph)
    boxes = list(everything(layout))
    points = [point for edge in (*layout.edges, *layout.links) for point in edge.points]
    across = [x for box in boxes for x in (box.x, box.x + box.width)] + [x for x, _ in points]
    down = [y for box in boxes for y in (box.y, box.y + box.height)] + [y for _, y in points]
    found = (min(across), min(down), max(across), max(down))
    assert found == pytest.approx((0, 0, layout.width, layout.height), abs=NEAR)


def test_parallel_edges_keep_their_order() -> None:
    texts = ["i", "much longer than the first", None, "i", "long again"]
    edges = tuple(Edge("a", "b", Message(text) if text else None) for text in texts)
    layout = layout_of(Graph((Node("a", Message("A")), Node("b", Message("B"))), edges))
    widths = [edge.label.width if edge.label else 0 for edge in layout.edges]
    assert widths[0] == widths[3] < widths[4] < widths[1]
    assert widths[2] == 0


@pytest.mark.parametrize("direction", Direction)
def test_a_joint_runs_from_frame_to_frame(direction: Direction) -> None:
    nodes = (Node("a", Message("A")), Node("b", Message("B")))
    groups = (Group("x", Message("Group"), ("a",)), Group("y", Message("Group"), ("b",)))
    graph = Graph(nodes, (Edge("a", "b"),), groups, direction, beside=True, joints=(Message("then"),))
    layout = layout_of(graph)
    assert_graph(graph, layout)
    assert [(edge.source, edge.target, edge.label is None) for edge in layout.links] == [("x", "y", False)]


def test_a_second_edge_from_a_node_to_itself_is_an_error() -> None:
    edges = (Edge("a", "a", Message("one")), Edge("a", "a", Message("other")))
    with pytest.raises(EngineError, match="merman lays out one edge from a node to itself, and 'a' has more"):
        layout_of(Graph((Node("a", Message("A")),), edges))


def test_a_node_and_a_group_may_have_one_key() -> None:
    nodes = (Node("a", Message("A")), Node("b", Message("B")))
    layout = layout_of(Graph(nodes, groups=(Group("a", Message("Group"), ("b",)),)))
    assert [node.id for node in layout.nodes] == ["a", "b"]
    assert [frame.id for frame in layout.frames] == ["a"]


def test_a_graph_of_a_thousand_nodes_is_laid_out_within_the_bounds() -> None:
    nodes = tuple(Node(f"n{number}", Message(f"Node {number}")) for number in range(1_000))
    edges = tuple(Edge(f"n{number // 3}", f"n{number}") for number in range(1, 1_000))
    groups = tuple(
        Group(
            f"g{number}", Message(f"Group {number}"), tuple(node.key for node in nodes[number * 100 : number * 100 + 9])
        )
        for number in range(10)
    )
    graph = Graph(nodes, edges, groups)
    guard = Guard(MermanEngine(), DEFAULT_LIMITS.seconds, DEFAULT_LIMITS.megabytes)
    try:
        layout = guard.layout(emit(Diagram("id", "any", Message("Title"), graph)))
    finally:
        guard.close()
    assert_graph(graph, layout)
