"""Colours of a project's own in every output."""

from __future__ import annotations

import re
from importlib.util import find_spec

import pytest

FILL = "#ffe4e7"
OWN, DARK = "#fedcba", "#012345"
PALETTE = {"light": {"problem-fill": OWN}, "dark": {"problem-fill": DARK}}


@pytest.fixture
def coloured(site):
    site.flow("one")
    site.write("index.md", "# A\n\n```{cdc-diagram} one\n```\n\n```{cdc-diagram-index}\n:style: gallery\n```\n")
    return site


def test_pages_and_galleries_have_the_colours_and_nothing_is_drawn_anew(coloured):
    coloured.build()
    built = coloured.build(cdc_diagram_palette=PALETTE)
    assert built.warnings == ""
    assert (built.read, built.written) == ([], ["index"])
    style = built.text("_static/cdc-diagram.css")
    assert f"--cdc-problem-fill: {OWN};" in style
    assert f"--cdc-problem-fill: {DARK};" in style
    assert FILL not in style
    light, dark = re.findall(r'src="(_images/cdc-[^"]+)"', built.text("index.html"))
    assert OWN in built.text(light)
    assert DARK in built.text(dark)
    assert re.findall(r"(\d+) drawn", built.app.status.getvalue()) in ([], ["0"])


def test_a_book_has_the_light_colours(coloured):
    built = coloured.build("epub", epub_copyright="x", version="1", cdc_diagram_palette=PALETTE)
    found = re.search(r'<img class="cdc-image" src="([^"]+)"', built.text("index.xhtml"))
    assert found is not None
    assert OWN in built.text(found[1])


@pytest.mark.skipif(find_spec("typst") is None, reason="typst is not installed")
def test_a_pdf_is_another_one(coloured):
    def pictures(**options):
        built = coloured.build("latex", cdc_diagram_legend=False, **options)
        return {path.name: path.read_bytes() for path in built.out.glob("cdc-*.pdf")}

    usual, own = pictures(), pictures(cdc_diagram_palette=PALETTE)
    assert len(usual) == 1
    [name] = own.keys() - usual.keys()
    assert own[name] not in usual.values()


def test_what_is_wrong_is_a_warning_of_its_own_kind(coloured):
    built = coloured.build(cdc_diagram_palette={"gruond": "#ffffff"})
    assert (
        "cdc_diagram_palette in conf.py: there is no colour 'gruond'. Did you mean 'ground'? [cdc.palette]"
        in built.warnings
    )
    built = coloured.build(cdc_diagram_palette={"text": "#ffffff"}, suppress_warnings=["cdc.palette"])
    assert built.warnings == ""
    assert "wanted dict" in coloured.build(cdc_diagram_palette=["#ffffff"]).warnings
