"""Pictures of state machines: places, order and words, in both widths."""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from typing import TYPE_CHECKING

import more_samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import read
from scene_geometry import badly_drawn, lines, outlines, texts, words

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.drawing.renderers import NARROW, RENDERERS, WIDE, Space
from sphinx_diagram_ext.drawing.renderers.state_tree import TOP, Machine
from sphinx_diagram_ext.drawing.scene import Circle, Head, Hook, Line, Scene
from sphinx_diagram_ext.model import (
    Diagram,
    Direction,
    Edge,
    Message,
    Node,
    State,
    StateMachine,
    Tone,
    messages,
    reading_order,
)
from sphinx_diagram_ext.scaffold import find_templates

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTHS = (WIDE, NARROW)


def drawn(diagram: Diagram, width: float = WIDE) -> Scene:
    return RENDERERS[StateMachine](diagram, diagram.body, Space(width))


def machine(states: tuple[State, ...], edges: tuple[Edge, ...] = (), direction: Direction = Direction.TB) -> Diagram:
    return Diagram("d", "state", Message("T"), StateMachine(states, states[0].node.key, edges, direction))


def state(key: str, *inner: State, name: str = "", **more: bool) -> State:
    return State(Node(key, Message(name or key)), inner, **more)


def edge(source: str, target: str, label: str = "") -> Edge:
    return Edge(source, target, Message(label) if label else None)


def own_diagrams() -> Iterator[tuple[str, Diagram]]:
    for name, template in find_templates().items():
        yield f"template {name}", template.diagram()
    project = Path(__file__).parents[3]
    catalog = Catalog([project / "data", project / "docs" / "examples"])
    for name in catalog.ids:
        yield name, catalog.get(name)


OWN = [(name, diagram) for name, diagram in own_diagrams() if isinstance(diagram.body, StateMachine)]


def written(diagram: Diagram) -> list[str]:
    """Return every text that belongs into the picture, without spaces."""
    head = (diagram.title, diagram.summary)
    return ["".join(text.text.split()) for text in messages(diagram) if text not in head]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("name", "diagram"), OWN, ids=[name for name, _ in OWN])
def test_a_picture_of_our_own_has_no_fault_and_all_words(name: str, diagram: Diagram, width: float) -> None:
    scene = drawn(diagram, width)
    assert badly_drawn(scene) == []
    assert scene.rect.width <= width
    assert [text for text in written(diagram) if text not in words(scene)] == []
    assert [item.key for item in scene.of(Hook.NODE)] == reading_order(diagram)


def test_there_are_pictures_of_our_own() -> None:
    assert len(OWN) >= 5


def generated(seed: int) -> Diagram:
    """Return a machine of up to six states on the first level and of four levels, with transitions between any."""
    rng, numbers = random.Random(seed), itertools.count()
    labels = ("go", "majority of votes", "a higher term is discovered", "", "x" * 40, "timeout (150 ms)")

    def part(depth: int) -> State:
        key = f"s{next(numbers)}"
        inside = rng.randint(1, 3) if depth < 4 and rng.random() < 0.25 else 0
        inner = tuple(part(depth + 1) for _ in range(inside))
        details = () if inner else tuple(Message("some details") for _ in range(rng.randint(0, 2)))
        node = Node(
            key, Message(rng.choice(["A", "Follower", "Waits for an answer"])), details, tone=rng.choice([*Tone])
        )
        return State(node, inner, rng.choice(inner).node.key if inner else None, rng.random() < 0.15)

    states = tuple(part(1) for _ in range(rng.randint(1, 6)))
    found = Machine(StateMachine(states, states[0].node.key))
    keys = list(found.states)
    edges = []
    for source, target in ((rng.choice(keys), rng.choice(keys)) for _ in range(rng.randint(0, 2 * len(keys)))):
        paths = found.path(source), found.path(target)
        if source == target or not (source in paths[1] or target in paths[0]):
            edges.append(edge(source, target, rng.choice(labels)))
    return machine(states, tuple(edges), rng.choice([*Direction]))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("seed", range(40))
