"""Pictures of graphs: nothing in the way of anything, both widths, every word, and the author's order."""

from __future__ import annotations

import itertools
import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.drawing.faults import faults
from sphinx_diagram_ext.drawing.renderers import NARROW, RENDERERS, WIDE, Space
from sphinx_diagram_ext.drawing.scene import MARGIN, Hook, Scene, Text
from sphinx_diagram_ext.model import (
    Diagram,
    Direction,
    Edge,
    EdgeStyle,
    Graph,
    Group,
    Message,
    Node,
    Role,
    Tone,
    messages,
    reading_order,
)
from sphinx_diagram_ext.scaffold import find_templates
from sphinx_diagram_ext.sphinx_ext.output.widths import SHRINKS

PROJECT = Path(__file__).parents[3]
REPORTED = 1
"""Number of the fault that is reported and does not fail: two edges that cross."""


def repository() -> dict[str, Diagram]:
    catalog = Catalog([PROJECT / "data", PROJECT / "docs" / "examples"])
    found = {name: catalog.get(name) for name in catalog.ids}
    found |= {f"template {name}": template.diagram() for name, template in find_templates().items()}
    return {name: diagram for name, diagram in sorted(found.items()) if isinstance(diagram.body, Graph)}


GRAPHS = repository()


def scene_of(diagram: Diagram, width: float = WIDE) -> Scene:
    return RENDERERS[Graph](diagram, diagram.body, Space(width))


def diagram_of(graph: Graph) -> Diagram:
    return Diagram("id", "flow", Message("Title"), graph)


def words(scene: Scene) -> str:
    rows = (row for item in scene.items for text in item.parts if isinstance(text, Text) for row in text.rows)
    return "".join("".join(rows).split())


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("name", GRAPHS)
def test_a_graph_of_the_project_has_no_fault_and_fits(name: str, width: float) -> None:
    scene = scene_of(GRAPHS[name], width)
    assert scene.width * SHRINKS <= width + 2 * MARGIN  # the smallest text is 12 px in its room
    wrong = [fault.message for fault in faults(scene) if fault.number not in (REPORTED, 13)]
    assert wrong == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("name", GRAPHS)
def test_every_word_is_in_both_widths(name: str, width: float) -> None:
    diagram = GRAPHS[name]
    said = words(scene_of(diagram, width))
    about = {diagram.title.text, diagram.summary.text if diagram.summary else ""}
    about |= {claim.value.text for claim in diagram.claims if hasattr(claim, "value")}
    missing = [
        found.text for found in messages(diagram) if found.text not in about and "".join(found.text.split()) not in said
    ]
    assert missing == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("name", GRAPHS)
def test_no_node_is_on_a_frame_that_is_not_its_own(name: str, width: float) -> None:
    graph = GRAPHS[name].body
    scene = scene_of(GRAPHS[name], width)
    parents = {group.key: group.parent for group in graph.groups}
    inside: dict[str, set[str]] = {group.key: set(group.nodes) for group in graph.groups}
    for group in graph.groups:
        parent = group.parent
        while parent:
            inside[parent] |= set(group.nodes)
            parent = parents[parent]
    boxes = {item.key: item.rect for item in scene.of(Hook.NODE)}
    frames = {item.key: item.rect for item in scene.of(Hook.GROUP)}
    wrong = [
        (key, node) for key, frame in frames.items() for node in boxes.keys() - inside[key] if frame.meets(boxes[node])
    ]
    assert wrong == []


@pytest.mark.parametrize("name", GRAPHS)
def test_nodes_are_in_reading_order(name: str) -> None:
    diagram = GRAPHS[name]
    assert [item.key for item in scene_of(diagram).of(Hook.NODE)] == reading_order(diagram)
    assert len(scene_of(diagram).of(Hook.EDGE)) == len(diagram.edges) + len(diagram.body.joints)


@pytest.mark.parametrize("direction", list(Direction))
def test_siblings_are_in_the_order_of_the_author(direction: Direction) -> None:
    nodes = tuple(Node(key, Message(key.title())) for key in ("root", "b", "a", "c"))
    graph = Graph(nodes, tuple(Edge("root", key) for key in ("b", "a", "c")), direction=direction)
    boxes = {item.key: item.rect for item in scene_of(diagram_of(graph)).of(Hook.NODE)}
    sideways = direction in (Direction.LR, Direction.RL)
    along = [boxes[key].centre[1 if sideways else 0] for key in ("b", "a", "c")]
    assert along == sorted(along)
    # The root is above the middle one.
    assert boxes["root"].centre[1 if sideways else 0] == pytest.approx(along[1], abs=2)


def test_an_edge_is_straight_where_both_ends_allow_it() -> None:
    nodes = tuple(Node(key, Message(key.title())) for key in "abc")
    scene = scene_of(diagram_of(Graph(nodes, (Edge("a", "b"), Edge("b", "c", Message("then"))))))
    for item in scene.of(Hook.EDGE):
        ((start, end),) = [line.points for line in item.parts]
        assert start[0] == pytest.approx(end[0])


