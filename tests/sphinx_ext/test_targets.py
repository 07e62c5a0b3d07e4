"""What a node leads to: pages, labels, objects and other diagrams, resolved as Sphinx resolves references."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

pytestmark = pytest.mark.filterwarnings("ignore:'myst_parser.sphinx_ext.myst_refs")

NODES = """\
diagram:
  type: flow
  title: Shop
  nodes:
    page: {name: Page, link: {doc: sub/page}}
    suffix: {name: Suffix, link: {doc: /sub/page.md}}
    label: {name: Label, link: {ref: The-Label}}
    object: {name: Object, link: {'py:func': shop.pay}}
    any: {name: Any, link: {any: shop.pay}}
    deeper: {name: Deeper, explain: More, link: {diagram: orders}}
    node: {name: Node, link: {diagram: "orders#a"}}
    url: {name: Address, link: 'https://example.org/'}
    none: {name: None}
  flows:
    - {from: page, to: deeper}
"""

WANTED = {
    "Page": "page.html",
    "Suffix": "page.html",
    "Label": "page.html#the-label",
    "Object": "page.html#shop.pay",
    "Any": "page.html#shop.pay",
    "Deeper": "../orders.html#orders",
    "Node": "../orders.html#orders--a",
    "Address": "https://example.org/",
}


@pytest.fixture
def shop(site):
    site.write("data/shop.yaml", NODES)
    site.flow("orders", "Orders")
    site.write("index.md", "# Index\n\n```{toctree}\nsub/shop\nsub/page\norders\n```\n")
    site.write("sub/shop.md", "# The shop\n\n```{cdc-diagram} shop\n```\n")
    site.write("sub/page.md", "# Page\n\n(the-label)=\n## Part\n\n```{py:function} shop.pay()\n```\n")
    site.write("orders.md", "# All orders\n\n```{cdc-diagram} orders\n```\n")
    return site


def test_nodes_and_their_texts_lead_there(shop):
    built = shop.build()
    assert built.warnings == ""
    figure = BeautifulSoup(built.text("sub/shop.html"), "html.parser").find("figure", id="shop")
    wide = figure.find("svg")
    drawn = {" ".join(link.get_text(" ").split()): link.get("href") for link in wide.find_all("a")}
    assert {name: drawn[name] for name in WANTED} == WANTED
    listed = figure.find(class_="cdc-alternative").find_all("a", class_="reference")
    assert {
        link.get_text(): link["href"]
        for link in listed
        if link.get_text() in WANTED and not link["href"].startswith("#")
    } == WANTED


def test_the_other_diagram_names_the_page_it_is_opened_from(shop):
    backlinks = BeautifulSoup(shop.build().text("orders.html"), "html.parser").find(class_="cdc-backlinks")
    assert [(link.get_text(), link["href"]) for link in backlinks.find_all("a")] == [("The shop", "sub/shop.html")]


@pytest.mark.parametrize("builder", ["latex", "text", "man", "texinfo", "epub", "singlehtml", "gettext"])
def test_every_format_takes_them(shop, builder):
    assert "[cdc." not in shop.build(builder, copyright="x", version="1").warnings


def test_the_same_picture_serves_pages_in_other_folders(shop):
    shop.write("top.md", "---\norphan: true\n---\n# Top\n\n```{cdc-diagram} shop\n```\n")
    built = shop.build()
    assert 'href="sub/page.html#the-label"' in built.text("top.html")
    assert 'href="page.html#the-label"' in built.text("sub/shop.html")


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("{doc: nowhere}", "unknown document: '/nowhere' [ref.doc]"),
        ("{ref: nowhere}", "undefined label: 'nowhere' [ref.ref]"),
        ("{diagram: orderz}", "There is no diagram 'orderz' to refer to. Did you mean 'orders'? [cdc.unknown-diagram]"),
        ("{diagram: 'orders#z'}", "The diagram 'orders' has no node 'z'. [cdc.unknown-node]"),
        ("{'py:clas': x}", "There is no role 'py:clas' for a link. Did you mean 'py:class' or "),
        ("{'std:nothing': x}", "There is no role 'std:nothing' for a link."),
    ],
)
def test_what_is_not_there_is_a_warning_at_the_line_of_the_data(shop, link, said):
    shop.write("data/shop.yaml", f"diagram:\n  type: flow\n  title: Shop\n  nodes:\n    a: {{name: A, link: {link}}}\n")
    warnings = shop.build().warnings
    assert f"data/shop.yaml:5: WARNING: {said}" in warnings
    assert len(warnings.splitlines()) == 1
