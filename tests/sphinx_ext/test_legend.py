"""Legend of the tones of a page."""

from __future__ import annotations

import re
from importlib.util import find_spec

import pytest
from bs4 import BeautifulSoup

from sphinx_diagram_ext.drawing.swatch import swatch
from sphinx_diagram_ext.model import Tone

TONED = "diagram:\n  type: flow\n  title: {name}\n  nodes:\n    a: {{name: Alpha, tone: {tone}}}\n    b: Beta\n"
EDGE = "  flows: [{from: a, to: b, label: rows, tone: caution}]\n"
EVENTS = """\
diagram:
  type: timeline
  title: Events
  sections:
    - {tone: healthy, events: [{time: "10:00", events: Start}]}
"""


@pytest.fixture
def toned(site):
    """A diagram for each tone, and one whose edge alone has one."""
    for tone in Tone:
        site.write(f"data/{tone}.yaml", TONED.format(name=tone, tone=tone))
    site.write("data/edge.yaml", TONED.format(name="edge", tone="neutral") + EDGE)
    return site


def page(*names: str) -> str:
    return "# Page\n" + "".join(f"\n```{{cdc-diagram}} {name}\n```\n" for name in names)


def legends(html: str) -> list[tuple[str, list[str]]]:
    """Return for each legend the id of its figure and its words."""
    found = BeautifulSoup(html, "html.parser").select("p.cdc-legend")
    return [(item.parent["id"], [tone.get_text().strip() for tone in item.select(".cdc-tone")]) for item in found]


def test_the_first_picture_with_a_tone_has_the_tones_of_all_pictures_of_the_page(toned):
    toned.write(
        "index.md", page("neutral", "blue", "healthy", "problem", "edge", "healthy") + "\n```{toctree}\nb\n```\n"
    )
    toned.write("b.md", page("purple"))
    built = toned.build()
    assert built.warnings == ""
    assert legends(built.text("index.html")) == [("healthy", ["problem", "caution", "healthy"])]
    assert legends(built.text("b.html")) == []


def test_it_is_text_below_the_caption_with_swatches_that_say_nothing(toned):
    toned.write("index.md", page("problem", "edge"))
    html = toned.build().text("index.html")
    legend = BeautifulSoup(html, "html.parser").select_one("p.cdc-legend")
    assert legend.get_text() == "Colours and marks:  problem,  caution"
    assert "Diagram 1" in legend.find_previous_sibling().get_text()
    assert [item["aria-hidden"] for item in legend.select(".cdc-swatch")] == ["true", "true"]
    assert [len(item.select("path")) for item in legend.select("svg")] == [1, 1]
    assert not legend.select("[id], title, script, [style]")
    fills = [item["fill"] for item in legend.select("rect")]
    assert fills == ["var(--cdc-problem-fill)", "var(--cdc-caution-fill)"]


def test_tones_of_events_count(site):
    site.write("data/events.yaml", EVENTS)
    site.write("index.md", page("events"))
    assert legends(site.build().text("index.html")) == [("events", ["healthy"])]


def test_it_follows_what_is_said_to_be_made_up(toned):
    toned.write("data/made.yaml", TONED.format(name="made", tone="problem") + "  illustration: true\n")
    toned.write("index.md", page("made"))
    legend = BeautifulSoup(toned.build().text("index.html"), "html.parser").select_one("p.cdc-legend")
    assert "cdc-illustration" in legend.find_previous_sibling()["class"]


def test_what_a_condition_leaves_out_does_not_count(toned):
    toned.write(
        "index.md",
        "# Page\n\n````{only} latex\n```{cdc-diagram} caution\n```\n````\n\n"
        "````{ifconfig} False\n```{cdc-diagram} problem\n```\n````\n\n```{cdc-diagram} healthy\n```\n",
    )
    built = toned.build(extensions=["myst_parser", "sphinx_diagram_ext", "sphinx.ext.ifconfig"])
    assert legends(built.text("index.html")) == [("healthy", ["healthy"])]


