"""Icons: which SVG files are taken, what is kept of them, and where they are drawn."""

from __future__ import annotations

import dataclasses
import os
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.drawing import pipeline, shapes
from sphinx_diagram_ext.drawing.foreign.icon_svg import MAX_BYTES, read_icon
from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers import NARROW, RENDERERS, WIDE, Space
from sphinx_diagram_ext.drawing.scene import NAME, STRONG, Hook, Symbol, Text
from sphinx_diagram_ext.errors import Code, ProblemsError
from sphinx_diagram_ext.icons import IconFolders
from sphinx_diagram_ext.model import Icon, Message, Node, Role, Tone
from sphinx_diagram_ext.types.icons import IconError

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_diagram_ext.drawing.scene import Scene
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.errors import Problem

XMLNS = 'xmlns="http://www.w3.org/2000/svg"'
BELL = f'<svg {XMLNS} viewBox="0 0 24 24" fill="none" stroke="currentColor"><path d="M4 17h16"/></svg>'
LOGO = f'<svg {XMLNS} viewBox="0 0 48 24"><rect width="9" height="9" fill="#0b7285"/></svg>'


def svg(inside: str, attributes: str = 'viewBox="0 0 24 24"') -> bytes:
    return f"<svg {XMLNS} {attributes}>{inside}</svg>".encode()


def kept(inside: str) -> str:
    return read_icon("x", svg(inside)).markup


PATH = '<path d="M0 0h9" />'


@pytest.mark.parametrize(
    ("inside", "markup"),
    [
        (PATH, PATH),
        (f"<title>T</title><desc>D</desc><metadata>M</metadata><!-- C -->{PATH} text", PATH),
        (f'<x:view xmlns:x="urn:x"><path d="M1 1"/></x:view>{PATH}', PATH),
        (f"<defs><script>x()</script><linearGradient id='a'/></defs>{PATH}", PATH),
        ('<path d="M0 0h9" id="a" class="b" onclick="x()" href="#a" data-x="1" aria-label="x"/>', PATH),
        ('<path d="M0 0h9" fill="var(--x)" stroke="javascript:x" stroke-width="1;2"/>', PATH),
        ('<path d="M0 0h9" x="1" style="font-size:9px;cursor:url(x)"/>', PATH),
        (
            '<style>.a{fill:#f08c00} @import "x";</style><path class="a" d="M0 0h9"/>',
            '<path d="M0 0h9" fill="#f08c00" />',
        ),
        (
            '<g transform="rotate(4 1 2) scale(2)"><circle r=".5"/></g>',
            '<g transform="rotate(4 1 2) scale(2)"><circle r=".5" /></g>',
        ),
    ],
)
def test_shapes_and_their_looks_are_kept_and_nothing_else(inside: str, markup: str) -> None:
    assert kept(inside) == markup


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is not well-formed XML"),
        (b"\x89PNG\r\n\x1a\n", "is not well-formed XML"),
        (b"<svg", "is not well-formed XML"),
        (b"<html/>", "is not SVG"),
        (svg(""), "draws nothing"),
        (svg("<g/>"), "draws nothing"),
        (svg(PATH, ""), "has neither a viewBox nor a width and height in pixels"),
        (svg(PATH, 'viewBox="0 0 24"'), "has neither a viewBox"),
        (svg(PATH, 'width="1em" height="2em"'), "has neither a viewBox"),
        (svg(PATH, 'viewBox="0 0 0 24"'), "has no usable size"),
        (svg(PATH, 'viewBox="0 0 nan 24"'), "has no usable size"),
        (svg(PATH, 'viewBox="0 0 inf 24"'), "has no usable size"),
        (svg(PATH, 'viewBox="1e300 0 24 24"'), "has no usable size"),
        (svg("<script>x()</script>"), "has <script>, and icons are plain shapes: circle, ellipse, g, line"),
        (svg("<g><text>x</text></g>"), "has <text>"),
        (svg("<foreignObject/>"), "has <foreignObject>"),
        (svg('<image href="https://example.org/x.png"/>'), "has <image>"),
        (svg('<use href="#a"/>'), "has <use>"),
        (svg('<a href="javascript:x()"/>'), "has <a>"),
        (svg('<animate attributeName="x"/>'), "has <animate>"),
        (svg("<svg/>"), "has <svg>"),
        (svg('<path d="M0 0" fill="url(#a)"/>'), "refers to something else (fill)"),
        (svg('<path d="M0 0" style="fill: url(#a)"/>'), "refers to something else (fill)"),
        (svg('<path d="M0 0" filter="URL(https://example.org)"/>'), "refers to something else (filter)"),
        (svg('<path d="M0 0" transform="skewX(1) url(1)"/>'), "refers to something else (transform)"),
        (svg('<path d="M0 0&#xdbc0;"/>'), "is not well-formed XML"),
        (svg("<g>" * 31 + "</g>" * 31), "is nested more than 30 levels deep"),
        (svg("<path/>" * 501), "has more than 500 elements"),
        (svg(f"<style>{'@' * 4_001}</style>{PATH}"), "has a style sheet of more than 4,000 characters"),
        (svg(f"<style>{'.a ' * 999}{{fill:red}}</style>{PATH}"), "selectors have several parts"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"), "declares entities"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("&a;"), "declares entities"),
        (b" " * (MAX_BYTES + 1), "is larger than 65,536 bytes"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(content: bytes, why: str) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the message is compared below
        read_icon("x", content)
    assert why in str(raised.value)


@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(svg)))
def test_no_file_is_an_error_of_another_kind(content: bytes) -> None:
    try:
        icon = read_icon("x", content)
    except ValueError:
        return
    ET.fromstring(f"<g>{icon.markup}</g>")


