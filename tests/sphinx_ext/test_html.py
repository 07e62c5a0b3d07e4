"""What a page holds: pictures, styles, ids; and what it must not hold."""

from __future__ import annotations

import gzip
import re
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup


@pytest.fixture
def two_pages(site):
    site.flow("one", "First <flow>")
    site.flow("deep/two")
    site.write(
        "index.md",
        "# Index\n\n```{cdc-diagram} one\n```\n\n```{cdc-diagram} deep/two\n```\n\n```{toctree}\nplain\nagain\n```\n",
    )
    site.write("plain.md", "# Plain\n\nNo diagram here.\n")
    site.write("again.md", "# Again\n\n```{cdc-diagram} one\n```\n\n```{cdc-diagram} one\n```\n")
    return site


def test_ids_are_unique_on_every_page(two_pages):
    built = two_pages.build()
    assert built.warnings == ""
    for page in built.out.glob("*.html"):
        ids = re.findall(r'\bid="([^"]*)"', page.read_text(encoding="utf-8"))
        assert len(ids) == len(set(ids)), page.name
    again = re.findall(r'<figure [^>]*id="([^"]*)"', built.text("again.html"))
    assert again == ["one", "one-2"]
    assert {"one", "one--a", "one--b", "deep-two--a"} <= set(re.findall(r'id="([^"]*)"', built.text("index.html")))


def test_picture_is_well_formed_and_has_title_and_description(two_pages):
    built = two_pages.build()
    html = built.text("index.html")
    svgs = re.findall(r"<svg [^>]*aria-labelledby.*?</svg>", html, flags=re.DOTALL)
    assert len(svgs) == 4  # two diagrams in two forms
    name = "{http://www.w3.org/2000/svg}"
    for svg in svgs[:2]:
        root = ET.fromstring(svg)
        assert root.find(f"{name}title").text == "First <flow>"
        assert root.find(f"{name}desc").text == "What First <flow> shows"
        assert root.get("aria-labelledby") == root.find(f"{name}title").get("id")
        assert "Alpha one" in "".join(root.itertext())
        assert "var(--cdc-problem-fill)" in svg
        assert " style=" not in svg
        assert "<style" not in svg


def test_style_sheet_goes_to_pages_with_diagrams_only(two_pages):
    built = two_pages.build()
    assert "cdc-diagram.css" in built.text("index.html")
    assert "cdc-diagram.css" not in built.text("plain.html")
    assert "--cdc-problem-fill" in built.text("_static/cdc-diagram.css")


def test_no_page_loads_a_script_or_a_style_from_another_host(two_pages):
    built = two_pages.build()
    for page in built.out.glob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert not re.search(r'(?:src|href)="(?:https?:)?//(?!www\.sphinx-doc\.org|alabaster|github)', html), page.name
        assert "import mermaid" not in html, page.name


def test_a_plain_mermaid_directive_keeps_its_script_beside_ours(two_pages):
    two_pages.write("plain.md", "# Plain\n\n```{mermaid}\nflowchart LR\n  a --> b\n```\n")
    built = two_pages.build()
    assert "import mermaid" in built.text("plain.html")
    assert "import mermaid" not in built.text("index.html")


def test_doctree_holds_the_mermaid_node_of_sphinxcontrib(two_pages):
    built = two_pages.build()
    assert "<mermaid " in built.app.env.get_doctree("index").pformat()


def test_no_picture_needs_a_script(two_pages):
    built = two_pages.build()
    soup = BeautifulSoup(built.text("index.html"), "html.parser")
    for svg in soup.find_all("svg"):
        assert svg.find("script") is None
        assert svg.find_all(attrs={"onclick": True}) == []


def test_explanations_stand_under_the_picture_and_text_alternative_lists_edges(two_pages):
    built = two_pages.build()
    soup = BeautifulSoup(built.text("index.html"), "html.parser")
    figure = soup.find("figure", id="one")
    terms = figure.find(class_="cdc-explanations").find_all("dt")
    assert [term.get_text() for term in terms] == ["Alpha one"]
    assert figure.find(class_="cdc-explanations").dd.em.get_text() == "alpha"
    text = figure.find(class_="cdc-alternative").get_text()
    assert "Beta one (database, problem)" in text
    assert "→ Beta one: rows" in text


def test_node_anchor_stands_in_the_picture(two_pages):
    built = two_pages.build()
    soup = BeautifulSoup(built.text("index.html"), "html.parser")
    assert soup.find(id="one--a").find_parent("svg") is not None