def test_a_generated_machine_has_no_fault_and_all_words(seed: int, width: float) -> None:
    diagram = generated(seed)
    scene = drawn(diagram, width)
    assert badly_drawn(scene) == []
    assert scene.rect.width <= width + 0.1
    assert [text for text in written(diagram) if text not in words(scene)] == []


PAIR = machine((state("a"), state("b")), (edge("a", "b", "go"), edge("b", "a", "back")))


def test_two_transitions_between_two_states_are_straight_with_their_labels_outside() -> None:
    scene = drawn(PAIR)
    (there, back) = (points for ends, points in lines(scene) if "" not in ends)
    assert [len(there), len(back)] == [2, 2]
    go, other = (text for item in scene.of(Hook.EDGE_LABEL) for text in item.texts)
    assert go.rect.right < there[0][0] < back[0][0] < other.rect.left
    rects = outlines(scene)
    assert (there[0][1], there[1][1]) == (rects["a"].bottom, rects["b"].top)
    assert (back[0][1], back[1][1]) == (rects["b"].top, rects["a"].bottom)


@pytest.mark.parametrize(
    ("direction", "before"),
    [
        (Direction.TB, lambda a, b: a.bottom < b.top),
        (Direction.BT, lambda a, b: b.bottom < a.top),
        (Direction.LR, lambda a, b: a.right < b.left),
        (Direction.RL, lambda a, b: b.right < a.left),
    ],
)
def test_a_machine_grows_to_its_direction(direction, before) -> None:
    rects = outlines(drawn(machine(PAIR.body.states, PAIR.body.edges, direction)))
    assert before(rects["a"], rects["b"])


def test_the_start_is_a_disc_and_the_end_a_disc_in_a_ring() -> None:
    scene = drawn(machine((state("a"), state("b", final=True)), (edge("a", "b"),)))
    marks = [item for item in scene.items if item.parts and isinstance(item.parts[0], Circle)]
    assert [len(item.parts) for item in marks] == [1, 2]
    assert [ends for ends, _ in lines(scene)] == [("a", "b"), ("", "a"), ("b", "")]


def test_every_loop_of_a_state_is_drawn_with_its_label() -> None:
    loops = tuple(edge("a", "a", f"loop {number}") for number in range(4))
    for direction in Direction:
        scene = drawn(machine((state("a"), state("b")), (*loops, edge("a", "b", "go")), direction))
        assert badly_drawn(scene) == []
        assert [ends for ends, _ in lines(scene)].count(("a", "a")) == 4
        assert {text.rows[0] for text in texts(scene)} >= {f"loop {number}" for number in range(4)}


NESTED = machine(
    (
        state("idle"),
        state("work", state("load"), state("deep", state("one"), state("two")), name="Working"),
        state("done", final=True),
    ),
    (
        edge("idle", "load", "in"),
        edge("load", "one", "down"),
        edge("one", "two"),
        edge("two", "done", "out"),
        edge("two", "idle", "back"),
        edge("work", "idle", "cancel"),
    ),
)


@pytest.mark.parametrize("direction", Direction)
def test_states_inside_a_state_are_in_its_frame_below_its_head(direction: Direction) -> None:
    scene = drawn(machine(NESTED.body.states, NESTED.body.edges, direction))
    frames = {item.key: item.parts[0].rect for item in scene.of(Hook.GROUP)}
    rects = outlines(scene)
    assert list(frames) == ["work", "deep"]
    for outer, inner in (("work", "load"), ("work", "deep"), ("deep", "one"), ("deep", "two")):
        assert frames[outer].holds(rects[inner])
        assert rects[outer].bottom < rects[inner].top
    assert frames["work"].holds(frames["deep"])
    assert not any(frames["work"].meets(rects[other]) for other in ("idle", "done"))


