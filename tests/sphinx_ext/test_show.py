"""What is below a picture: by default, for a site, for one diagram; comments are never published."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

CLASSES = {
    "explanations": "cdc-explanations",
    "text": "cdc-alternative",
    "sources": "cdc-sources",
    "data": "cdc-data",
    "pages": "cdc-backlinks",
}


@pytest.fixture
def orders(site):
    path = site.flow("orders", "The orders")
    text = path.read_text() + "  sources:\n    - {title: Notes, url: 'https://example.org/'}\n"
    path.write_text(f"# INTERNAL: host db-7, ticket SEC-123\n{text.replace('Alpha orders', 'Alpha # one')}")
    site.write("index.md", "# Index\n\n```{cdc-diagram} orders\n```\n\n```{toctree}\nother\n```\n")
    site.write("other.md", "# Other\n\n{cdc:diagram}`orders`\n")
    return site


def below(built) -> set[str]:
    figure = BeautifulSoup(built.text("index.html"), "html.parser").find("figure", id="orders")
    found = {name for name, kind in CLASSES.items() if figure.find(class_=kind)}
    return found if "cdc-no-tools" in figure["class"] else found | {"tools"}


def test_everything_by_default_but_no_comments(orders):
    built = orders.build()
    assert below(built) == {*CLASSES, "tools"}
    page = built.text("index.html")
    assert "SEC-123" not in page
    assert "Alpha # one" in BeautifulSoup(page, "html.parser").find(class_="cdc-data").get_text()


@pytest.mark.parametrize("setting", ["html_copy_source", "html_show_sourcelink"])
def test_data_only_where_the_site_shows_its_sources(orders, setting):
    assert below(orders.build(**{setting: False})) == {*CLASSES, "tools"} - {"data"}
    assert below(orders.build(**{setting: False}, cdc_diagram_show=["data"])) == {"data"}


@pytest.mark.parametrize("shown", [[], ["text"], ["explanations", "tools"], ["data", "sources", "pages"]])
def test_what_the_site_says(orders, shown):
    assert below(orders.build(cdc_diagram_show=shown)) == set(shown)


@pytest.mark.parametrize(
    ("option", "shown"), [("text, tools", {"text", "tools"}), ("", set()), ("pages data", {"pages", "data"})]
)
def test_a_directive_comes_first(orders, option, shown):
    orders.write(
        "index.md", f"# Index\n\n```{{cdc-diagram}} orders\n:show: {option}\n```\n\n```{{toctree}}\nother\n```\n"
    )
    assert below(orders.build(cdc_diagram_show=["sources"])) == shown


def test_wrong_names_are_said(orders):
    said = "found 'texts', wanted some of explanations, text, sources, data, pages, tools. Did you mean 'text'"
    orders.write("index.md", "# Index\n\n```{cdc-diagram} orders\n:show: texts\n```\n\n```{toctree}\nother\n```\n")
    assert said in orders.build().warnings
    assert "cdc_diagram_show in conf.py: found 'texts' in the list" in orders.build(cdc_diagram_show=["texts"]).warnings


def test_a_book_keeps_the_text(orders):
    assert "Alpha # one" in orders.build("text", cdc_diagram_show=[]).text("index.txt")


def test_comments_of_mermaid_stay_at_home(site):
    source = "diagram:\n  type: mermaid\n  title: M\n  source: |\n    flowchart LR\n      %% SEC-123\n      a --> b\n"
    site.write("data/m.yaml", source)
    site.write("index.md", "# Index\n\n```{cdc-diagram} m\n```\n")
    assert "SEC-123" not in site.build().text("index.html")
