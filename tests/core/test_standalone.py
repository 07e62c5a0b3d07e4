"""Pictures as files of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.drawing.ids import ANCHOR
from sphinx_diagram_ext.drawing.standalone import standalone

from .samples import GOOD, good, shown

if TYPE_CHECKING:
    from sphinx_diagram_ext.engine import Engine


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('<circle cx="1" r="2" width="3"/>', '<circle cx="1" r="2"/>'),
        ('<polygon points="1,2" x="1" rx="5"></polygon>', '<polygon points="1,2"></polygon>'),
        ('<rect x="1" rx="5" d="M0"/>', '<rect x="1" rx="5"/>'),
        (
            '<text x="1" paint-order="stroke">width="3" &lt;</text>',
            '<text x="1" style="paint-order:stroke">width="3" &lt;</text>',
        ),
        ('<text style="a:b" paint-order="stroke">x</text>', '<text style="a:b;paint-order:stroke">x</text>'),
        (f'<g id="{ANCHOR}--a"/>', '<g id="cdc--a"/>'),
    ],
)
def test_attributes_that_svg_1_1_does_not_know(written: str, expected: str) -> None:
    assert standalone(written) == expected


@pytest.mark.parametrize("name", sorted(GOOD))
def test_nothing_that_is_shown_is_lost(engine: Engine, name: str) -> None:
    diagram = pipeline.inspect(good(name), engine)
    svg = pipeline.draw(diagram, pipeline.check(diagram, engine), engine)
    assert shown(standalone(svg)) == shown(svg)
    before, after = (len(list(ET.fromstring(text).iter())) for text in (svg, standalone(svg)))
    assert before == after