def test_a_transition_between_levels_begins_and_ends_at_its_own_states() -> None:
    scene = drawn(NESTED)
    rects = outlines(scene)
    for (source, target), points in lines(scene):
        if source and target and "work" not in (source, target):
            assert rects[source].grown(0.1).has(points[0])
            assert rects[target].grown(0.1).has(points[-1])


def test_a_machine_that_no_graph_fits_is_a_list_with_every_transition() -> None:
    keys = [f"s{number}" for number in range(9)]
    edges = tuple(edge("s0", key, f"to {key}") for key in keys[1:])
    scene = drawn(machine(tuple(map(state, keys)), edges), NARROW)
    rects = outlines(scene)
    assert {rect.left for rect in rects.values()} == {0}
    assert [one.bottom < other.top for one, other in itertools.pairwise(rects.values())] == [True] * 8
    arrows = [part for item in scene.of(Hook.EDGE) for part in item.parts if isinstance(part, Line)]
    assert {part.head for part in arrows} == {Head.ARROW}
    assert len(arrows) == 1 + len(edges)
    assert all(f"to{key}" in words(scene) for key in keys[1:])
    assert badly_drawn(scene) == []


def test_large_machines_are_lists_and_grow_with_their_states() -> None:
    for count in (100, 400):
        keys = [f"s{number}" for number in range(count)]
        edges = tuple(edge(one, other, "on") for one, other in itertools.pairwise(keys))
        for width in WIDTHS:
            scene = drawn(machine(tuple(map(state, keys)), edges), width)
            assert scene.rect.height < 90 * count
            assert len(scene.items) == 2 + count + 2 * len(edges)


def test_states_deep_inside_each_other_keep_their_width() -> None:
    inner = state("s20", name="a name of some words")
    for number in range(19, 0, -1):
        inner = state(f"s{number}", inner)
    for width in WIDTHS:
        scene = drawn(machine((inner,)), width)
        assert badly_drawn(scene) == []
        assert scene.rect.width <= width


def test_no_states_are_an_empty_picture() -> None:
    diagram = Diagram("d", "state", Message("T"), StateMachine((), ""))
    assert drawn(diagram).items == []


@pytest.mark.parametrize("text", ["short text", "Ж" * 200, "слово " * 300, "مرحبا بالعالم", "🙂 " * 30, "a\nb"])
def test_any_text_has_its_place(text: str) -> None:
    diagram = more_samples.diagram_of("state", lambda: text)
    for width in WIDTHS:
        scene = drawn(diagram, width)
        assert [fault for fault in badly_drawn(scene) if "near" not in fault] == []
        assert "".join(text.split()) in words(scene)


KEYS = st.sampled_from("abcd")
LABELS = st.text(max_size=30)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(KEYS, KEYS, LABELS), max_size=9), st.sampled_from(Direction), st.sampled_from(WIDTHS))
def test_any_transitions_are_drawn(given_edges, direction, width) -> None:
    edges = tuple(Edge(source, target, Message(label)) for source, target, label in given_edges)
    scene = drawn(machine(tuple(map(state, "abcd")), edges, direction), width)
    assert badly_drawn(scene) == []
    assert sorted(ends for ends, _ in lines(scene)) == sorted([("", "a"), *((one.source, one.target) for one in edges)])


def test_levels_and_loops_of_a_machine() -> None:
    found = Machine(NESTED.body)
    assert found.transitions == {TOP: [0, 3, 4, 5], "work": [1], "deep": [2]}
    assert found.child(TOP, "two") == "work"
    assert found.child("deep", "idle") == TOP
    inward = Machine(machine(NESTED.body.states, (edge("work", "one"), edge("load", "load"))).body)
    assert {key: numbers for key, numbers in inward.loops.items() if numbers} == {"work": [0], "load": [1]}


def test_a_picture_of_an_example_stays_as_it_is_read() -> None:
    text = "diagram:\n  type: state\n  title: T\n  states: {a: {link: 'https://example.org/'}, b: {tone: problem}}\n"
    scene = drawn(read(text))
    assert [item.link for item in scene.of(Hook.NODE)] == ["https://example.org/", ""]
