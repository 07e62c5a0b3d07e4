"""Faults of a scene, each planted and found, and scenes without any."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_diagram_ext.drawing.faults import KINDS, count, faults
from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.grid import Grid
from sphinx_diagram_ext.drawing.scene import TITLE, Align, Box, Circle, Hook, Line, Path, Scene, Text


def node(scene: Scene, key: str, rect: Rect, words: str = "") -> None:
    """Add a box with its key as a text in its midst."""
    x, y = rect.centre
    scene.add(Hook.NODE, Box(rect, "neutral-fill", "neutral-stroke"), Text(x, y - 8, (words or key,)), key=key)


def edge(scene: Scene, source: str, target: str, *points: tuple[float, float]) -> None:
    scene.add(Hook.EDGE, Line(list(points)), ends=(source, target))


def label(scene: Scene, x: float, y: float, words: str, ends: tuple[str, str] = ("", "")) -> None:
    text = Text(x, y - 8, (words,))
    scene.add(Hook.EDGE_LABEL, Box(text.rect.grown(4), "ground"), text, ends=ends)


def frame(scene: Scene, key: str, rect: Rect) -> None:
    scene.add(Hook.GROUP, Box(rect, "group", "group-line"), key=key)
    scene.add(Hook.TITLE, Text(rect.left + 12, rect.top + 8, (key,), TITLE, align=Align.START), key=key)


def spine() -> Scene:
    """Return three boxes one below the other, joined by edges, the first with a label."""
    scene = Scene()
    edge(scene, "a", "b", (50, 40), (50, 80))
    edge(scene, "b", "c", (50, 120), (50, 160))
    for number, key in enumerate("abc"):
        node(scene, key, Rect.at(0, 80 * number, 100, 40))
    label(scene, 50, 60, "yes", ("a", "b"))
    return scene


def found(scene: Scene) -> list[tuple[int, tuple[str, ...]]]:
    return [(fault.number, fault.keys) for fault in faults(scene)]


def test_a_good_picture_has_no_faults() -> None:
    assert faults(spine()) == []
    assert faults(Scene()) == []


def test_two_edges_cross() -> None:
    scene = spine()
    edge(scene, "b", "c", (0, 130), (100, 150))
    assert found(scene) == [(1, ("b", "c"))]


def test_edges_that_share_a_trunk_do_not_cross() -> None:
    scene = Scene()
    for x in (0, 50, 100):
        edge(scene, "a", f"b{x}", (50, 0), (50, 20), (x, 20), (x, 40))
    assert faults(scene) == []


@pytest.mark.parametrize(("x", "struck"), [(50, True), (99, False), (100, False), (110, False), (98.5, True)])
def test_an_edge_through_a_foreign_node(x: float, struck: bool) -> None:  # noqa: FBT001
    scene = spine()
    edge(scene, "a", "c", (x, -20), (x, 220))
    scene.items.insert(0, scene.items.pop())
    said = [fault.message for fault in faults(scene) if fault.number == 2]
    assert said == (['The edge from "a" to "c" runs through the node "b"'] if struck else [])


def test_a_node_that_holds_others_is_a_frame() -> None:
    scene = Scene()
    scene.add(Hook.NODE, Box(Rect(-20, -40, 120, 300), "group", "line"), Text(50, -34, ("outer",)), key="outer")
    scene.items += spine().items
    edge(scene, "c", "d", (100, 180), (200, 180))
    node(scene, "d", Rect(200, 160, 300, 200))
    assert faults(scene) == []


def test_an_edge_through_a_text() -> None:
    scene = spine()
    scene.add(Hook.NONE, Text(200, 92, ("a remark",)))
    edge(scene, "b", "d", (100, 100), (300, 100))
    assert found(scene) == [(3, ("b", "d"))]


def test_the_ground_of_a_label_hides_one_edge_only() -> None:
    scene = spine()
    edge(scene, "a", "b", (50, 40), (40, 60), (50, 80))
    scene.items.insert(0, scene.items.pop())
    assert found(scene) == [(3, ("a", "b"))]
    scene = spine()
    edge(scene, "b", "a", (0, 60), (100, 60))
    scene.items.insert(0, scene.items.pop())
    assert [number for number, _ in found(scene)] == [1, 3]


def test_a_label_without_a_ground_is_struck_by_its_own_edge() -> None:
    scene = spine()
    scene.items[-1].parts.pop(0)
    assert [fault.message for fault in faults(scene)] == ['The edge from "a" to "b" runs through the text "yes"']


def test_a_node_hides_its_own_edge_only_from_above() -> None:
    scene = spine()
    edge(scene, "c", "d", (50, 180), (200, 180))
    assert found(scene) == [(3, ("c", "d"))]
    scene.items.insert(0, scene.items.pop())
    assert faults(scene) == []


def test_an_edge_strikes_a_title() -> None:
    scene = Scene()
    frame(scene, "Zone A", Rect(0, 0, 200, 100))
    edge(scene, "a", "b", (30, -50), (30, 40))
    assert [fault.message for fault in faults(scene)] == ['The edge from "a" to "b" strikes the title "Zone A"']
    scene.items[-1].parts = [Line([(100, -50), (100, 40)])]
    assert faults(scene) == []


def test_texts_over_each_other() -> None:
    scene = spine()
    label(scene, 64, 66, "no")
    assert found(scene) == [(5, ("a", "b"))]
    two = Scene()
    two.add(Hook.NONE, Text(0, 0, ("one", "", "three")), Text(0, 17, ("two",)))
    assert faults(two) == []


def test_a_text_over_a_foreign_node() -> None:
    scene = spine()
    label(scene, 106, 84, "no")
    assert found(scene) == [(6, ("b",))]


@pytest.mark.parametrize(
    ("rect", "tight"),
    [
        (Rect(-8, -4, 8, 4), False),
        (Rect(-7, -4, 8, 4), True),
        (Rect(-8, -3, 8, 4), True),
        (Rect(-8, -4, 8, 3), True),
        (Rect(20, 0, -20, 0), True),
        (Rect(-60, -4, -20, 4), True),
    ],
)
def test_a_text_too_near_to_its_border(rect: Rect, tight: bool) -> None:  # noqa: FBT001
    text = Text(50, 50, ("some words", "more"))
    ink = text.rect
    outline = Rect(*(side + more for side, more in zip(ink, rect, strict=True)))
    for part in (Box(outline, "ground"), Path("", outline, "", "line")):
        scene = Scene()
        scene.add(Hook.NODE, part, text, key="n")
        assert found(scene) == ([(7, ("n",))] if tight else [])


def test_texts_beside_marks_and_in_discs_have_no_border() -> None:
    scene = Scene()
    scene.add(Hook.NODE, Box(Rect(0, 0, 90, 14), "blue-fill"), Text(96, 0, ("12 ms",), align=Align.START), key="bar")
    scene.add(Hook.NODE, Circle(200, 8, 10, "blue-fill"), Text(200, 0, ("3",)), key="step")
    scene.add(Hook.NODE, Box(Rect(0, 40, 90, 54)), Text(45, 40, ("a row without a border",)), key="row")
    assert faults(scene) == []


def test_a_title_too_near_to_its_frame() -> None:
    scene = Scene()
    frame(scene, "A frame", Rect(0, 0, 200, 100))
    assert faults(scene) == []
    scene.items[1].parts = [Text(4, 8, ("A frame",), TITLE, align=Align.START)]
    assert found(scene) == [(7, ("A frame",))]
    scene.items[1].key = ""
    assert found(scene) == [(7, ())]


def test_a_title_across_the_border_of_another_frame() -> None:
    scene = Scene()
    frame(scene, "Outer", Rect(0, 0, 200, 200))
    frame(scene, "Inner", Rect(20, 40, 180, 180))
    assert faults(scene) == []
    scene.items[1].parts = [Text(30, 30, ("Outer",), TITLE, align=Align.START)]
    assert found(scene) == [(7, ("Outer",))]


def test_a_lifeline_through_a_text() -> None:
    scene = Scene()
    scene.add(Hook.LIFELINE, Line([(100, 0), (100, 200)]))
    scene.add(Hook.EDGE_LABEL, Text(100, 40, ("a message",)))
    assert [fault.message for fault in faults(scene)] == ['A lifeline runs through the text "a message"']
    scene.items.pop()
    label(scene, 100, 40, "a message")
    assert faults(scene) == []
    scene.items.reverse()
    assert [number for number, _ in found(scene)] == [8]


FRAMES = {
    "one below the other": ([Rect(0, 0, 200, 90), Rect(0, 110, 180, 200)], 0),
    "one below the other, uneven": ([Rect(0, 0, 200, 90), Rect(20, 110, 190, 200)], 1),
    "side by side": ([Rect(0, 0, 90, 200), Rect(110, 0, 200, 120)], 0),
    "side by side, uneven": ([Rect(0, 0, 90, 200), Rect(110, 20, 200, 180)], 1),
    "corner to corner": ([Rect(0, 0, 90, 90), Rect(110, 110, 200, 200)], 0),
    "a column beside two": ([Rect(0, 0, 90, 200), Rect(110, 0, 200, 90), Rect(110, 110, 200, 200)], 0),
    "a grid": ([Rect(0, 0, 90, 90), Rect(110, 0, 300, 90), Rect(0, 110, 150, 200), Rect(170, 110, 300, 200)], 0),
    "one above two": ([Rect(80, 0, 120, 90), Rect(0, 110, 90, 200), Rect(110, 110, 200, 200)], 0),
    "one above two, uneven": ([Rect(80, 0, 120, 90), Rect(0, 110, 90, 200), Rect(110, 120, 200, 190)], 1),
    "inside another": ([Rect(0, 0, 200, 200), Rect(20, 40, 90, 180), Rect(110, 50, 180, 170)], 1),
}


@pytest.mark.parametrize("name", FRAMES)
def test_frames_of_a_rank_share_an_edge(name: str) -> None:
    rects, wrong = FRAMES[name]
    scene = Scene()
    for number, rect in enumerate(rects):
        frame(scene, f"F{number}", rect)
    assert [fault.number for fault in faults(scene)] == [11] * wrong


def test_frames_with_a_node_between_are_of_no_rank() -> None:
    scene = Scene()
    frame(scene, "A", Rect(0, 0, 200, 90))
    frame(scene, "B", Rect(20, 160, 190, 250))
    assert [fault.number for fault in faults(scene)] == [11]
    node(scene, "n", Rect(50, 105, 150, 145))
    assert faults(scene) == []


@pytest.mark.parametrize(("widths", "wrong"), [((80, 120, 160, 120, 80.4), False), ((80, 120, 160, 200), True)])
@pytest.mark.parametrize("turned", [False, True])
def test_boxes_of_a_rank_have_three_widths(widths: tuple[float, ...], *, wrong: bool, turned: bool) -> None:
    scene = Scene()
    for number, width in enumerate(widths):
        at = 210 * number if not turned else 90 * number
        node(scene, f"n{number}", Rect.at(0, at, width, 40) if turned else Rect.at(at, 0, width, 40))
    assert faults(scene) == []
    edge(scene, "m", "n0", *([(-90, 20), (0, 20)] if turned else [(40, -90), (40, 0)]))
    assert [fault.number for fault in faults(scene)] == ([12] if wrong else [])


def test_a_tall_picture() -> None:
    scene = Scene()
    node(scene, "n", Rect(0, 0, 100, 900))
    (fault,) = faults(scene)
    assert (fault.number, fault.name, fault.message, fault.allowed) == (13, "tall", "The picture is 916 px tall", True)


def test_long_names_are_shortened() -> None:
    scene = Scene()
    scene.add(Hook.NONE, Text(0, 0, ("word " * 40,)), Text(0, 4, ("other",)))
    (fault,) = faults(scene)
    assert fault.message == 'The text "word word word word word word word wo..." covers the text "other"'
    assert count([fault]) == {5: 1}


def test_kinds_are_numbered() -> None:
    assert list(KINDS) == list(range(1, 14))
    assert len({kind.name for kind in KINDS.values()}) == 13


# -- the index ------------------------------------------------------------------------------------

NUMBERS = st.floats(-500, 500)
RECTS = st.builds(Rect.at, NUMBERS, NUMBERS, st.floats(0, 300), st.floats(0, 300))


@given(st.lists(RECTS, max_size=30), RECTS, st.floats(-5, 5))
def test_the_index_finds_what_a_comparison_of_all_finds(rects: list[Rect], asked: Rect, gap: float) -> None:
    grid = Grid((rect, number) for number, rect in enumerate(rects))
    expected = [number for number, rect in enumerate(rects) if rect.meets(asked, gap)]
    assert [number for _, number in grid.meeting(asked, gap)] == expected


@given(st.lists(RECTS, max_size=30), st.tuples(NUMBERS, NUMBERS), st.tuples(NUMBERS, NUMBERS), st.floats(-2, 5))
def test_the_index_finds_what_a_line_runs_through(
    rects: list[Rect], start: tuple[float, float], end: tuple[float, float], gap: float
) -> None:
    grid = Grid((rect, number) for number, rect in enumerate(rects))
    expected = [number for number, rect in enumerate(rects) if rect.grown(gap).crossed_by(start, end)]
    assert [number for _, number in grid.crossed(start, end, gap)] == expected


def large(size: int) -> Scene:
    """Return a scene of *size* nodes in a square, each with an edge and a label, in frames of 25 nodes."""
    scene, side, chance = Scene(), max(1, round(size**0.5)), random.Random(size)
    places = [(140.0 * (number % side), 100.0 * (number // side)) for number in range(size)]
    for x, y in itertools.islice(places, 0, None, 25):
        frame(scene, f"f{x}.{y}", Rect.at(x - 10, y - 30, 120, 80))
    for number, (x, y) in enumerate(places):
        other = min(size - 1, number + chance.choice((1, side)))
        edge(scene, str(number), str(other), (x + 50, y + 20), (places[other][0] + 50, places[other][1] + 20))
        label(scene, x + 50, y + 60, "label", (str(number), str(other)))
    for number, (x, y) in enumerate(places):
        node(scene, str(number), Rect.at(x, y, 100, 40))
    return scene


def test_the_work_grows_with_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times the nodes: not more than thirteen times the comparisons."""
    compared: list[int] = []
    for size in (200, 2000):
        calls = itertools.count()
        meets, crossed_by = Rect.meets, Rect.crossed_by
        with monkeypatch.context() as patch:
            patch.setattr(Rect, "meets", lambda *given: (next(calls), meets(*given))[1])  # noqa: B023
            patch.setattr(Rect, "crossed_by", lambda *given: (next(calls), crossed_by(*given))[1])  # noqa: B023
            assert len(faults(large(size))) > size / 20
        compared.append(next(calls))
    assert compared[1] < 13 * compared[0]
