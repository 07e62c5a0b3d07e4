"""Marks of nodes: where they are, and when there is none."""

from __future__ import annotations

import itertools

import pytest

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.node_marks import mark
from sphinx_diagram_ext.drawing.scene import NAME, Align, Box, Circle, Hook, Path, Scene, Text
from sphinx_diagram_ext.drawing.svg_writer import write

SIZES = list(itertools.product((44.0, 60.0, 120.0, 240.0), (26.0, 40.0, 80.0), (12, 60, 110, 200)))


def scene(width: float, height: float, text: float) -> Scene:
    """Return a node of this size with a text about *text* wide in its middle."""
    found = Scene()
    rows = ("x" * max(1, int(text / NAME.width("x"))),)
    box = Box(Rect.at(0, 0, width, height), "neutral-fill", "neutral-stroke")
    found.add(Hook.NODE, box, Text(width / 2, height / 2 - NAME.line / 2, rows, NAME), key="a")
    return found


@pytest.mark.parametrize("command", [True, False])
@pytest.mark.parametrize(("width", "height", "text"), SIZES)
def test_a_mark_is_inside_its_node_and_on_no_text(width, height, text, command):
    (item,) = scene(width, height, text).items
    for found in mark(item, command=command):
        assert Rect.at(0, 0, width, height).holds(found.rect, 1)
        assert not any(words.rect.meets(found.rect, 1) for words in item.texts)


def test_a_command_has_a_prompt_and_an_explanation_a_dot():
    (item,) = scene(120, 40, 60).items
    (prompt,), (dot,) = mark(item, command=True), mark(item, command=False)
    assert isinstance(prompt, Path)
    assert isinstance(dot, Circle)
    assert (prompt.stroke, dot.fill) == ("neutral-stroke", "neutral-stroke")


def test_a_prompt_without_room_is_a_dot_and_a_dot_without_room_is_nothing():
    found = [mark(scene(120, 26, text).items[0], command=True) for text in (60, 92, 118)]
    assert [[type(part) for part in parts] for parts in found] == [[Path], [Circle], []]


def test_a_node_has_one_mark_whatever_it_says():
    def shapes(**keys: set[str]) -> int:
        svg = write(scene(120, 40, 60), "T", "", {"a": "a"}, **keys).plain()
        return svg.count("<path") + svg.count("<circle")

    assert [shapes(), shapes(explained={"a"}), shapes(commanded={"a"})] == [0, 1, 1]
    assert shapes(explained={"a"}, commanded={"a"}) == 1


def test_a_mark_is_in_the_corner_whatever_stands_before_the_text():
    (item,) = scene(120, 40, 60).items
    item.parts.insert(1, Path("M10 10h12", Rect(10, 10, 22, 22), stroke="neutral-stroke"))
    (dot,) = mark(item, command=False)
    assert (dot.x, dot.y) == (112, 8)
    item.parts.insert(1, Path("M6 0v40M114 0v40", item.parts[0].rect, stroke="neutral-stroke"))
    (dot,) = mark(item, command=False)
    assert (dot.x, dot.y) == (106, 8)


def test_a_mark_of_a_strip_is_level_with_its_name():
    strip = Path("M0 0h160v28h-160z", Rect(0, 0, 160, 28), "neutral-fill")
    (dot,) = mark(Scene().add(Hook.NODE, strip, Text(12, 5, ("Name",), NAME, align=Align.START)), command=False)
    assert (dot.x, dot.y) == (148, 14)
