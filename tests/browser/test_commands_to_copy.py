"""Commands are copied as they stand in the file, from the list and from the box of a node."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

RUN = "psql -c \"SELECT 1\" \\\n  | grep 'a  b' > ~/out"
DATA = """\
diagram:
  type: decision
  title: D
  questions:
    q:
      ask: Does it run?
      run: |
        psql -c "SELECT 1" \\
          | grep 'a  b' > ~/out
      expect: A row
      answers: [{label: "yes", to: o}]
  outcomes:
    o: {name: Stop, run: "rm \u05d0/\u05d1 %s"}
"""
TEXT = "(pre) => { const range = document.createRange(); range.selectNodeContents(pre); const chosen = getSelection(); \
chosen.removeAllRanges(); chosen.addRange(range); return chosen.toString(); }"
PLACES = """(pre) => {
    const walker = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT), range = document.createRange();
    const text = walker.nextNode();
    return [...text.data.slice(0, 6)].map((_, at) => {
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return range.getBoundingClientRect().left;
    });
}"""


@pytest.fixture(scope="module")
def address(make_site) -> str:
    files = {"index.md": "# Page\n\n```{cdc-diagram} one\n```\n", "data/one.yaml": DATA % ("x" * 300)}
    return (make_site(files, theme="furo", more=("sphinx_copybutton",)) / "index.html").as_uri()


@pytest.fixture(params=[1300, 320])
def page(request, address, browser: Browser) -> Iterator[Page]:
    found = browser.new_page(viewport={"width": request.param, "height": 800})
    found.goto(address)
    yield found
    found.close()


def test_lines_are_selected_as_they_stand_in_the_file(page):
    assert page.locator(".cdc-explained pre").first.evaluate(TEXT).rstrip("\n") == RUN
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wide = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth).length"
    assert page.locator(".cdc-explained pre").evaluate_all(wide) == 0


def test_copybutton_has_a_button_for_each_command(page):
    page.wait_for_selector(".copybtn")
    assert page.locator(".cdc-explained .cdc-command .copybtn").count() == 2
    target = page.locator(".cdc-explained .copybtn").first.get_attribute("data-clipboard-target")
    assert page.locator(target).inner_text().rstrip("\n") == RUN


def test_the_box_of_a_node_shows_its_command(page):
    node = next(node for node in page.locator(".cdc-explained-node").all() if node.is_visible())
    node.focus()
    node.press("Enter")
    assert page.locator(".cdc-box .cdc-command pre").evaluate(TEXT).rstrip("\n") == RUN
    assert "Expect: A row" in page.locator(".cdc-box-text").inner_text()


def test_letters_of_any_script_are_in_the_order_of_the_file(page):
    places = page.locator(".cdc-explained pre").nth(1).evaluate(PLACES)
    assert places == sorted(places)
    assert len(set(places)) == 6
