"""Icons in builds: every output, what is built again, and what is said of those that cannot be used."""

from __future__ import annotations

import re
from importlib.util import find_spec
from xml.etree import ElementTree as ET

import pytest

XMLNS = 'xmlns="http://www.w3.org/2000/svg"'
BELL = f'<svg {XMLNS} viewBox="0 0 24 24" fill="none" stroke="currentColor"><path d="M4 17h16"/></svg>'
DISC = f'<svg {XMLNS} viewBox="0 0 24 24"><circle cx="12" cy="12" r="9"/></svg>'
FLOW = "diagram:\n  type: flow\n  title: {title}\n  nodes:\n    a: {{name: Alarm, icon: {icon}}}\n    b: Other\n"
FOLDERS = {"cdc_diagram_icons": ["icons"]}


@pytest.fixture
def pages(site):
    """Two pages with an icon each, one without, and a gallery of all."""
    site.write("icons/bell.svg", BELL)
    site.write("icons/brand/disc.svg", DISC)
    site.write("data/bell.yaml", FLOW.format(title="Bell", icon="bell"))
    site.write("data/disc.yaml", FLOW.format(title="Disc", icon="brand/disc"))
    site.flow("plain")
    site.write("index.md", "# Index\n\n```{toctree}\na\nb\nc\nall\n```\n")
    for page, name in (("a", "bell"), ("b", "disc"), ("c", "plain")):
        site.write(f"{page}.md", f"# Page\n\n```{{cdc-diagram}} {name}\n```\n")
    site.write("all.md", "# All\n\n```{cdc-diagram-index}\n:style: gallery\n:filter: id=disc\n```\n")
    return site


def test_a_page_shows_the_icon_and_says_nothing_of_it(pages):
    built = pages.build(**FOLDERS)
    assert built.warnings == ""
    html = built.text("a.html")
    picture = re.search(r"<svg .*?</svg>", html, re.DOTALL)[0]
    root = ET.fromstring(picture)
    name = "{http://www.w3.org/2000/svg}"
    (symbol,) = root.iter(f"{name}symbol")
    (use,) = root.iter(f"{name}use")
    assert use.get("{http://www.w3.org/1999/xlink}href") == f"#{symbol.get('id')}"
    assert symbol.get("id").startswith("bell-icon-")
    assert [text.text for text in root.iter(f"{name}text")] == ["Alarm", "Other"]
    assert [item.tag for item in symbol.iter()][1:] == [f"{name}g", f"{name}path"]
    assert "<symbol" not in built.text("c.html")


def test_a_changed_icon_concerns_the_pages_that_show_it_and_no_other(pages):
    pages.build(**FOLDERS)
    pages.write("icons/brand/disc.svg", DISC.replace('r="9"', 'r="8"'))
    built = pages.build(**FOLDERS)
    assert (built.read, built.written) == (["b"], ["all", "b", "index"])
    assert 'r="8"' in built.text("b.html")
    pages.touch(pages.folder / "icons" / "bell.svg")
    pages.write("icons/more.svg", BELL)
    built = pages.build(**FOLDERS)
    assert (built.read, built.written) == ([], [])


def test_an_icon_that_appears_brings_its_diagram_back(pages):
    moved = pages.folder / "icons" / "bell.svg"
    text = moved.read_text()
    moved.unlink()
    built = pages.build(**FOLDERS)
    said = "There is no icon 'bell'. Its name is the path of an SVG file below a folder of icons. [cdc.icon]"
    assert re.findall(r"bell\.yaml:5: .*", built.warnings) == [f"bell.yaml:5: WARNING: {said}"]
    assert "<svg" not in built.text("a.html")
    moved.write_text(text)
    built = pages.build(**FOLDERS)
    assert (built.read, built.warnings) == (["a"], "")
    assert "<symbol" in built.text("a.html")
    assert pages.build(**FOLDERS).read == []


def test_a_bad_file_is_one_warning_that_names_it(pages):
    pages.write("icons/bell.svg", f"<svg {XMLNS} viewBox='0 0 9 9'><script>alert(1)</script></svg>")
    built = pages.build(**FOLDERS)
    (warning,) = built.warnings.splitlines()
    assert "data/bell.yaml:5: WARNING: The icon 'bell' cannot be used: " in warning
    assert "icons/bell.svg has <script>, and icons are plain shapes" in warning
    assert "alert" not in built.text("a.html")


def test_without_folders_and_with_a_missing_one_the_warning_says_so(pages):
    assert "no folder of icons is named" in pages.build().warnings
    assert "The folder of icons does not exist" in pages.build(cdc_diagram_icons=["none"]).warnings


def test_an_inline_diagram_has_icons_too(pages):
    body = FLOW.format(title="Inline", icon="bell")
    pages.write("c.md", f"# Page\n\n```{{cdc-diagram}}\n:name: here\n\n{body}```\n")
    built = pages.build(**FOLDERS)
    assert built.warnings == ""
    assert "here-icon-" in built.text("c.html")
    pages.write("icons/bell.svg", BELL.replace("h16", "h15"))
    assert pages.build(**FOLDERS).read == ["a", "c"]


def test_books_and_thumbnails_have_it_in_their_own_colours(pages):
    built = pages.build("epub", epub_copyright="x", version="1", **FOLDERS)
    assert built.warnings == ""
    image = re.search(r'<img class="cdc-image" src="([^"]+)"', built.text("a.xhtml"))[1]
    assert 'color="#1e293c"' in built.text(image)
    assert "var(" not in built.text(image)


@pytest.mark.skipif(find_spec("typst") is None, reason="typst is not installed")
def test_a_pdf_is_another_one_with_another_icon(pages):
    def pictures():
        built = pages.build("latex", **FOLDERS)
        assert built.warnings == ""
        return {path.name: path.read_bytes() for path in built.out.glob("cdc-*.pdf")}

    before = pictures()
    pages.write("icons/bell.svg", BELL.replace("h16", "h9v9"))
    after = pictures()
    (name,) = after.keys() - before.keys()
    assert after[name] not in before.values()
