"""Two forms of a picture: style alone shows the one that the room has, and the other is nowhere else."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_diagram_ext.catalog import Catalog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

NODES = ("Alpha", "Beta", "Gamma", "Delta")
ONE = """\
diagram:
  type: flow
  title: One flow
  nodes:
    a: {name: Alpha, explain: "Why alpha"}
    b: {name: Beta, explain: "Why beta"}
    c: {name: Gamma, link: "https://example.org/"}
    d: {name: Delta}
  flows: [{from: a, to: b}, {from: b, to: c}, {from: c, to: d}]
"""
SMALL = "diagram: {type: flow, title: Small, nodes: {a: {name: Alone}}}\n"
FILLER = "Words of a lesson.\n\n" * 60
INDEX = f"""\
# Index

{FILLER}

```{{cdc-diagram}} one
```

```{{cdc-diagram}} small
```

{FILLER}

```{{toctree}}
places
```
"""
PLACES = """\
# Places

````{list-table}
* - ```{cdc-diagram} one
    ```
  - Word
````

::::{grid} 1 2 2 2
:::{grid-item-card} Card
```{cdc-diagram} one
```
:::
:::{grid-item-card} Other
Text
:::
::::

<div style="display: flex"><div>

```{cdc-diagram} one
```

</div><div>Beside</div></div>

<div style="float: left">

```{cdc-diagram} one
```

</div>

<div style="clear: both"></div>

```{cdc-diagram} one
:width: 50%
```

```{cdc-diagram} one
:width: 200
```

