"""What a browser does with the documentation."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

GALLERY = "course/module-4/index.html"
LABELS = (Path(__file__).parent / "labels.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(("width", "scheme"), [(1300, "light"), (390, "dark")])
def test_no_label_leaves_its_box_and_no_page_scrolls_sideways(browser, docs_site, width, scheme):
    address, pages = docs_site
    assert pages
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    elsewhere: list[str] = []
    page.on("request", lambda request: elsewhere.append(request.url) if not request.url.startswith(address) else None)
    problems: list[str] = []
    checked = 0
    for name in pages:
        page.goto(address + name)
        found = page.evaluate(LABELS)
        checked += found["checked"]
        problems += [f"{name}: {item}" for item in found["wrong"]]
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            problems.append(f"{name}: scrolls sideways by {wide} px")
    context.close()
    assert problems == []
    assert elsewhere == []
    assert checked > 100


def test_diagrams_show_without_scripts(browser, docs_site):
    address, pages = docs_site
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + pages[0])
    picture = page.locator(".cdc-frame > svg").first
    assert picture.bounding_box()["width"] > 100
    context.close()


def test_dark_and_light_differ_by_style_alone(browser, docs_site):
    address, pages = docs_site
    colours = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(address + pages[0])
        colours[scheme] = page.evaluate(
            "getComputedStyle(document.querySelector('.cdc-frame > svg .cdc-node :is(rect, path)')).fill"
        )
        context.close()
    assert colours["light"] != colours["dark"]


def test_node_link_arrives_at_the_node(browser, docs_site):
    address, pages = docs_site
    page = browser.new_page()
    page.goto(address + pages[0])
    anchor = page.evaluate("document.querySelector('.cdc-frame .cdc-node').id")
    page.goto(f"{address}{pages[0]}#{anchor}")
    top = page.evaluate("(name) => document.getElementById(name).getBoundingClientRect().top", anchor)
    assert -1 <= top < 900
    page.close()


@pytest.mark.parametrize("width", [1300, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_page_of_every_kind(browser, docs_site, scheme, width):
    address, pages = docs_site
    kinds = {str(Path(name).parent): name for name in reversed(pages)}
    assert {"course/module-4", "guide", "guide/types", "reference", "templates"} <= {*kinds}
    others = ["index.html", "genindex.html", "cdc-diagrams.html", "search.html?q=kafka"]
    others += ["reference/keys.html", "reference/lint/amounts.html"]
    axe = Axe()
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    found: list[str] = []
    for name in [*kinds.values(), GALLERY, *others]:
        page.goto(address + name)
        node = page.locator(".cdc-explained-node").first
        if node.count():
            node.press("Enter")
        report = axe.run(page).response
        found += [
            f"{name}: {item['id']}: {node['html'][:160]}" for item in report["violations"] for node in item["nodes"]
        ]
    context.close()
    assert found == []


def test_code_that_scrolls_can_be_reached_by_keyboard(browser, docs_site):
    address, _pages = docs_site
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    page.goto(address + "guide/types/flow.html")
    reached = (
        "[...document.querySelectorAll('pre')].map((one) => [one.scrollWidth > one.clientWidth, one.tabIndex === 0])"
    )
    assert {reachable for _scrolls, reachable in page.evaluate(reached)} == {False}
    page.set_viewport_size({"width": 390, "height": 800})
    page.wait_for_function("document.querySelector('article pre[tabindex]')")
    assert all(scrolls == reachable for scrolls, reachable in page.evaluate(reached))
    page.close()
