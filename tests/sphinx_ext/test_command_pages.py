"""Commands on pages: text to copy in every output, and what is said about it in the language of the site."""

from __future__ import annotations

import json
import textwrap
from importlib.resources import files

import jsonschema
import pytest
from bs4 import BeautifulSoup
from site_output import drawn
from test_translation import catalogue

PAGES = {"md": "# Page\n\n```{cdc-diagram} one\n```\n", "rst": "Page\n====\n\n.. cdc-diagram:: one\n"}
RUN = """\
psql -c "SELECT 1" \\
  | grep '*a* {ref}`x` |release| :doc:`y` <b>&amp; $x$ {{ z }} -- ...'

exit 0"""
BOARD = """\
diagram:
  type: dashboard
  title: Board
  rows:
    r:
      panels:
        p:
          explain: Why *so*
          run: |
{run}
          expect: One `row`
          then: |
            Go on

            or stop
        q: {{name: Quiet}}
"""
STEPS = """\
diagram:
  type: failure-sequence
  title: Steps
  participants: {a: A}
  steps:
    - {failure: "It is\\n down", over: [a], run: top, expect: "<i>x"}
"""


def board(run: str = RUN) -> str:
    return BOARD.format(run=textwrap.indent(run, " " * 12))


@pytest.fixture(params=PAGES)
def page(site, request):
    site.write("data/one.yaml", board())
    site.write(f"index.{request.param}", PAGES[request.param])
    return site


def definition(html: str):
    return BeautifulSoup(html, "html.parser").select_one(".cdc-explained dd")


def test_a_command_is_the_text_of_the_file_on_every_page(page):
    built = page.build()
    assert built.warnings == ""
    found = definition(built.text("index.html"))
    assert [part.name for part in found.find_all(recursive=False)] == ["p", "div", "p", "p", "p"]
    assert [part.get_text() for part in found.find_all("p")] == ["Why so", "Expect: One row", "Then: Go on", "or stop"]
    block = found.select_one("div.cdc-command.highlight-text.notranslate > div.highlight > pre")
    assert block.get_text().rstrip("\n") == RUN
    # Nothing in it is markup, nor coloured as that of some language.
    assert [part.name for part in block.select("*") if part.get_text()] == []


@pytest.mark.parametrize(
    ("builder", "name"),
    [("latex", "*.tex"), ("text", "index.txt"), ("man", "*.1"), ("texinfo", "*.texi"), ("epub", "index.xhtml")],
)
def test_every_output_has_commands(page, builder, name):
    built = page.build(builder)
    (path,) = built.out.glob(name)
    text = path.read_text(encoding="utf-8")
    assert "SELECT 1" in text
    assert text.index("Why") < text.index("SELECT 1") < text.index("Expect: ") < text.index("Then: ")
    assert "{ref}" in text.replace(r"\PYGZob{}", "{").replace(r"\PYGZcb{}", "}").replace("@{", "{").replace("@}", "}")


def test_long_commands_are_not_numbered_nor_highlighted(site):
    lines = "\n".join(f"echo {number}" for number in range(20))
    site.write("data/one.yaml", board(lines))
    site.write("index.md", "# Page\n\n```{highlight} python\n:linenothreshold: 2\n```\n\n```{cdc-diagram} one\n```\n")
    block = definition(site.build().text("index.html")).select_one(".cdc-command pre")
    assert block.get_text().strip() == lines


def test_a_step_is_named_by_its_text_and_has_no_anchor(site):
    site.write("data/one.yaml", STEPS)
    site.write("index.md", PAGES["md"])
    built = site.build()
    assert built.warnings.replace(f"{site.folder}/", "").startswith("data/one.yaml:6: WARNING: ")
    html = BeautifulSoup(built.text("index.html"), "html.parser")
    (term,) = html.select(".cdc-explained dt")
    assert (term.get_text(), term.get("id")) == ("It is down", None)
    assert html.select_one(".cdc-explained .cdc-command").get_text().strip() == "top"
    (step,) = html.select(".cdc-alternative pre.cdc-command")
    assert "It is down" in step.parent.get_text()
    texinfo = site.build("texinfo")
    (path,) = texinfo.out.glob("*.texi")
    assert "@anchor{}" not in path.read_text(encoding="utf-8")


