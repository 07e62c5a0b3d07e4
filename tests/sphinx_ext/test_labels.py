"""Ids and aliases as labels: ref, numref, any and Markdown links, at home and from another project."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from sphinx.util.inventory import InventoryFile

pytestmark = pytest.mark.filterwarnings("ignore:'myst_parser.sphinx_ext.myst_refs")

FORMS = {
    "{ref}`shop/Orders`": "Orders",
    "{ref}`text <shop/Orders>`": "text",
    "{numref}`shop/Orders`": "Diagram 1",
    "{numref}`Pic {number}: {name} <shop/Orders>`": "Pic 1: Orders",
    "{any}`shop/Orders`": "Orders",
    "[](#shop/Orders)": "Orders",
    "[text](#shop/Orders)": "text",
    "{ref}`old-orders`": "Orders",
    "{numref}`old-orders`": "Diagram 1",
    "[text](#old-orders)": "text",
    "{cdc:diagram}`old-orders`": "Orders",
}


@pytest.fixture
def orders(site):
    path = site.flow("shop/Orders", "Orders")
    path.write_text(path.read_text() + "  aliases: [old-orders]\n")
    site.write("index.md", "# Index\n\n```{toctree}\na\nb\n```\n")
    site.write("a.md", "# A\n\n```{cdc-diagram} shop/Orders\n```\n")
    return site


def test_every_form_leads_to_the_diagram(orders):
    orders.write("b.md", "# B\n\n" + "".join(f"- {form}\n" for form in FORMS))
    built = orders.build(nitpicky=True)
    assert built.warnings == ""
    body = BeautifulSoup(built.text("b.html"), "html.parser").find("section", id="b")
    found = [(link.get_text(), link["href"]) for link in body.select("li a")]
    assert found == [(text, "a.html#shop-Orders") for text in FORMS.values()]


@pytest.mark.parametrize("builder", ["latex", "text"])
def test_other_formats_resolve_them(orders, builder):
    orders.write("b.md", "# B\n\n" + "".join(f"- {form}\n" for form in FORMS))
    assert orders.build(builder, nitpicky=True).warnings == ""


def test_a_label_of_the_author_comes_first(orders):
    orders.write("b.md", "# B\n\n(shop/orders)=\n## Mine\n\n{ref}`shop/orders`\n")
    built = orders.build()
    assert BeautifulSoup(built.text("b.html"), "html.parser").select_one("p a")["href"] == "#shop-orders"


def test_the_inventory_has_ids_and_aliases_once(orders):
    orders.write("b.md", "# B\n")
    built = orders.build()
    found = InventoryFile.loads((built.out / "objects.inv").read_bytes(), uri="").data
    assert {name for name in found["cdc:diagram"] if "orders" in name.lower()} == {"shop/Orders", "old-orders"}
    assert found["cdc:diagram"]["old-orders"].uri == "a.html#shop-Orders"
    assert set(found["cdc:node"]) == {"shop/Orders#a", "shop/Orders#b", "old-orders#a", "old-orders#b"}
    assert not [name for name in found.get("std:label", {}) if "orders" in name.lower()]


def test_what_is_no_label_is_said_as_before(orders):
    orders.write("b.md", "# B\n\n{ref}`x <shop/ordres>` {numref}`ordres`\n")
    assert orders.build().warnings.count("undefined label") == 2