@pytest.mark.parametrize(
    "content",
    [
        svg(f'<path d="M0 0" transform="{"rotate(1) " * 6_000}x"/>'),
        svg(f'<path d="M0 0" transform="{"rotate(" * 9_000}"/>'),
        svg(f'<path d="M0 0" stroke-dasharray="{"1 " * 16_000}x" fill="rgb({"1," * 16_000}"/>'),
        svg(f"<style>{'/*' * 1_999}</style>{PATH * 400}"),
        svg("<style>" + ".a,.b{fill:red}" * 250 + "</style>" + '<g class="a">' * 28 + PATH * 300 + "</g>" * 28),
    ],
    ids=["turns", "open turns", "numbers", "comments", "selectors"],
)
def test_the_largest_hostile_file_is_read_to_its_end(content: bytes) -> None:
    """Patterns that go back and forth would not end."""
    assert 5_000 < len(content) <= MAX_BYTES
    assert "<path d=" in read_icon("x", content).markup


def test_what_the_root_says_of_its_shapes_is_kept() -> None:
    icon = read_icon("bell", BELL.encode())
    assert icon == Icon("bell", '<g fill="none" stroke="currentColor"><path d="M4 17h16" /></g>', (0, 0, 24, 24))
    assert read_icon("x", svg(PATH, 'width="16px" height="8"')).view == (0, 0, 16, 8)


# -- folders ------------------------------------------------------------------------------------


@pytest.fixture
def icons(tmp_path: Path) -> IconFolders:
    for name, text in {"bell": BELL, "brand/logo": LOGO, "bad": svg("<script/>").decode(), "_hidden": BELL}.items():
        path = tmp_path / "icons" / f"{name}.svg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return IconFolders([tmp_path / "icons"])


FLOW = """\
diagram:
  type: flow
  title: Flow
  nodes:
    a: {name: Alarm service, details: [sends mail], icon: %s}
    b: {name: Log of all changes, role: queue, tone: problem, icon: brand/logo}
    c: {name: Other, icon: %s}
  flows: [{from: a, to: b, label: rows}, {from: b, to: c}]
"""


def problems(text: str, icons: IconFolders | None = None) -> list[Problem]:
    with pytest.raises(ProblemsError) as raised:
        read_diagram(text, "flow", "flow.yaml", **({"icons": icons} if icons else {}))
    return raised.value.problems


def test_an_unknown_icon_is_an_error_with_its_line_and_the_nearest_name(icons: IconFolders) -> None:
    (problem,) = problems(FLOW % ("brand/lgo", "bell"), icons)
    assert (problem.path, problem.line, problem.code) == ("flow.yaml", 5, Code.ICON)
    assert problem.message == "There is no icon 'brand/lgo'. Did you mean 'brand/logo'?"
    for name in ("../icons/bell", "/etc/passwd", "_hidden", "bell.svg"):
        (problem,) = problems(FLOW % (f"'{name}'", "bell"), icons)
        assert problem.message.startswith(f"There is no icon {name!r}.")


