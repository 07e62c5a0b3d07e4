"""Diagrams in tabs and folded sections, beside other extensions."""

from __future__ import annotations

from pathlib import Path

import pytest

LABELS = (Path(__file__).parent / "labels.js").read_text(encoding="utf-8")
ONE = """\
diagram:
  type: flow
  title: Flow {name}
  nodes:
    a: {{name: A rather long label, explain: "Why a"}}
    b: {{name: Beta, role: database, explain: "Why b"}}
  flows:
    - {{from: a, to: b, label: rows}}
"""
INDEX = """\
# Index

::::{tab-set}
:::{tab-item} First
```{cdc-diagram} one
```
:::
:::{tab-item} Second
```{cdc-diagram} two
```
:::
::::

:::{dropdown} More
```{cdc-diagram} three
```
:::

```{toctree}
other
```
"""
OTHER = "# Other\n\n{cdc:node}`in a tab <two#b>` {cdc:node}`folded <three#b>` {cdc:diagram}`whole <two>`\n"


@pytest.fixture(scope="module")
def site(make_site):
    files = {f"data/{name}.yaml": ONE.format(name=name) for name in ("one", "two", "three")}
    files |= {"index.md": INDEX, "other.md": OTHER}
    more = ("sphinx_design", "sphinx_copybutton")
    return make_site(files, more=more, conf='myst_enable_extensions = ["colon_fence"]\nlanguage = "en"\n')


@pytest.fixture
def page(browser, site):
    context = browser.new_context(viewport={"width": 1000, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(10_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / "index.html").as_uri())
    yield page
    context.close()
    assert errors == []


def test_a_diagram_in_a_hidden_tab_is_right_when_it_is_shown(page):
    second = page.locator("#two .cdc-frame > svg").first
    assert not second.is_visible()
    page.get_by_text("Second", exact=True).click()
    first_size = page.evaluate("document.querySelector('#one svg').getAttribute('width')")
    assert second.bounding_box()["width"] == pytest.approx(float(first_size), abs=2)
    found = page.evaluate(LABELS)
    assert found["wrong"] == []
    page.locator("#two .cdc-frame").hover()
    page.locator("#two").get_by_role("button", name="Zoom in").click()
    assert second.bounding_box()["width"] > float(first_size) * 1.2
    page.locator("#two--b").click()
    assert "Why b" in page.locator(".cdc-box").inner_text()


def test_a_diagram_in_a_folded_section_is_right_when_it_is_unfolded(page):
    page.get_by_text("More", exact=True).click()
    page.locator("#three--a").click()
    assert "Why a" in page.locator(".cdc-box").inner_text()
    assert [text for text in page.evaluate(LABELS)["wrong"] if "three" in text] == []


@pytest.mark.parametrize(("text", "place"), [("in a tab", "two--b"), ("folded", "three--b")])
def test_a_link_to_a_hidden_node_shows_it(page, site, text, place):
    page.goto((site / "other.html").as_uri())
    page.get_by_role("link", name=text).click()
    page.locator(".cdc-box").wait_for()
    assert page.locator(f"#{place}").is_visible()
    assert 0 <= page.locator(f"#{place}").bounding_box()["y"] < 800


def test_a_link_to_a_hidden_diagram_shows_it(page, site):
    page.goto((site / "other.html").as_uri())
    page.get_by_role("link", name="whole").click()
    page.locator("#two .cdc-frame > svg").first.wait_for()


def test_copybutton_copies_the_yaml(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#one .cdc-data > summary").click()
    buttons = page.locator("#one .cdc-data button.copybtn")
    assert buttons.count() == 1
    buttons.click(force=True)
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('title: Flow one'))")
