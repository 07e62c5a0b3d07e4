"""A broken diagram is said once, references to it stay quiet, and the page shows the message."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

pytestmark = pytest.mark.filterwarnings("ignore:'myst_parser.sphinx_ext.myst_refs")

BAD = "diagram:\n  type: flow\n  titel: Orders\n  nodes: {a: A}\n  flows:\n    - {from: a, to: '<b>'}\n"

SAID = "data/shop/orders.yaml:3: WARNING: Unknown key 'titel'. Did you mean 'title'? [cdc.unknown-key]"

REFERENCES = (
    "{cdc:diagram}`shop/orders` {cdc:diagram}`Text <shop/orders>` {cdc:node}`shop/orders#a` {ref}`Text <shop/orders>`"
    " {ref}`shop/orders` {numref}`shop/orders` {numref}`Pic {number} <shop/orders>` {any}`shop/orders` [](#shop/orders)"
    " [text](#shop/orders)\n"
)


@pytest.fixture
def broken(site):
    site.write("data/shop/orders.yaml", BAD.replace("  flows:\n    - {from: a, to: '<b>'}\n", ""))
    site.write("index.md", "# Index\n\n```{toctree}\na\nb\n```\n\n```{cdc-diagram} shop/orders\n```\n\nThe end.\n")
    site.write(
        "a.md", f"# A\n\n```{{cdc-diagram}} shop/orders\n```\n\n<cdc-diagram ref='shop/orders'/>\n\n{REFERENCES}"
    )
    site.write("b.md", f"# B\n\n{REFERENCES}")
    return site


def lines(built, site) -> list[str]:
    return built.warnings.replace(f"{site.folder}/", "").splitlines()


@pytest.mark.parametrize("parallel", [0, 2])
def test_it_is_said_once_and_references_are_quiet(broken, parallel):
    assert lines(broken.build(parallel=parallel, nitpicky=True), broken) == [SAID]


def test_the_page_shows_the_message(broken):
    built = broken.build()
    for page, times in (("index.html", 1), ("a.html", 2), ("b.html", 0)):
        boxes = BeautifulSoup(built.text(page), "html.parser").find_all(class_="cdc-missing")
        assert len(boxes) == times
        for box in boxes:
            assert box.strong.get_text() == "This diagram cannot be shown: shop/orders"
            assert [item.get_text() for item in box.find_all("li")] == [
                "data/shop/orders.yaml:3:3 Unknown key 'titel'. Did you mean 'title'?"
            ]
    assert str(broken.folder) not in built.text("a.html")
    assert "cdc-diagram.css" in built.text("index.html")


def test_references_lead_to_the_message(broken):
    built = broken.build()
    links = BeautifulSoup(built.text("b.html"), "html.parser").select(
        "[role=main] a[href*='#shop'], .body a[href*='#shop']"
    )
    assert {link["href"] for link in links} == {"a.html#shop-orders"}
    assert len(links) == 10
    assert 'id="shop-orders"' in built.text("a.html")


def test_names_of_data_are_escaped_in_the_message(site):
    site.write("data/orders.yaml", BAD.replace("titel", "title"))
    site.write("index.md", "# Index\n\n```{cdc-diagram} orders\n```\n")
    page = site.build().text("index.html")
    assert "There is no node &#x27;&lt;b&gt;&#x27; here." in page or "There is no node '&lt;b&gt;' here." in page
    assert "<b>" not in page


@pytest.mark.parametrize("builder", ["text", "latex", "epub", "man"])
def test_other_formats_leave_it_out(broken, builder):
    built = broken.build(builder)
    assert [line for line in lines(built, broken) if "[cdc." in line] == [SAID]


def test_a_diagram_in_the_page_is_said_at_its_line(site):
    body = "diagram:\n  type: flow\n  titel: x\n  nodes: {a: }\n"
    site.write("index.md", f"# Index\n\n```{{cdc-diagram}}\n:name: mine\n{body}```\n\n{{ref}}`x <mine>`\n")
    assert lines(site.build(), site) == [
        "index.md:7: WARNING: Unknown key 'titel'. Did you mean 'title'? [cdc.unknown-key]"
    ]


def test_only_what_is_read_again_is_said_again_and_a_repair_is_shown(broken):
    broken.build()
    assert lines(broken.build(), broken) == []
    broken.touch(broken.write("a.md", "# A\n\n```{cdc-diagram} shop/orders\n```\n"))
    assert lines(broken.build(), broken) == [SAID]
    broken.touch(broken.write("b.md", "# B\n\n{cdc:diagram}`shop/orders`\n"))
    path = broken.flow("shop/orders", "Orders")
    broken.touch(path)
    built = broken.build()
    assert lines(built, broken) == []
    assert "cdc-missing" not in built.text("index.html")
    assert 'cdc-diagram-ref">Orders</span>' in built.text("b.html")


def test_a_diagram_that_is_in_no_file_is_said_where_it_is_asked_for(site):
    site.write("index.md", "# Index\n\n```{cdc-diagram} nowhere\n```\n\n```{cdc-diagram} nowhere\n```\n")
    assert [line.split(" ")[0] for line in lines(site.build(), site)] == ["index.md:3:", "index.md:6:"]