```{cdc-diagram} one
:width: 100%
```
"""
WIDTHS = (320, 390, 736, 1300)
THEMES = ("furo", "alabaster", "sphinx_rtd_theme", "pydata_sphinx_theme", "basic")
CONF = f"""\
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
language = "en"
project = "Site"
myst_enable_extensions = ["colon_fence"]
"""

# Of every picture that has two forms, or that a phone has room for: what is shown, its smallest text, what scrolls.
LOOK = """() => [...document.querySelectorAll(".cdc-room .cdc-frame:not(.cdc-wide)")].map((frame) => {
  const shown = [...frame.querySelectorAll(":scope > svg")]
    .filter((svg) => svg.getClientRects().length && getComputedStyle(svg).visibility === "visible");
  const sizes = shown.flatMap((svg) => {
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    return [...svg.querySelectorAll("text")].map((text) => parseFloat(getComputedStyle(text).fontSize) * scale);
  });
  return {
    id: frame.closest("figure").id,
    forms: shown.map((svg) => (svg.getAttribute("class") || "only").replace("cdc-form-", "")),
    least: Math.min(...sizes), width: frame.getBoundingClientRect().width,
    scrolls: frame.scrollWidth > frame.clientWidth || frame.scrollHeight > frame.clientHeight,
  };
})"""


@pytest.fixture(scope="module")
def site(make_site: Callable[..., Path]) -> Callable[[str], Path]:
    built: dict[str, Path] = {}

    def build(theme: str) -> Path:
        if find_spec(theme) is None and theme != "basic":
            pytest.skip(f"{theme} is not installed")
        if theme not in built:
            files = {"index.md": INDEX, "places.md": PLACES, "data/one.yaml": ONE, "data/small.yaml": SMALL}
            built[theme] = make_site(files, theme=theme, more=("rows_and_columns", "sphinx_design"), conf=CONF)
        return built[theme]

    return build


@pytest.fixture
def open_page(browser: Browser, site: Callable[[str], Path]) -> Iterator[Callable[..., Page]]:
    """Return what opens a page of the site; a width below 500 pixels is that of a phone."""
    contexts = []

    def open_it(width: int, name: str = "index.html", theme: str = "furo", **options: Any) -> Page:
        phone = width < 500
        size = {"width": width, "height": 800}
        context = browser.new_context(
            viewport=size, is_mobile=phone, has_touch=phone, reduced_motion="reduce", **options
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        file, _, fragment = name.partition("#")
        page.goto((site(theme) / file).as_uri() + (f"#{fragment}" if fragment else ""))
        return page

    yield open_it
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_and_width_can_be_read_without_scrolling(open_page, theme, width):
    page = open_page(width, theme=theme, java_script_enabled=False)
    one, small = page.evaluate(LOOK)
    assert one["forms"] == ["narrow" if width < 500 else "wide"]
    assert small["forms"] == ["only"]
    assert min(one["least"], small["least"]) >= 12
    assert not one["scrolls"]
    assert not small["scrolls"]
    if theme not in ("basic", "pydata_sphinx_theme"):  # which are wider than a phone themselves
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_no_diagram_of_this_project_needs_scrolling(make_site, browser, project, width, all_diagrams):
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(all_diagrams)
    found = page.evaluate(LOOK)
    context.close()
    assert len(found) > 5
    assert [one for one in found if one["least"] < 12 or one["scrolls"] or len(one["forms"]) != 1] == []


@pytest.fixture(scope="module")
def all_diagrams(make_site: Callable[..., Path], project: Path) -> str:
    """The address of a page of every diagram of the repository, drawn as users see them."""
    folders = [project / "data", project / "docs" / "examples"]
    index = "".join(f"```{{cdc-diagram}} {name}\n```\n\n" for name in sorted(Catalog(folders).ids))
    conf = f'cdc_diagram_path = {[str(folder) for folder in folders]}\nsuppress_warnings = ["cdc", "myst"]\n'
    site = make_site({"index.md": f"# All\n\n{index}"}, theme="furo", conf=conf)
    return (site / "index.html").as_uri()


@pytest.mark.parametrize(("width", "form"), [(390, "narrow"), (1300, "wide")])
def test_the_hidden_form_is_neither_read_out_nor_found_on_the_page(open_page, width, form):
    page = open_page(width, java_script_enabled=False)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    named = [node["name"]["value"] for node in tree if node["role"]["value"] == "StaticText"]
    assert named.count("second line") == len(NODES) + 1
    assert page.evaluate(LOOK)[0]["forms"] == [form]


def test_find_in_page_finds_each_name_once(open_page):
    for width in (390, 1300):
        page = open_page(width)
        page.evaluate("document.querySelectorAll('#one details').forEach((part) => part.remove())")
        count = "() => { let found = 0; while (window.find('second line')) found += 1; return found; }"
        assert page.evaluate(count) == len(NODES) + 1


@pytest.mark.parametrize("scripts", [True, False])
def test_a_link_to_a_node_leads_to_the_picture_on_a_phone(open_page, scripts):
    page = open_page(390, "index.html#one--c", java_script_enabled=scripts)
    frame = page.locator("#one .cdc-frame")
    at = frame.bounding_box()["y"]
    while at != (at := frame.bounding_box()["y"]) or not page.evaluate("scrollY"):
        page.wait_for_timeout(100)
    assert -frame.bounding_box()["height"] < at < 800
    height = page.evaluate("document.documentElement.scrollHeight")
    page.evaluate("document.querySelectorAll('.cdc-form-wide').forEach((svg) => svg.remove())")
    assert page.evaluate("document.documentElement.scrollHeight") == height


def test_arriving_marks_the_node_in_both_forms_and_opens_its_explanation(open_page):
    page = open_page(390, "index.html#one--b")
    page.locator(".cdc-box").wait_for()
    assert page.locator(".cdc-target").evaluate_all("all => all.map((one) => one.id)") == ["one--b", "one-narrow--b"]
    assert page.locator("#one-narrow--b").get_attribute("aria-expanded") == "true"
    assert page.locator(".cdc-box-link").get_attribute("href") == "#one--b"
    stroke = "getComputedStyle(document.querySelector('#one-narrow--b > :first-child')).strokeWidth"
    assert page.evaluate(stroke) == "4px"
    page.evaluate("location.hash = '#one--d'")
    page.wait_for_function("document.querySelector('.cdc-target').id === 'one--d'")
    assert page.locator(".cdc-target").count() == 2


@pytest.mark.parametrize(("width", "prefix"), [(390, "one-narrow"), (1300, "one")])
def test_explanations_open_in_the_form_that_is_shown(open_page, width, prefix):
    page = open_page(width)
    page.locator(f"#{prefix}--a").click()
    assert "Why alpha" in page.locator(".cdc-box").inner_text()
    assert page.locator(".cdc-box-link").get_attribute("href") == "#one--a"
    page.keyboard.press("Escape")
    reached = []
    page.locator(f"#{prefix}--a").focus()
    for key in ("Home", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
        reached.append(page.evaluate("document.activeElement.closest('.cdc-node')?.id"))
    assert reached == [f"{prefix}--a", f"{prefix}--b", f"{prefix}--c"]


def test_zoom_takes_the_form_that_is_shown_and_ends_when_the_other_takes_its_place(open_page):
    page = open_page(736)
    width = "name => document.querySelector(`#one .cdc-form-${name}`).getBoundingClientRect().width"
    natural = page.evaluate(width, "wide")
    page.locator("#one--a").focus()
    page.keyboard.press("+")
    assert page.evaluate(width, "wide") == pytest.approx(natural * 1.25, rel=0.01)
    page.set_viewport_size({"width": 600, "height": 800})
    assert page.evaluate(LOOK)[0] | {"width": 0} == {
        "id": "one", "forms": ["narrow"], "least": 13, "width": 0, "scrolls": False,
    }  # fmt: skip
    page.locator("#one-narrow--a").focus()
    page.keyboard.press("+")
    assert page.evaluate(width, "narrow") == pytest.approx(304 * 1.25, rel=0.01)
    page.set_viewport_size({"width": 736, "height": 800})
    assert page.evaluate(width, "wide") == natural


def test_an_explanation_closes_when_its_node_goes(open_page):
    page = open_page(1300)
    page.locator("#one--a").click()
    page.set_viewport_size({"width": 500, "height": 800})
    page.locator(".cdc-box").wait_for(state="detached")


def test_paper_has_the_wide_form_in_its_width(open_page):
    page = open_page(390, java_script_enabled=False)
    page.emulate_media(media="print")
    found = page.evaluate(LOOK)[0]
    assert (found["forms"], found["scrolls"]) == (["wide"], False)


def test_the_narrow_form_follows_dark_and_forced_colours(open_page):
    fill = "getComputedStyle(document.querySelector('#one-narrow--a > rect')).fill"
    page = open_page(390, color_scheme="dark")
    assert page.evaluate(fill) == "rgb(39, 50, 74)"
    page.emulate_media(forced_colors="active", color_scheme="light")
    assert page.evaluate(fill) == "rgb(255, 255, 255)"
    assert page.evaluate(LOOK)[0]["forms"] == ["narrow"]


@pytest.mark.parametrize("theme", THEMES)
def test_cells_cards_and_floats_keep_a_picture_readable(open_page, theme):
    page = open_page(1300, "places.html", theme=theme, java_script_enabled=False)
    cell, card, flex, float_, half, fixed, whole = page.evaluate(LOOK)
    for one in (cell, card, flex, float_, half, fixed, whole):
        assert one["least"] >= 12
        assert not one["scrolls"]
    assert half["forms"] == fixed["forms"] == ["narrow"]
    # Between its two sidebars this theme has 598 pixels for text, and the wide form needs 665.
    assert whole["forms"] == (["narrow"] if theme == "pydata_sphinx_theme" else ["wide"])
    assert cell["width"] >= 281
    assert float_["width"] >= 281