def test_the_text_alternative_has_commands(page):
    html = BeautifulSoup(page.build().text("index.html"), "html.parser")
    first, second = html.select(".cdc-alternative > ul > li > ul.simple > li")
    assert first.select_one("pre.cdc-command").get_text() == RUN
    assert [item.get_text() for item in first.select("ul > li")] == ["Expect: One row", "Then: Go on\n\nor stop"]
    assert second.select("pre") == []


def test_a_node_with_a_command_alone_is_explained(site):
    site.write("data/one.yaml", board().replace("          explain: Why *so*\n", ""))
    site.write("index.md", PAGES["md"] + "\n{cdc:node}`one#p`\n")
    built = site.build()
    assert built.warnings == ""
    html = BeautifulSoup(built.text("index.html"), "html.parser")
    assert [term["id"] for term in html.select(".cdc-explained dt")] == ["one--p-text"]
    (entry,) = json.loads(built.text("diagrams.json"))["diagrams"]
    assert [node["explanation"] for node in entry["nodes"]] == ["", ""]


def test_without_explanations_there_are_no_commands(site):
    site.write("data/one.yaml", board())
    site.write("index.md", "# Page\n\n```{cdc-diagram} one\n:no-explain:\n```\n")
    built = site.build()
    html = BeautifulSoup(built.text("index.html"), "html.parser")
    assert html.select(".cdc-command") == []
    assert json.loads(built.text("diagrams.json"))["diagrams"][0]["commands"] == []


def test_the_export_has_commands_as_text(page):
    page.write("data/two.yaml", STEPS.replace("<i>x", "x"))
    page.write("two.md", "---\norphan: true\n---\n# Two\n\n```{cdc-diagram} two\n```\n")
    content = json.loads(page.build().text("diagrams.json"))
    schema = files("sphinx_diagram_ext.sphinx_ext").joinpath("static", "diagrams.schema.json")
    jsonschema.validate(content, json.loads(schema.read_text(encoding="utf-8")))
    assert [entry["commands"] for entry in content["diagrams"]] == [
        [{"node": "p", "about": "P", "run": RUN, "expect": "One row", "then": "Go on\n\nor stop"}],
        [{"node": "", "about": "It is down", "run": "top", "expect": "x", "then": ""}],
    ]


def test_catalogues_have_what_is_said_and_not_the_lines(page):
    text = page.build("gettext", gettext_additional_targets=["literal-block"]).text("index.pot")
    for line, message in ((14, "One `row`"), (15, "Go on"), (15, "or stop")):
        assert text.count(f'#: ../../data/one.yaml:{line}\nmsgid "{message}"') == 1
    assert "SELECT" not in text


def test_what_is_said_is_translated_and_the_lines_are_not(page):
    catalogue(page, "index", {"One `row`": "Одна `строка`", "Go on": "Продолжайте", RUN: "rm"})
    built = page.build(language="ru", locale_dirs=["locales"], gettext_additional_targets=["literal-block"])
    assert built.warnings == ""
    found = definition(built.text("index.html"))
    assert [part.get_text() for part in found.find_all("p")[1:]] == [
        "Ожидается: Одна строка",
        "Дальше: Продолжайте",
        "or stop",
    ]
    assert found.select_one(".cdc-command").get_text().strip() == RUN


def test_another_command_reads_its_page_and_draws_nothing(site):
    site.write("data/one.yaml", board())
    site.write("index.md", "# Index\n\n```{toctree}\na\nb\n```\n")
    site.write("a.md", PAGES["md"])
    site.write("b.md", "# B\n")
    assert drawn(site.build()) == 1
    site.write("data/one.yaml", board("true"))
    built = site.build()
    assert (built.read, drawn(built)) == (["a"], 0)
    assert definition(built.text("a.html")).select_one(".cdc-command").get_text().strip() == "true"
    site.write("data/one.yaml", board().replace("{name: Quiet}", "{name: Quiet, run: x}"))
    built = site.build()
    assert (built.read, drawn(built)) == (["a"], 1)


def test_readers_of_a_gallery_find_commands(site):
    site.write("data/one.yaml", board())
    for number in range(8):
        site.flow(f"more-{number}")
    pages = "".join(f"```{{cdc-diagram}} {name}\n```\n\n" for name in ("one", *(f"more-{n}" for n in range(8))))
    site.write("index.md", f"# Index\n\n{pages}```{{cdc-diagram-index}}\n:style: gallery\n```\n")
    words = site.build().text("_static/cdc-gallery-words.js")
    assert "psql" in words
