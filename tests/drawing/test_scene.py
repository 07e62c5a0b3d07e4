"""Scenes and the SVG that is written of them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_diagram_ext.drawing import shapes
from sphinx_diagram_ext.drawing.geometry import Rect, simplified, union
from sphinx_diagram_ext.drawing.picture import Picture
from sphinx_diagram_ext.drawing.scene import DETAIL, MARGIN, Box, Head, Hook, Line, Scene, Text
from sphinx_diagram_ext.drawing.svg_writer import write
from sphinx_diagram_ext.model import Message, Node, Role, Tone

SVG = "{http://www.w3.org/2000/svg}"


def drawn(scene: Scene, anchors: dict[str, str] | None = None) -> ET.Element:
    return ET.fromstring(write(scene, "Title", "What it says", anchors or {}).plain("a"))


def test_a_picture_shows_its_scene_and_a_margin() -> None:
    scene = Scene()
    scene.add(Hook.NONE, Box(Rect(100, 50, 180, 90), "neutral-fill"))
    picture = write(scene, "T", "", {})
    assert (picture.width, picture.height) == (80 + 2 * MARGIN, 40 + 2 * MARGIN)
    assert dict(picture.root)["viewBox"] == "92 42 96 56"


def test_a_lighter_tint_of_a_colour_has_an_opacity() -> None:
    scene = Scene()
    scene.add(Hook.NONE, Box(Rect(0, 0, 10, 10), "note", opacity=0.5), Box(Rect(0, 20, 10, 30), "note"))
    assert [found.get("fill-opacity") for found in drawn(scene).iter(f"{SVG}rect")] == ["0.5", None]


def test_texts_and_addresses_are_escaped() -> None:
    scene = Scene()
    text = Text(0, 0, ("<script>alert(1)</script> & more",))
    scene.add(Hook.NODE, Box(Rect(0, 0, 200, 40)), text, key="one", link='https://example.org/?a=1&b="2"')
    scene.add(Hook.NODE, Box(Rect(0, 60, 200, 90)), key="two", link="javascript:alert(1)")
    scene.add(Hook.NODE, Box(Rect(0, 90, 200, 99)), key="three", link="https://example.org/?a=1&b=2")
    root = drawn(scene, {"one": "one", "two": "two", "three": "three"})
    assert [found.text for found in root.iter(f"{SVG}text")] == ["<script>alert(1)</script> & more"]
    assert [found.get("href") for found in root.iter(f"{SVG}a")] == ["https://example.org/?a=1&b=2"]


def test_a_node_has_its_anchor_once() -> None:
    scene = Scene()
    for _ in range(2):
        scene.add(Hook.NODE, Box(Rect(0, 0, 10, 10)), key="broker")
    picture = write(scene, "T", "", {"broker": "broker-1"})
    assert picture.anchors == ("broker-1",)
    assert picture.plain("a").count('id="a--broker-1"') == 1


@pytest.mark.parametrize("head", list(Head))
def test_a_line_keeps_its_ends_within_its_points(head: Head) -> None:
    scene = Scene()
    scene.add(Hook.EDGE, Line([(0, 0), (100, 0), (100, 50)], head=head), ends=("a", "b"))
    root = drawn(scene)
    paths = [found.get("d") for found in root.iter(f"{SVG}path")]
    assert len(paths) == (1 if head is Head.NONE else 2)
    assert paths[0] is not None
    assert paths[0].startswith("M0 0H92q8 0 8 8V")


def test_both_widths_of_a_picture_are_kept() -> None:
    scene = Scene()
    scene.add(Hook.NODE, Box(Rect(0, 0, 10, 10)), key="broker")
    narrow = write(scene, "T", "", {"broker": "n"})
    scene.add(Hook.NONE, Text(5, 5, ("words",)))
    picture = Picture(**{**vars_of(write(scene, "T", "", {"broker": "w"})), "narrow": narrow})
    assert Picture.decode(picture.encode()) == picture
    assert Picture.decode(narrow.encode()) == narrow
    assert Picture.decode(picture.encode().replace(b'"width"', b'"wide"')) is None


def vars_of(picture: Picture) -> dict[str, object]:
    return {name: getattr(picture, name) for name in ("root", "content", "title", "anchors")}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("tone", [Tone.NEUTRAL, Tone.PROBLEM, Tone.CAUTION])
def test_texts_stay_inside_every_shape(role: Role, tone: Tone) -> None:
    node = Node("n", Message("Orders and payments"), (Message("PostgreSQL 14"), Message("primary")), role, tone)
    content = shapes.content(node, 120)
    rect = Rect.at(10, 20, content.width, content.height)
    parts = shapes.node_parts(node, content.lines, rect)
    texts = [part.rect for part in parts if isinstance(part, Text)]
    assert parts[0].rect == rect
    assert union(texts).left - rect.left >= 12
    assert rect.right - union(texts).right >= 12
    assert union(texts).top - rect.top >= 8
    assert rect.bottom - union(texts).bottom >= 8


@pytest.mark.parametrize("role", list(Role))
def test_edges_end_at_the_outline(role: Role) -> None:
    rect = Rect(0, 0, 120, 60)
    for point in ((60.0, 0.0), (20.0, 0.0), (60.0, 60.0), (0.0, 30.0), (120.0, 30.0), (120.0, 45.0)):
        x, y = shapes.border_point(role, rect, point)
        assert rect.holds(Rect(x, y, x, y))
        assert abs(x - point[0]) + abs(y - point[1]) <= 13


def test_the_room_of_a_text_is_that_of_its_ink() -> None:
    text = Text(100, 10, ("Ag", "Longer line"), DETAIL)
    assert text.rect.width == pytest.approx(DETAIL.width("Longer line"))
    assert 10 < text.rect.top < text.baseline < text.rect.bottom < 10 + text.height


@given(st.lists(st.tuples(st.integers(-99, 99), st.integers(-99, 99)), min_size=2, max_size=8))
def test_simplified_lines_keep_their_ends_and_their_room(points: list[tuple[int, int]]) -> None:
    kept = simplified([(float(x), float(y)) for x, y in points])
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    assert set(kept) <= {(float(x), float(y)) for x, y in points}


def test_what_reads_a_picture_as_text_finds_words_apart() -> None:
    scene = Scene()
    for key, rows in (("one", ("Timer", "heartbeat.interval.ms")), ("two", ("Query",))):
        scene.add(Hook.NODE, Box(Rect(0, 0, 200, 40)), Text(0, 0, rows), key=key)
    assert "Title\nWhat it says\nTimer\nheartbeat.interval.ms\nQuery\n" in "".join(drawn(scene).itertext())
