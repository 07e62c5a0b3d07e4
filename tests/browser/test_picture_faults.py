"""Faults of every picture of our own in a browser, measured by hooks alone and in both widths.

What is measured are the faults 2 to 10 of ``docs/reference/picture-faults.md``, independently of the code that finds
them in a scene.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_picture_labels import diagrams

from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.drawing.renderers import RENDERERS
from sphinx_diagram_ext.engine import select_engine
from sphinx_diagram_ext.sphinx_ext.output.assets import style_sheet

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from sphinx_diagram_ext.drawing.picture import Picture

FAULTS = (Path(__file__).parent / "faults.js").read_text(encoding="utf-8")
SCREENS = (320, 390, 736, 1300)
"""Widths of a window: two phones, a column of text, a desktop."""
MARGIN = 8
"""Of the page in CSS pixels at each side."""
COLUMN = 736
"""Widest column of text in CSS pixels."""


@pytest.fixture(scope="module")
def pictures(project: Path) -> list[tuple[str, Picture]]:
    """The pictures that a renderer of this project draws, each with its name."""
    engine = select_engine().engine
    found = []
    for name, given in diagrams(project):
        if type(given.body) in RENDERERS:
            found.append((name, pipeline.draw(given, pipeline.check(given, engine), engine)))
    return found


def page_of(pictures: list[tuple[str, str]]) -> str:
    """Return a page of SVG pictures, each in a frame and with a name."""
    own = f"body {{ margin: 0 {MARGIN}px }} figure.cdc-diagram {{ margin: 0 auto; max-width: {COLUMN}px }}"
    style = f"{style_sheet()} {own} .cdc-frame.cdc-frame {{ padding: 0 }}"
    figures = "".join(
        f'<figure class="cdc-diagram"><div class="cdc-frame">{named(svg, name)}</div></figure>'
        for name, svg in pictures
    )
    return f'<!doctype html><meta charset="utf-8"><title>T</title><style>{style}</style>{figures}'


def named(svg: str, name: str) -> str:
    head, title, rest = svg.partition("</title>")
    return f"{head[: head.rindex('>') + 1]}{name}{title}{rest}"


def shown(picture: Picture, screen: int) -> Picture:
    """Return the picture of the two that a screen shows: the narrow one where the wide one has no room."""
    room = min(screen - 2 * MARGIN, COLUMN)
    return picture.narrow if picture.narrow and picture.width > room else picture


@pytest.mark.parametrize("screen", SCREENS)
def test_no_picture_has_a_fault(browser: Browser, pictures: list[tuple[str, Picture]], tmp_path: Path, screen: int):
    path = tmp_path / "index.html"
    inline = [(name, shown(picture, screen).inline(f"d{number}")) for number, (name, picture) in enumerate(pictures)]
    path.write_text(page_of(inline), encoding="utf-8")
    page = browser.new_page(viewport={"width": screen, "height": 900})
    page.goto(path.as_uri())
    found = page.evaluate(FAULTS)
    page.close()
    assert found["checked"] == len(pictures) > 100
    assert found["wrong"] == []


def test_there_is_a_narrow_picture_of_each_that_a_phone_cannot_show(pictures: list[tuple[str, Picture]]):
    assert [name for name, picture in pictures if picture.width > 320 - 2 * MARGIN and not picture.narrow] == []


def node(x: float, y: float, words: str, width: float = 100) -> str:
    return (
        f'<g class="cdc-node"><rect x="{x}" y="{y}" width="{width}" height="40" fill="#eee"/>'
        f'<text x="{x + 30}" y="{y + 25}" font-size="13">{words}</text></g>'
    )


def edge(data: str, hook: str = "cdc-edge") -> str:
    return f'<g class="{hook}"><path d="{data}" fill="none" stroke="black"/></g>'


def label(x: float, y: float, words: str, ground: str = "#fff") -> str:
    rect = f'<rect x="{x - 6}" y="{y - 15}" width="80" height="22" fill="{ground}"/>' if ground else ""
    return f'<g class="cdc-edge-label">{rect}<text x="{x}" y="{y}" font-size="13">{words}</text></g>'


def frame(x: float, y: float, words: str) -> str:
    return (
        f'<g class="cdc-group"><rect x="{x}" y="{y}" width="200" height="100" fill="#eee" stroke="#999"/></g>'
        f'<g class="cdc-title"><text x="{x + 12}" y="{y + 20}" font-size="13">{words}</text></g>'
    )


JOINED = edge("M60 50V100") + node(10, 10, "first") + node(10, 110, "second")
THIRD = node(10, 210, "third")
PLANTED = {
    "nothing": (JOINED + label(40, 80, "label"), []),
    "an edge through a node": (edge("M60 50V200") + JOINED + THIRD, ["2 second"]),
    "an edge beside a node": (edge("M111 50V200") + JOINED + THIRD, []),
    "its own label without a ground": (JOINED + label(40, 80, "label", ground=""), ["3 label"]),
    "two edges below a label": (JOINED + edge("M50 50V100") + label(40, 80, "label"), ["3 label"]),
    "an edge over a label": (JOINED + label(40, 80, "label") + edge("M20 76H200"), ["3 label"]),
    "an edge over its own node": (node(10, 10, "first") + node(200, 10, "other") + edge("M30 30H200"), ["3 first"]),
    "an edge below its own node": (edge("M30 30H200") + node(10, 10, "first") + node(200, 10, "other"), []),
    "an edge through a title": (frame(10, 10, "Frame") + edge("M30 0V100"), ["4 Frame"]),
    "an edge beside a title": (frame(10, 10, "Frame") + edge("M80 0V100"), []),
    "a text over a text": (label(50, 100, "one") + label(60, 104, "two", ground=""), ["5 two"]),
    "a text over a node": (node(10, 10, "first") + label(100, 35, "label"), ["6 first"]),
    "a text near its border": (node(10, 10, "first", width=58), ["7 first"]),
    "a text over its border": (node(10, 10, "first", width=40), ["7 first"]),
    "a text beside its mark": (node(10, 10, "first", width=20), []),
    "a title near its border": (frame(10, 10, "Frame").replace('x="22"', 'x="14"'), ["7 Frame"]),
    "a lifeline below a ground": (edge("M60 0V200", "cdc-lifeline") + label(50, 100, "message"), []),
    "a lifeline below a text": (edge("M60 0V200", "cdc-lifeline") + label(50, 100, "said", ground=""), ["8 said"]),
    "a lifeline below a note": (
        edge("M60 0V200", "cdc-lifeline") + re.sub("</?g[^>]*>", "", label(50, 100, "note")),
        [],
    ),
    "a lifeline over a ground": (label(50, 100, "message") + edge("M60 0V200", "cdc-lifeline"), ["8 message"]),
    "a small text": (node(10, 10, "first").replace("13", "11.5"), ["9 first"]),
}
"""Drawings, each with the numbers of what is wrong and the last name that is said."""

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="260" viewBox="0 0 {0} 260"><title></title>{1}</svg>'


@pytest.mark.parametrize("name", PLANTED)
def test_the_measurement_finds_what_is_wrong(browser: Browser, name: str):
    drawing, said = PLANTED[name]
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.set_content(page_of([("T", SVG.format(300, drawing))]))
    wrong = page.evaluate(FAULTS)["wrong"]
    page.close()
    assert [re.sub(r'T: (\d+) .*"(\w+)".*', r"\1 \2", item) for item in wrong] == said


def test_the_measurement_finds_what_is_too_wide(browser: Browser):
    wrong = {}
    for screen in SCREENS:
        page = browser.new_page(viewport={"width": screen, "height": 900})
        page.set_content(page_of([("T", SVG.format(600, JOINED))]))
        wrong[screen] = [item.split()[1] for item in page.evaluate(FAULTS)["wrong"]]
        page.close()
    assert wrong == {320: ["10"], 390: ["10"], 736: [], 1300: []}