def test_a_bad_file_is_one_message_that_names_it(icons: IconFolders, tmp_path: Path) -> None:
    (problem,) = problems(FLOW % ("bad", "bad"), icons)
    assert problem.line == 5
    assert problem.message == (
        f"The icon 'bad' cannot be used: {tmp_path / 'icons' / 'bad.svg'} has <script>, and icons are plain shapes:"
        " circle, ellipse, g, line, path, polygon, polyline, rect."
    )


def test_without_a_folder_the_message_says_how_to_name_one() -> None:
    first = problems(FLOW % ("bell", "bell"))[0]
    assert first.message == "There is no icon 'bell': no folder of icons is named. Name one with 'cdc_diagram_icons'."


def test_folders_that_are_missing_and_names_that_are_taken_are_problems(icons: IconFolders, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "bell.svg").write_text(LOGO)
    both = IconFolders([*icons.folders, tmp_path / "more", tmp_path / "none"])
    assert [(problem.code, problem.path) for problem in both.problems] == [
        (Code.DUPLICATE_ID, str(tmp_path / "more" / "bell.svg")),
        (Code.DATA_FOLDER, str(tmp_path / "none")),
    ]
    assert both.find("bell").view == (0, 0, 24, 24)


def test_no_link_leads_out_of_the_folder(icons: IconFolders, tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text(BELL)
    (tmp_path / "icons" / "link.svg").symlink_to(tmp_path / "secret.svg")
    os.mkfifo(tmp_path / "icons" / "pipe.svg")
    found = IconFolders(icons.folders)
    for name, why in (("link", "leads out of its folder"), ("pipe", "is not a regular file")):
        with pytest.raises(IconError, match=why):
            found.find(name)


def test_a_type_of_a_project_refuses_icons(tmp_path: Path, icons: IconFolders) -> None:
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "own.mmd.j2").write_text("flowchart TB\n")
    types = Catalog([], type_folders=[tmp_path / "types"]).types
    with pytest.raises(ProblemsError) as raised:
        read_diagram(
            "diagram: {type: own, title: T, nodes: {a: {icon: bell}}}", "x", "x.yaml", types=types, icons=icons
        )
    (problem,) = raised.value.problems
    assert (problem.code, problem.line) == (Code.ICON, 1)


# -- pictures -----------------------------------------------------------------------------------

SAMPLES = {
    "flow": FLOW % ("bell", "bell"),
    "sequence": "diagram: {type: sequence, title: T, participants: {a: {name: Client, icon: bell, role: actor},"
    " b: {name: Order service of the shop, icon: brand/logo, details: [two nodes]}},"
    " steps: [{from: a, to: b, label: put}]}",
    "table": "diagram: {type: comparison, title: T, sides: {x: {nodes: {a: {name: Poll, icon: bell, tone: caution},"
    " b: {name: Every minute of the day, icon: brand/logo, details: [or longer]}}}, y: {nodes: {c: {name: Push}}}}}",
    "outlined": "diagram: {type: comparison, title: T, sides: {x: {nodes: {a: {name: Poll, icon: bell, role: queue},"
    " b: {name: Table, icon: brand/logo, role: database}}, flows: [{from: a, to: b}]}, y: {nodes: {c: {name: Push}}}}}",
    "topology": "diagram: {type: topology, title: T, regions: {r: {zones: {z: {replicas:"
    " {a: {name: Leader, icon: bell}, b: {name: Follower, icon: brand/logo}}}}}}}",
    "state": "diagram: {type: state, title: T, states: {a: {name: Waits, icon: bell, details: [for an answer of both]},"
    " b: {name: Works, icon: brand/logo, states: {c: {name: Reads}}}}, transitions: [{from: a, to: b, label: go}]}",
    "schema": "diagram: {type: schema, title: T, entities: {a: {name: Orders, icon: bell, attributes: {id: bigint}},"
    " b: {name: Items of an order, icon: brand/logo}}, relations: [{from: a, to: b, label: has}]}",
    "timeline": "diagram: {type: timeline, title: T, sections: [{events: [{time: 1, key: a, icon: bell,"
    " events: Begins}, {time: 2, key: b, icon: brand/logo, tone: problem, events: [Ends, after a while]}]}]}",
    "long timeline": "diagram: {type: timeline, title: T, direction: TB, sections: [{name: One, events: ["
    "{time: 1, key: a, icon: bell, events: Begins}, {time: 2, key: b, icon: brand/logo,"
    " events: Ends soon after that}]}]}",
}