def test_edges_bend_at_right_angles() -> None:
    nodes = tuple(Node(key, Message(f"A rather long name {key}")) for key in "abcd")
    scene = scene_of(diagram_of(Graph(nodes, tuple(Edge("a", key) for key in "bcd"))))
    for item in scene.of(Hook.EDGE):
        for (x0, y0), (x1, y1) in itertools.pairwise(item.parts[0].points):
            assert abs(x0 - x1) < 0.1 or abs(y0 - y1) < 0.1


def test_a_fork_shares_its_trunk() -> None:
    nodes = tuple(Node(key, Message(f"A rather long name {key}")) for key in "abcd")
    scene = scene_of(diagram_of(Graph(nodes, tuple(Edge("a", key) for key in "bcd"))))
    starts = {item.parts[0].points[0] for item in scene.of(Hook.EDGE)}
    assert len(starts) == 1


def test_several_edges_between_two_boxes_are_apart() -> None:
    edges = tuple(Edge("a", "b", Message(style), style) for style in EdgeStyle)
    graph = Graph((Node("a", Message("From")), Node("b", Message("To"))), (*edges, Edge("b", "a", Message("back"))))
    for direction in (Direction.TB, Direction.LR):
        scene = scene_of(diagram_of(Graph(graph.nodes, graph.edges, direction=direction)))
        assert [fault.message for fault in faults(scene) if fault.number != REPORTED] == []


@pytest.mark.parametrize("direction", list(Direction))
def test_nodes_of_one_rank_are_level_and_the_line_between_them_is_straight(direction: Direction) -> None:
    nodes = tuple(Node(key, Message(key.title())) for key in "abcd")
    edges = (Edge("a", "b"), Edge("b", "c"), Edge("b", "d", Message("copies what is written")))
    scene = scene_of(diagram_of(Graph(nodes, edges, direction=direction, same_rank=(("b", "d"),))))
    boxes = {item.key: item.rect.centre for item in scene.of(Hook.NODE)}
    along = 0 if direction in (Direction.LR, Direction.RL) else 1
    assert boxes["b"][along] == boxes["d"][along]
    assert len({boxes[key][along] for key in "abc"}) == 3
    line = next(item for item in scene.of(Hook.EDGE) if item.ends == ("b", "d")).parts[0].points
    assert len(line) == 2
    assert faults(scene) == []


def test_lines_that_lead_back_run_at_one_side() -> None:
    nodes = tuple(Node(key, Message(key.title())) for key in "abcd")
    chain = (Edge("a", "b"), Edge("b", "c"), Edge("c", "d"))
    back = (Edge("b", "a", Message("no")), Edge("c", "a", Message("no")), Edge("d", "c", tone=Tone.PROBLEM))
    scene = scene_of(diagram_of(Graph(nodes, chain + back)))
    boxes = {item.key: item.rect for item in scene.of(Hook.NODE)}
    assert len({rect.centre[0] for rect in boxes.values()}) == 1
    for item in scene.of(Hook.EDGE):
        points = item.parts[0].points
        if item.ends in [(edge.source, edge.target) for edge in chain]:
            assert len({round(x) for x, _ in points}) == 1
        else:
            assert points[0][0] >= boxes[item.ends[0]].right - 1
            assert points[-1][0] >= boxes[item.ends[1]].right - 1
            assert min(x for x, _ in points[1:-1]) > max(rect.right for rect in boxes.values())
    assert faults(scene) == []


def test_loops_are_beside_their_box() -> None:
    nodes = (Node("a", Message("Worker")), Node("b", Message("Next")))
    loops = tuple(Edge("a", "a", Message(text)) for text in ("again", "once more", "with a label of some length"))
    scene = scene_of(diagram_of(Graph(nodes, (*loops, Edge("a", "b"), Edge("b", "b")))))
    assert [fault.message for fault in faults(scene)] == []
    box = next(item.rect for item in scene.of(Hook.NODE) if item.key == "a")
    drawn = [item for item in scene.of(Hook.EDGE) if item.ends == ("a", "a")]
    assert len(drawn) == 3
    assert all(
        item.rect.left >= box.right - 1 and box.top <= item.rect.top < item.rect.bottom <= box.bottom for item in drawn
    )


def lanes(count: int) -> Graph:
    nodes = tuple(Node(f"n{at}", Message(f"Node {at}")) for at in range(count))
    groups = tuple(Group(f"g{at}", Message(f"Lane {at}"), (f"n{at}",)) for at in range(count))
    edges = tuple(Edge(f"n{at}", f"n{at + 1}", Message("leads")) for at in range(count - 1))
    return Graph(nodes, edges, groups, stacked=True)


def test_lanes_have_common_edges_and_titles_beside_every_line() -> None:
    scene = scene_of(diagram_of(lanes(4)))
    frames = [item.rect for item in scene.of(Hook.GROUP)]
    assert len({(round(frame.left), round(frame.right)) for frame in frames}) == 1
    assert [frame.top for frame in frames] == sorted(frame.top for frame in frames)
    lines = [item.rect.left for item in scene.of(Hook.EDGE)]
    assert max(item.rect.right for item in scene.of(Hook.TITLE)) < min(lines)


