"""Pages with other extensions on them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.util import find_spec

import pytest
from bs4 import BeautifulSoup

from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain


def page(built, name: str = "index.html") -> BeautifulSoup:
    return BeautifulSoup(built.text(name), "html.parser")


def test_sphinx_design_holds_diagrams_in_tabs_cards_and_dropdowns(site):
    for name in ("one", "two", "three", "four"):
        site.flow(name)
    site.write(
        "index.md",
        """\
        # Index

        ::::{tab-set}
        :::{tab-item} First
        ```{cdc-diagram} one
        ```
        :::
        :::{tab-item} Second
        <cdc-diagram ref="two"/>
        :::
        ::::

        :::{dropdown} More
        ```{cdc-diagram} three
        ```
        :::

        :::{card} A card
        ```{cdc-diagram} four
        ```
        :::
        """,
    )
    built = site.build(extensions=["myst_parser", "sphinx_design", "sphinx_diagram_ext"])
    assert built.warnings == ""
    soup = page(built)
    inside = {name: soup.find("figure", id=name) for name in ("one", "two", "three", "four")}
    assert inside["one"].find_parent(class_="sd-tab-content") is not None
    assert inside["two"].find_parent(class_="sd-tab-content") is not None
    assert inside["three"].find_parent("details", class_="sd-dropdown") is not None
    assert inside["four"].find_parent(class_="sd-card-body") is not None
    for figure in inside.values():
        assert figure.find("svg") is not None


def test_copybutton_finds_the_data_once_and_the_mermaid_not_at_all(site):
    site.flow("one")
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n```\n")
    built = site.build(extensions=["myst_parser", "sphinx_copybutton", "sphinx_diagram_ext"])
    assert built.warnings == ""
    selector = built.app.config.copybutton_selector
    assert [pre.find_parent("details")["class"] for pre in page(built).select(selector)] == [["cdc-data"]]


CONDITIONS = """\
# Index

:::{only} html
<cdc-diagram ref="html-only"/>
:::

:::{only} latex or text
<cdc-diagram ref="not-html"/>
:::

:::{only} not epub
```{cdc-diagram} no-book
```
:::

:::{ifconfig} builder == "text"
<cdc-diagram ref="text-only"/>
:::

:::{ifconfig} language == "xx"
<cdc-diagram ref="never"/>
:::

<cdc-diagram ref="always"/>
"""


@pytest.mark.parametrize(
    ("builder", "name", "wanted"),
    [
        ("html", "index.html", ["html-only", "no-book", "always"]),
        ("epub", "index.xhtml", ["html-only", "always"]),
        ("latex", "projectnamenotset.tex", ["not-html", "no-book", "always"]),
        ("text", "index.txt", ["not-html", "no-book", "text-only", "always"]),
        ("man", "projectnamenotset.1", ["no-book", "always"]),
    ],
)
@pytest.mark.parametrize("parallel", [0, 2])
def test_only_and_ifconfig_leave_out_and_let_in(site, builder, name, wanted, parallel):
    for each in ("html-only", "not-html", "no-book", "text-only", "never", "always"):
        site.flow(each, f"Shown {each}")
    site.write("index.md", CONDITIONS)
    extensions = ["myst_parser", "sphinx.ext.ifconfig", "sphinx_diagram_ext"]
    built = site.build(builder, parallel=parallel, extensions=extensions, epub_copyright="x", version="1")
    assert built.warnings == ""
    # By the caption: builders differ in what else they write.
    text = built.text(name).partition("\\renewcommand{\\indexname}")[0]
    text = text.replace("\\-", "-").replace("\\sphinxhyphen{}", "-")
    order = re.findall(r"Shown (html-only|not-html|no-book|text-only|never|always)", text)
    assert [*dict.fromkeys(order)] == wanted
    assert f"cdc: {len(wanted)} diagrams on 1 page" in built.app.status.getvalue()


CONDITIONAL = """\
# Index

```{cdc-diagram-index}
```

- {cdc:diagram}`web`
- {cdc:diagram}`book`

:::{only} html
```{cdc-diagram} web
```
:::

:::{only} latex
::::{only} latex
<cdc-diagram ref="book"/>
::::
:::