def scene(text: str, icons: IconFolders, engine: Engine, width: float) -> Scene:
    diagram = read_diagram(text, "x", "x.yaml", icons=icons)
    return RENDERERS[type(diagram.body)](diagram, diagram.body, Space(width, "en"))


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("name", SAMPLES)
def test_each_icon_is_in_its_node_before_the_first_line_and_on_no_text(
    name: str, width: float, icons: IconFolders, engine: Engine
) -> None:
    drawn = scene(SAMPLES[name], icons, engine, width)
    assert drawn.width <= width + 16
    nodes = [item for item in drawn.of(Hook.NODE) if any(isinstance(part, Symbol) for part in item.parts)]
    assert {item.key.rpartition(".")[2] for item in nodes} >= {"a", "b"}
    for item in nodes:
        (symbol,) = (part for part in item.parts if isinstance(part, Symbol))
        first = next(part for part in item.parts if isinstance(part, Text) and part.font is NAME)
        rows = [
            Rect.around(text.rect.centre[0], 0, text.font.width(row), 1)
            for text in item.texts
            for row in text.rows
            if text.font is not STRONG  # the time of an event may be beside its card
        ]
        assert symbol.rect.height == 20
        assert symbol.rect.width == {"bell": 20, "brand/logo": 40}[symbol.icon.name]
        assert abs(symbol.rect.centre[1] - (first.y + first.font.line / 2)) < 0.1
        left = first.x - (first.font.width(first.rows[0]) / 2 if first.align == "middle" else 0)
        assert left - symbol.rect.right == pytest.approx(8)
        outline = item.parts[0].rect
        assert outline.left + 8 <= symbol.rect.left
        assert all(outline.left + 8 <= row.left and row.right <= outline.right - 8 for row in rows)
        assert symbol.ink == first.ink


@pytest.mark.parametrize("role", Role)
@given(label=st.text("abc def", max_size=90), detail=st.text("ab ", max_size=60), width=st.floats(60, 300))
def test_a_shape_has_room_for_icon_and_texts(role: Role, label: str, detail: str, width: float) -> None:
    icon = Icon("x", PATH, (0, 0, 24, 24))
    node = Node("a", Message(label), (Message(detail),) if detail else (), role, Tone.CAUTION, icon=icon)
    content = shapes.content(node, width)
    room = shapes.inset(role)
    rect = Rect(0, 0, content.width, content.height)
    parts = shapes.node_parts(node, content.lines, rect)
    for part in parts:
        if isinstance(part, Text | Symbol):
            assert room.left - 0.1 <= part.rect.left
            assert part.rect.right <= rect.right - room.right + 0.1
    bare = shapes.content(dataclasses.replace(node, icon=None), width)
    assert content.height >= bare.height


def test_an_icon_stands_once_in_a_picture_and_is_shown_in_the_ink_of_each_node(
    icons: IconFolders, engine: Engine
) -> None:
    diagram = read_diagram(FLOW % ("bell", "bell"), "x", "x.yaml", icons=icons)
    picture = pipeline.draw(diagram, pipeline.emitted(diagram, engine), engine)
    root = ET.fromstring(picture.standalone())
    name = "{http://www.w3.org/2000/svg}"
    symbols = {item.get("id"): item for item in root.iter(f"{name}symbol")}
    uses = [item.get("{http://www.w3.org/1999/xlink}href") for item in root.iter(f"{name}use")]
    assert [use.removeprefix("#") for use in uses if use] == [*symbols, next(iter(symbols))]
    assert "currentColor" in ET.tostring(next(iter(symbols.values())), encoding="unicode")
    inline = picture.inline("one")
    assert inline.count("<symbol ") == 2
    assert 'color="var(--cdc-neutral-text)"' in inline
    assert 'fill="#0b7285"' in inline
    assert "one-icon-" in inline


def test_the_key_of_a_picture_depends_on_the_icon(icons: IconFolders, tmp_path: Path, engine) -> None:
    def key() -> str:
        diagram = read_diagram(FLOW % ("bell", "bell"), "x", "x.yaml", icons=IconFolders(icons.folders))
        return pipeline.content_key(diagram, pipeline.emitted(diagram, engine))

    before = key()
    assert key() == before
    (tmp_path / "icons" / "bell.svg").write_text(BELL.replace("h16", "h15"))
    assert key() != before