def test_groups_beside_each_other_wrap_into_rows() -> None:
    nodes = tuple(Node(f"n{at}", Message(f"A rather long name of node {at}")) for at in range(5))
    groups = tuple(Group(f"g{at}", Message(f"Stage {at}"), (f"n{at}",), direction=Direction.TB) for at in range(5))
    joints = tuple(Message(f"why {at}") for at in range(1, 5))
    graph = Graph(nodes, (), groups, Direction.LR, beside=True, joints=joints)
    scene = scene_of(diagram_of(graph))
    frames = [item.rect for item in scene.of(Hook.GROUP)]
    assert scene.width <= WIDE + 2 * MARGIN
    assert len({frame.top for frame in frames}) > 1
    places = [(frame.top, frame.left) for frame in frames]
    assert places == sorted(places)
    assert [fault.message for fault in faults(scene) if fault.number != REPORTED] == []


HOSTILE = {
    "one word of 300 letters": "x" * 300,
    "2,000 letters": "word " * 400,
    "right to left": "שלום עולם مرحبا بالعالم",
    "emoji": "👩‍👩‍👧‍👦 🚀🚀🚀 é́́́",
    "combining characters": "a" + "\u0301" * 240,
    "nothing but spaces": "\u00a0",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_odd_labels_are_drawn_whole(text: str, width: float) -> None:
    nodes = tuple(
        Node(f"n{at}", Message(text), (Message(text),), role=role, tone=tone)
        for at, (role, tone) in enumerate(zip(Role, itertools.cycle(Tone), strict=False))
    )
    edges = tuple(Edge(f"n{at}", f"n{at + 1}", Message(text)) for at in range(len(nodes) - 1))
    groups = (Group("g", Message(text), ("n0", "n1")),)
    scene = scene_of(diagram_of(Graph(nodes, edges, groups)), width)
    said = words(scene)
    assert said.count("".join(text.split())) >= len(nodes) * 2 + len(edges) + len(groups) or not text.strip()
    assert [fault.message for fault in faults(scene) if fault.number in (5, 6, 7)] == []


KEYS = "abcdefgh"


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    keys = KEYS[: draw(st.integers(1, len(KEYS)))]
    label = st.sampled_from((None, Message("x"), Message("a longer label of an edge, on two lines")))
    ends = st.sampled_from(keys)
    edges = draw(st.lists(st.builds(Edge, ends, ends, label, tone=st.sampled_from(Tone)), max_size=10))
    count = draw(st.integers(0, min(3, len(keys))))
    homes = [at if at < count else draw(st.integers(-1, count - 1)) for at in range(len(keys))]
    nested = count > 1 and draw(st.booleans())
    groups = tuple(
        Group(
            f"g{number}",
            Message(f"Group {number}"),
            tuple(key for key, home in zip(keys, homes, strict=True) if home == number),
            direction=draw(st.sampled_from((None, Direction.LR))),
            parent="g0" if nested and number == 1 else None,
        )
        for number in range(count)
    )
    nodes = tuple(Node(key, Message(key.upper()), role=draw(st.sampled_from(Role))) for key in keys)
    beside = count > 1 and draw(st.booleans())
    stacked = count > 1 and not beside and draw(st.booleans())
    return Graph(nodes, tuple(edges), groups, draw(st.sampled_from(Direction)), stacked, beside)


@given(graph=graphs(), width=st.sampled_from((WIDE, NARROW)))
def test_any_graph_is_drawn_whole(graph: Graph, width: float) -> None:
    scene = scene_of(diagram_of(graph), width)
    assert {item.key for item in scene.of(Hook.NODE)} == {node.key for node in graph.nodes}
    assert {item.key for item in scene.of(Hook.TITLE)} == {group.key for group in graph.groups}
    said = words(scene)
    assert all("".join(edge.label.text.split()) in said for edge in graph.edges if edge.label)
    boxes = {item.key: item.rect for item in scene.of(Hook.NODE)}
    assert not any(one.meets(other) for one, other in itertools.combinations(boxes.values(), 2))
    for group in graph.groups:
        frame = next(item.rect for item in scene.of(Hook.GROUP) if item.key == group.key)
        assert all(frame.holds(boxes[key], 1) for key in group.nodes)


def seconds(count: int) -> float:
    rng = random.Random(1)
    nodes = tuple(Node(f"n{at}", Message(f"Node {at}")) for at in range(count))
    edges = tuple(
        Edge(f"n{rng.randrange(max(0, at - 12), at)}", f"n{at}", Message("label") if at % 4 == 0 else None)
        for at in range(1, count)
    )
    diagram = diagram_of(Graph(nodes, edges))

    def once() -> float:
        start = time.process_time()
        scene_of(diagram)
        return time.process_time() - start

    return min(once() for _ in range(2))


def test_time_grows_with_the_number_of_nodes() -> None:
    # Five times as many nodes: quadratic growth would be 25.
    assert seconds(500) < 14 * seconds(100) + 0.1