:::{only} html and
<cdc-diagram ref="both"/>
:::
"""


@pytest.mark.parametrize(
    ("builder", "name", "here", "missing"),
    [
        ("html", "index.html", ["both", "web"], "book"),
        ("latex", "projectnamenotset.tex", ["book", "both"], "web"),
    ],
)
def test_indexes_have_what_their_output_has(site, builder, name, here, missing):
    for each in ("web", "book", "both"):
        site.flow(each, f"Shown {each}")
    site.write("index.md", CONDITIONAL)
    # The other one first: both share what was read.
    site.build({"html": "latex", "latex": "html"}[builder])
    built = site.build(builder, cdc_diagram_lint=["shown-nowhere"])
    # Sphinx's own, about a condition that ends with "and", once for each time that it asks.
    said = {line.partition("WARNING: ")[2] for line in built.warnings.splitlines() if "exception while" not in line}
    assert said - {""} == {
        f"No page of this output shows the diagram {missing!r}, so nothing can refer to it. [cdc.unknown-diagram]",
        "No page shows the diagram 'spare'; show it or remove its file. [cdc.lint-shown-nowhere]",
    }
    assert sorted(DiagramDomain.of(built.app.env).diagrams()) == here
    text = built.text(name)
    assert [f"Shown {each}" in text for each in ("both", "book", "web")] == [
        each in here for each in ("both", "book", "web")
    ]
    if builder == "html":
        exported = json.loads(built.text("diagrams.json"))["diagrams"]
        assert [item["id"] for item in exported] == here


def test_a_plain_mermaid_directive_on_the_same_page_keeps_its_script(site):
    site.flow("one")
    mermaid = "```{mermaid}\nflowchart LR\n  a --> b\n```\n"
    site.write("index.md", f"# Index\n\n```{{cdc-diagram}} one\n```\n\n{mermaid}\n```{{toctree}}\nalone\n```\n")
    site.write("alone.md", "# Alone\n\n```{cdc-diagram} one\n```\n")
    built = site.build()
    assert built.warnings == ""
    assert "import mermaid" in built.text("index.html")
    assert len(page(built).select("figure.cdc-diagram .cdc-frame > svg")) == 2
    assert len(page(built).select("pre.mermaid")) == 1
    assert "import mermaid" not in built.text("alone.html")


@pytest.mark.skipif(find_spec("myst_nb") is None, reason="myst-nb is not installed")
def test_a_notebook_page_shows_diagrams(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "conf.py").write_text(
        'extensions = ["myst_nb", "sphinx_diagram_ext"]\ncdc_diagram_path = ["data"]\n'
        'nb_execution_mode = "off"\nsuppress_warnings = ["myst-nb.lexer"]\nhtml_theme = "basic"\n'
    )
    (tmp_path / "data" / "one.yaml").write_text(
        "diagram:\n  type: flow\n  title: One\n  nodes: {a: {name: A, explain: Why}, b: {name: B}}\n"
        "  flows: [{from: a, to: b}]\n"
    )
    (tmp_path / "index.md").write_text(
        "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n# Notebook\n\n```{cdc-diagram} one\n```\n\n"
        '<cdc-diagram ref="one"/>\n\n```{code-cell} ipython3\n"<cdc-diagram ref=\'one\'/>"\n```\n\n{cdc:node}`one#a`\n'
    )
    # A process of its own: myst-nb brings more than this one needs, with warnings of its own.
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "sphinx",
        "-qW",
        "-b",
        "html",
        str(tmp_path),
        str(tmp_path / "out"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<figure [^>]*id="([^"]+)"', html) == ["one", "one-2"]
    assert 'href="#one--a"' in html
    assert "cdc-diagram ref=" in BeautifulSoup(html, "html.parser").find(class_="cell_input").get_text()


def test_addresses_stay_the_same_between_builds_and_versions(site):
    site.flow("net/one")
    site.write("index.md", "# Index\n\n```{cdc-diagram} net/one\n```\n")
    ids = []
    for version in ("1.0", "2.0"):
        built = site.build(version=version, release=version, freshenv=True)
        ids.append(re.findall(r'\bid="([^"]*)"', built.text("index.html")))
        site.write("index.md", "# Index\n\nOther words.\n\n## Before it\n\n```{cdc-diagram} net/one\n```\n")
    assert [name for name in ids[1] if name.startswith("net-one")] == [n for n in ids[0] if n.startswith("net-one")]
    assert {"net-one", "net-one--a", "net-one--b", "net-one--a-text"} <= set(ids[0])
