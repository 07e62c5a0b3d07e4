"""The switch ``cdc_diagram_mermaid``: Mermaid that stands in pages, drawn and checked by this extension."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

FLOW = "flowchart LR\n  a[Alpha box] --> b[Beta box]\n"
BAD = "flowchart LR\n  a[Alpha] --> b[Beta\n"

FORMS = {
    "directive.md": f"```{{mermaid}}\n{FLOW}```\n",
    "fence.md": f"```mermaid\n{FLOW}```\n",
    "colon.md": f":::{{mermaid}}\n{FLOW}:::\n",
    "rest.rst": ".. mermaid::\n\n" + "".join(f"   {line}\n" for line in FLOW.splitlines()),
}
FRONT = "---\ntitle: Own title\nconfig:\n  flowchart:\n    curve: linear\n---\n"


def page(site, name: str, body: str, heading: str = "Login flow") -> None:
    rule = "=" * len(heading)
    site.write(name, f"{heading}\n{rule}\n\nBefore.\n\n{body}\nAfter.\n")


def index(site, *names: str) -> None:
    listed = "\n".join(name.rpartition(".")[0] for name in names)
    site.write("index.md", f"# Index\n\n```{{toctree}}\n{listed}\n```\n")


def figures(built, name: str) -> list[BeautifulSoup]:
    return BeautifulSoup(built.text(name), "html.parser").find_all("figure", class_="cdc-diagram")


def test_every_form_is_drawn_and_indexed(site):
    for name, body in FORMS.items():
        page(site, name, body)
    index(site, *FORMS)
    built = site.build(cdc_diagram_mermaid=True)
    assert built.warnings == ""
    for name in FORMS:
        stem = name.rpartition(".")[0]
        (figure,) = figures(built, f"{stem}.html")
        assert figure["id"] == f"{stem}-login-flow"
        assert "Alpha box" in figure.svg.get_text()
        assert figure.find(class_="caption-text") is None
        assert figure.svg.title.get_text() == "Login flow"
        assert "Before." in built.text(f"{stem}.html")
        assert "mermaid.esm" not in built.text(f"{stem}.html")
        assert "cdn.jsdelivr" not in built.text(f"{stem}.html")
    assert "Login flow (diagram)" in built.text("genindex.html")
    found = (built.out / "searchindex.js").read_text(encoding="utf-8")
    assert "alpha" in found


def test_without_the_switch_nothing_changes(site):
    for name in ("directive.md", "rest.rst"):
        page(site, name, FORMS[name])
    index(site, "directive.md", "rest.rst")
    built = site.build()
    assert built.warnings == ""
    assert figures(built, "directive.html") == figures(built, "rest.html") == []
    assert 'class="mermaid"' in built.text("directive.html")


def test_the_switch_rebuilds_every_page_and_back(site):
    page(site, "fence.md", FORMS["fence.md"])
    page(site, "rest.rst", FORMS["rest.rst"])
    index(site, "fence.md", "rest.rst")
    off = site.build(suppress_warnings=["misc.highlighting_failure"])
    before = {name: off.text(name) for name in ("fence.html", "rest.html")}
    on = site.build(cdc_diagram_mermaid=True)
    assert on.read == ["fence", "index", "rest"]
    assert len(figures(on, "fence.html")) == len(figures(on, "rest.html")) == 1
    again = site.build(cdc_diagram_mermaid=True)
    assert again.read == again.written == []
    back = site.build(suppress_warnings=["misc.highlighting_failure"])
    assert {name: back.text(name) for name in before} == before


@pytest.mark.parametrize("opening", ["```{mermaid}", "```mermaid"])
def test_front_matter_and_init_are_read(site, opening):
    site.write("index.md", f"# Page\n\n{opening}\n{FRONT}%%{{init: {{'theme': 'base'}}}}%%\n{FLOW}```\n")
    built = site.build(cdc_diagram_mermaid=True)
    assert built.warnings == ""
    (figure,) = figures(built, "index.html")
    assert figure.svg.title.get_text() == "Own title"
    assert "curve: linear" in figure.find("pre", class_="cdc-mermaid").get_text()


def test_front_matter_in_rest(site):
    body = "".join(f"   {line}\n" for line in (FRONT + FLOW).splitlines())
    site.write("page.rst", f"Page\n====\n\n.. mermaid::\n\n{body}")
    index(site, "page.rst")
    built = site.build(cdc_diagram_mermaid=True)
    assert built.warnings == ""
    assert figures(built, "page.html")[0].svg.title.get_text() == "Own title"


def test_options_of_sphinxcontrib_mermaid(site):
    options = (
        ":name: own-name\n:alt: Spoken\n:align: left\n:caption: A *caption*\n:zoom:\n"
        ':title: In the picture\n:config: {"flowchart": {"curve": "linear"}}\n'
    )
    site.write("index.md", f"# Page\n\n```{{mermaid}}\n{options}\n{FLOW}```\n\nSee {{ref}}`own-name`.\n")
    built = site.build(cdc_diagram_mermaid=True)
    assert built.warnings == ""
    (figure,) = figures(built, "index.html")
    assert figure["id"] == "own-name"
    assert "align-left" in figure["class"]
    assert figure.svg["aria-label"] == "Spoken"
    assert figure.find(class_="caption-text").em.get_text() == "caption"
    assert "In the picture" in figure.svg.get_text()


def test_a_file_beside_the_page(site):
    site.write("flow.mmd", FLOW)
    site.write("index.md", "# Page\n\n```{mermaid} flow.mmd\n```\n")
    assert "Beta box" in site.build(cdc_diagram_mermaid=True).text("index.html")
    path = site.write("flow.mmd", FLOW.replace("Beta", "Gamma"))
    site.touch(path)
    assert "Gamma box" in site.build(cdc_diagram_mermaid=True).text("index.html")


def test_a_file_outside_the_site_is_not_read(site):
    (site.folder.parent / "secret.mmd").write_text("flowchart LR\n  secret --> b\n", encoding="utf-8")
    site.write("index.md", "# Page\n\n```{mermaid} ../secret.mmd\n```\n")
    built = site.build(cdc_diagram_mermaid=True)
    assert "leads out of its data folder" in built.warnings
    assert "secret --" not in built.text("index.html")


@pytest.mark.parametrize(
    ("name", "body", "line"),
    [
        ("one.md", f"```{{mermaid}}\n{BAD}```\n", 8),
        ("one.md", f"```mermaid\n{BAD}```\n", 8),
        ("one.md", f"```{{mermaid}}\n:caption: x\n\n{BAD}```\n", 10),
        ("one.md", f"```mermaid\n{FRONT}{BAD}```\n", 14),
        ("one.md", f'```{{mermaid}}\n:config: {{"theme": "base"}}\n\n{BAD}```\n', 10),
        ("one.md", f"- item\n\n  ```mermaid\n  {BAD.splitlines()[0]}\n  {BAD.splitlines()[1]}\n  ```\n", 10),
        ("one.rst", ".. mermaid::\n\n   flowchart LR\n     a[Alpha] --> b[Beta\n", 9),
        ("one.rst", ".. mermaid::\n   :caption: x\n\n   flowchart LR\n     a[Alpha] --> b[Beta\n", 10),
    ],
)
def test_an_error_has_the_line_of_the_page(site, name, body, line):
    page(site, name, body)
    index(site, name)
    built = site.build(cdc_diagram_mermaid=True)
    assert f"{name}:{line}: WARNING: The Mermaid source does not parse" in built.warnings
    assert built.warnings.count("WARNING") == 1
    assert "a[Alpha]" in BeautifulSoup(built.text("one.html"), "html.parser").find("pre").get_text()


def test_front_matter_that_is_no_yaml(site):
    site.write("index.md", f"# Page\n\n```mermaid\n---\nconfig: [a\n---\n{FLOW}```\n")
    built = site.build(cdc_diagram_mermaid=True)
    assert "In the front matter:" in built.warnings
    assert "index.md:5" in built.warnings or "index.md:6" in built.warnings


def test_front_matter_that_is_never_closed(site):
    site.write("index.md", f"# Page\n\n```mermaid\n---\ntitle: x\n{FLOW}```\n")
    built = site.build(cdc_diagram_mermaid=True)
    assert "index.md:4: WARNING: The Mermaid source does not parse" in built.warnings


def test_config_that_is_no_json(site):
    site.write("index.md", f"# Page\n\n```{{mermaid}}\n:config: theme=forest\n\n{FLOW}```\n")
    built = site.build(cdc_diagram_mermaid=True)
    assert "index.md:3: WARNING: The option ':config:' is no JSON" in built.warnings


def test_an_empty_diagram(site):
    site.write("index.md", "# Page\n\n```{mermaid}\n```\n")
    assert "index.md:3: WARNING: The diagram is empty" in site.build(cdc_diagram_mermaid=True).warnings


def test_ids_are_of_page_and_heading_and_numbered(site):
    fence = f"```mermaid\n{FLOW}```\n\n"
    site.write("index.md", f"{fence}# Page\n\n{fence}## The *login*: flow\n\n{fence}{fence}## Поток\n\n{fence}")
    built = site.build(cdc_diagram_mermaid=True)
    assert built.warnings == ""
    titles = [figure.svg.title.get_text() for figure in figures(built, "index.html")]
    assert titles == ["index/diagram", "Page", "The login: flow", "The login: flow", "Поток"]
    names = sorted(built.app.env.get_domain("cdc").diagrams())
    assert names == ["index/diagram", "index/page", "index/the-login-flow", "index/the-login-flow-2", "index/поток"]


def test_two_diagrams_with_one_name(site):
    fence = f"```{{mermaid}}\n:name: same\n\n{FLOW}```\n\n"
    site.write("index.md", f"# Page\n\n{fence}{fence}")
    built = site.build(cdc_diagram_mermaid=True)
    assert len(figures(built, "index.html")) == 2
    assert "same" in built.warnings


def test_nodes_can_be_referred_to(site):
    site.write("index.md", f"# Page\n\n```mermaid\n{FLOW}```\n\nSee {{cdc:node}}`index/page#a`.\n")
    built = site.build(cdc_diagram_mermaid=True)
    assert built.warnings == ""
    assert 'href="#index-page--a"' in built.text("index.html")


def test_the_linter_does_not_ask_for_what_a_fence_cannot_say(site):
    site.write("index.md", f"# Page\n\n```mermaid\n{FLOW}```\n")
    (site.folder / "data" / "spare.yaml").unlink()
    built = site.build(cdc_diagram_mermaid=True, cdc_diagram_lint=True, cdc_diagram_path=[])
    assert built.warnings == ""


@pytest.mark.parametrize("builder", ["text", "latex", "man", "texinfo", "epub", "singlehtml", "xml", "gettext"])
def test_every_builder_shows_it(site, builder):
    site.write("index.md", f"# Page\n\n```mermaid\n{FLOW}```\n")
    built = site.build(builder, cdc_diagram_mermaid=True)
    assert "cdc" not in built.warnings


def test_a_value_that_is_no_bool(site):
    site.write("index.md", "# Page\n")
    assert "cdc_diagram_mermaid in conf.py: found 1, wanted bool." in site.build(cdc_diagram_mermaid=1).warnings


def test_hostile_text_of_a_fence_stays_text(site):
    source = 'flowchart LR\n  a["<script>alert(1)</script>"] --> b["<img src=x onerror=alert(1)>"]\n'
    site.write("index.md", f'# Page\n\n```mermaid\n{source}  click a "javascript:alert(1)"\n```\n')
    html = site.build(cdc_diagram_mermaid=True).text("index.html")
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html
    assert 'href="javascript:' not in html