def test_pages_of_one_file_keep_a_legend_each(toned):
    toned.write("index.md", page("problem") + "\n```{toctree}\nb\n```\n")
    toned.write("b.md", page("blue", "healthy", "problem"))
    found = legends(toned.build("singlehtml").text("index.html"))
    assert found == [("problem", ["problem"]), ("healthy", ["problem", "healthy"])]


def test_it_can_be_switched_off_without_reading_anything_again(toned):
    toned.write("index.md", page("problem"))
    toned.build()
    built = toned.build(cdc_diagram_legend=False)
    assert (built.read, built.written) == ([], ["index"])
    assert legends(built.text("index.html")) == []
    assert "cdc_diagram_legend in conf.py: found 3, wanted bool." in toned.build(cdc_diagram_legend=3).warnings


def test_another_tone_writes_the_pages_that_show_it_and_no_other(toned):
    toned.write("index.md", page("problem") + "\n```{toctree}\na\nb\n```\n")
    toned.write("a.md", page("problem", "edge"))
    toned.write("b.md", page("healthy"))
    toned.build()
    toned.write("data/edge.yaml", TONED.format(name="edge", tone="neutral"))
    built = toned.build()
    assert built.read == ["a"]
    assert built.written == ["a", "index"]  # Sphinx writes the page whose toctree lists one that was read
    assert legends(built.text("a.html")) == [("problem", ["problem"])]
    assert toned.build().written == []


def test_a_site_speaks_its_own_language(toned):
    toned.write("index.md", page("problem", "edge", "healthy"))
    html = toned.build(language="ru").text("index.html")
    assert legends(html) == [("problem", ["проблема", "внимание", "исправно"])]
    assert "Цвета и знаки:" in html


def test_a_book_has_images_of_no_name_(toned):
    toned.write("index.md", page("problem", "edge"))
    built = toned.build("epub", epub_copyright="x", version="1")
    assert built.warnings == ""
    html = built.text("index.xhtml")
    assert legends(html) == [("problem", ["problem", "caution"])]
    images = BeautifulSoup(html, "html.parser").select("img.cdc-swatch")
    assert [image["alt"] for image in images] == ["", ""]
    assert "var(" not in built.text(images[0]["src"])


@pytest.mark.skipif(find_spec("typst") is None, reason="typst is not installed")
def test_print_has_it_as_a_line_below_the_figure(toned):
    toned.write("index.md", page("neutral", "problem", "edge"))
    built = toned.build("latex")
    tex = next(built.out.glob("*.tex")).read_text(encoding="utf-8")
    [line] = re.findall(r"\\end\{figure\}\n\\index[^\n]*\n\\par\\noindent\{\\small Colours and marks: (.*)\\par\}", tex)
    names = re.findall(r"\\sphinxincludegraphics\{\{(cdc-[0-9a-f]+)\}\.pdf\}\}~(\w+)\}", line)
    assert [word for _, word in names] == ["problem", "caution"]
    assert all((built.out / f"{name}.pdf").read_bytes().startswith(b"%PDF-") for name, _ in names)


def test_plain_text_has_none(toned):
    toned.write("index.md", page("problem"))
    text = toned.build("text").text("index.txt")
    assert "✕ Alpha" in text
    assert "Colours" not in text


def test_swatches_are_told_apart_without_colours():
    """By their borders, as nodes are, and by their signs."""
    pictures = [swatch(tone).plain() for tone in (Tone.PROBLEM, Tone.CAUTION, Tone.HEALTHY)]
    found = [re.search(r"<rect[^>]*>", text)[0] for text in pictures]
    borders = [tuple(re.findall(r'stroke-(?:width|dasharray)="([\d. ]+)"', rect)) for rect in found]
    assert borders == [("2.4",), ("1.8", "5 3"), ()]
    assert all('stroke-width="1.3"' in text[: text.index("<rect")] for text in pictures)
    assert len({re.search(r'<path d="([^"]+)"', text)[1] for text in pictures}) == 3
