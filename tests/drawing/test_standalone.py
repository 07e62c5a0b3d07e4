"""Pictures as files of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from samples import GOOD, good, shown

from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.drawing.ids import ANCHOR
from sphinx_diagram_ext.drawing.picture import Picture
from sphinx_diagram_ext.model import Tone
from sphinx_diagram_ext.palette import DARK, LIGHT

if TYPE_CHECKING:
    from sphinx_diagram_ext.engine import Engine


SIZE = "width='1' height='1'"


def content(written: str, scheme: str = "light") -> str:
    svg = Picture.of(ET.fromstring(f"<svg {SIZE}>{written}</svg>")).standalone(scheme)
    return svg.removeprefix('<svg width="1" height="1">').removesuffix("</svg>")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('<circle cx="1" r="2" width="3"/>', '<circle cx="1" r="2" />'),
        ('<polygon points="1,2" x="1" rx="5"></polygon>', '<polygon points="1,2" />'),
        ('<rect x="1" rx="5" d="M0"/>', '<rect x="1" rx="5" />'),
        (
            '<text x="1" paint-order="stroke">width="3" &lt;</text>',
            '<text x="1" style="paint-order:stroke">width="3" &lt;</text>',
        ),
        ('<text style="a:b" paint-order="stroke">x</text>', '<text style="a:b;paint-order:stroke">x</text>'),
        (f'<g id="{ANCHOR}--a"/>', '<g id="cdc--a" />'),
        ("<title>T</title>", "<title>T</title>"),
    ],
)
def test_attributes_that_svg_1_1_does_not_know(written: str, expected: str) -> None:
    assert content(written) == expected


def test_a_dark_picture_has_the_dark_colours() -> None:
    written = f'<rect fill="{LIGHT[Tone.PROBLEM].fill}"/>'
    assert content(written, "dark") == f'<rect fill="{DARK[Tone.PROBLEM].fill}" />'


@pytest.mark.parametrize("name", sorted(GOOD))
def test_nothing_that_is_shown_is_lost(engine: Engine, name: str) -> None:
    diagram = pipeline.inspect(good(name), engine)
    picture = pipeline.draw(diagram, pipeline.check(diagram, engine), engine)
    plain, standalone = picture.plain(), picture.standalone()
    assert shown(standalone) == shown(plain)
    before, after = (len(list(ET.fromstring(text).iter())) for text in (plain, standalone))
    assert before == after