def test_words_of_labels_and_explanations_are_searched(two_pages):
    built = two_pages.build()
    index = built.text("searchindex.js")
    assert '"beta"' in index
    assert '"alpha"' in index


@pytest.mark.filterwarnings("ignore:'sphinxcontrib.serializinghtml")
@pytest.mark.parametrize(
    "builder", ["dirhtml", "singlehtml", "text", "man", "latex", "texinfo", "epub", "gettext", "xml", "json", "pickle"]
)
def test_every_builder_passes(two_pages, builder):
    built = two_pages.build(builder, epub_copyright="x", version="1")
    assert "WARNING" not in built.warnings.replace("WARNING: unknown mimetype", "")


def test_text_builder_gives_a_drawing_instead_of_the_picture(two_pages):
    text = two_pages.build("text").text("index.txt")
    assert "Alpha one" in text
    assert "──rows──►│ ✕ Beta one │" in text
    assert "flowchart" not in text


def test_epub_shows_pictures_as_files(two_pages):
    built = two_pages.build("epub", epub_copyright="x", version="1")
    found = re.search(r'<img class="cdc-image" src="([^"]+)"', built.text("index.xhtml"))
    assert found is not None
    root = ET.fromstring(built.text(found[1]))
    assert "var(" not in ET.tostring(root, encoding="unicode")


MERMAID = "diagram:\n  type: mermaid\n  title: One\n  source: 'flowchart LR; a --> b'\n"


def test_client_engine_leaves_the_drawing_to_the_browser(site):
    site.write("data/one.yaml", MERMAID)
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n```\n")
    built = site.build(cdc_diagram_engine="client")
    assert "flowchart LR" in built.text("index.html")
    assert "import mermaid" in built.text("index.html")
    assert "cdc-frame" not in built.text("index.html")


def test_our_own_pictures_are_drawn_without_an_engine(site):
    site.write("data/one.yaml", MERMAID)
    site.flow("two", "A flow")
    site.write("index.md", "# Index\n\n```{cdc-diagram} two\n```\n\n```{cdc-diagram} one\n```\n")
    page = site.build(cdc_diagram_engine="client").text("index.html")
    assert "A flow" in page.partition("<svg")[2].partition("</svg>")[0]
    assert 'aria-labelledby="one-title"' not in page
    assert "flowchart LR" in page


def test_scripts_weigh_less_than_ten_kilobytes_together(two_pages):
    built = two_pages.build()
    names = ("cdc-diagram.js", "cdc-gallery.js")
    assert sum(len(gzip.compress((built.out / "_static" / name).read_bytes())) for name in names) < 10_000


def test_the_text_beside_a_picture_is_no_html(site):
    site.write(
        "data/one.yaml",
        "diagram:\n  type: flow\n  title: T\n  summary: <i>summary</i> & more\n"
        "  nodes: {a: <i>node</i>, b: {name: B, link: 'https://example.org/?a=1&b=2'}}\n"
        "  flows: [{from: a, to: b, label: <i>edge</i>}]\n",
    )
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n```\n")
    built = site.build()
    assert built.warnings == ""
    html = built.text("index.html")
    assert "<i>" not in html
    for text in ("&lt;i&gt;summary&lt;/i&gt; &amp; more</p>", "&lt;i&gt;node&lt;/i&gt;<ul>", "&lt;i&gt;edge&lt;/i&gt;"):
        assert text in html
    assert 'href="https://example.org/?a=1&amp;b=2"' in html


WIDE = (
    "diagram:\n  type: flow\n  title: Wide\n  direction: LR\n  nodes: {a: A service, b: The database, c: A connector}\n"
)
WIDE += "  flows: [{from: a, to: b, label: insert}, {from: b, to: c, label: change}]\n"


def test_two_forms_have_ids_of_their_own(site):
    site.write("data/wide.yaml", WIDE)
    site.write("data/wide-narrow.yaml", WIDE)
    site.write("index.md", "# A\n\n```{cdc-diagram} wide\n```\n\n```{toctree}\nboth\n```\n")
    site.write("both.md", "# B\n\n```{cdc-diagram} wide\n```\n\n```{cdc-diagram} wide-narrow\n```\n")
    built = site.build()
    alone = re.findall(r'id="([^"]*--[abc])"', built.text("index.html"))
    assert alone == [f"{form}--{node}" for form in ("wide", "wide-narrow") for node in "abc"]
    both = re.findall(r'id="([^"]*--[abc])"', built.text("both.html"))
    forms = ("wide", "wide-narrow", "wide-narrow-narrow")
    assert both == [f"{form}--{node}" for form in forms for node in "abc"]
