"""The themes that people use: their own switch colours the pictures, and axe finds nothing in ours."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGE = """\
# Lesson

Some prose before it.

```{cdc-diagram} one
:caption: How an order gets there
```

```{cdc-diagram} one
:align: left
```

## Gallery

```{cdc-diagram-index}
:style: gallery
```

```{cdc-diagram-index}
:style: table
```
"""
ONE = """\
diagram:
  type: flow
  title: Where an order goes
  summary: From the service to the log
  tags: [cdc]  # a comment
  category: 'one quoted'
  sources: [{title: "PostgreSQL", url: "https://www.postgresql.org/docs/"}]
  nodes:
    a: {name: Service, explain: "Writes the *order*"}
    b: {name: Database, role: database, tone: problem, explain: "In `pg_wal`, for {cdc:node}`the service <one#a>`"}
    c: {name: Connector, link: "https://debezium.io/"}
  flows:
    - {from: a, to: b, label: insert}
    - {from: b, to: c}
"""
MORE = """\
diagram:
  type: flow
  title: More {number}
  summary: Number {number}
  tags: [t{number}]
  nodes: {{a: {{name: Alpha}}, b: {{name: Beta}}}}
  flows: [{{from: a, to: b}}]
"""
# Each theme: its module, where its scheme is written, what it writes for light and for dark.
THEMES = {
    "furo": ("furo", "body", "data-theme", "light", "dark"),
    "pydata_sphinx_theme": ("pydata_sphinx_theme", "html", "data-theme", "light", "dark"),
    "sphinx_book_theme": ("sphinx_book_theme", "html", "data-theme", "light", "dark"),
    "sphinx_immaterial": ("sphinx_immaterial", "body", "data-md-color-scheme", "default", "slate"),
}
LIGHT_ONLY = {"sphinx_rtd_theme": "sphinx_rtd_theme", "alabaster": "alabaster"}
# What a reader clicks to get another scheme, step by step.
TO_DARK = {
    "furo": [".theme-toggle:visible"],
    "pydata_sphinx_theme": ["button.theme-switch-button:visible", ".theme-change-button[data-mode=dark]:visible"],
    "sphinx_book_theme": ["button.theme-switch-button:visible", ".theme-change-button[data-mode=dark]:visible"],
}
CONF = 'language = "en"\nproject = "Site"\nnumfig = True\n'
FILL = "getComputedStyle(document.querySelector('#one--b > :first-child')).fill"
GROUND = "getComputedStyle(document.querySelector('.cdc-frame')).backgroundColor"
LIGHT, DARK = "rgb(255, 228, 231)", "rgb(76, 16, 34)"
LIGHT_GROUND, DARK_GROUND = "rgb(255, 255, 254)", "rgb(15, 22, 38)"


def installed(name: str) -> None:
    if find_spec(name) is None:
        pytest.skip(f"{name} is not installed")


@pytest.fixture
def page(browser, request):
    """A page of a browser whose system has the scheme of the test, light unless it has one."""
    scheme = request.node.callspec.params.get("scheme", "light")
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1300, "height": 900})
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


@pytest.fixture(scope="module")
def themed_site(make_site):
    """Return what builds the site with a theme, once each."""
    built = {}

    def build(theme: str):
        if theme not in built:
            more = ("sphinx_immaterial",) if theme == "sphinx_immaterial" else ()
            files = {"index.md": "# Index\n\n```{toctree}\nlesson\n```\n", "lesson.md": PAGE, "data/one.yaml": ONE}
            names = [f"more{number}" for number in range(9)]
            files |= {f"data/{name}.yaml": MORE.format(number=at) for at, name in enumerate(names)}
            files["more.md"] = "---\norphan: true\n---\n# More\n\n" + "".join(
                f"```{{cdc-diagram}} {name}\n```\n\n" for name in names
            )
            # Without its fonts, which the theme would fetch while it builds.
            fonts = 'html_theme_options = {"font": False}\n' if more else ""
            built[theme] = make_site(files, theme=theme, more=more, conf=CONF + fonts)
        return (built[theme] / "lesson.html").as_uri()

    return build


def shown(page) -> tuple[str, str]:
    return page.evaluate(FILL), page.evaluate(GROUND)


@pytest.mark.parametrize("theme", THEMES)
def test_pictures_follow_what_the_theme_writes_at_once(browser, themed_site, theme):
    module, element, attribute, light, dark = THEMES[theme]
    installed(module)
    # The system wants the other scheme each time: the theme decides.
    for system, value, wanted in (
        ("dark", light, (LIGHT, LIGHT_GROUND)),
        ("light", dark, (DARK, DARK_GROUND)),
    ):
        context = browser.new_context(color_scheme=system, java_script_enabled=False)
        page = context.new_page()
        page.goto(themed_site(theme))
        page.evaluate("([e, a, v]) => document.querySelector(e).setAttribute(a, v)", [element, attribute, value])
        assert shown(page) == wanted
        dark_images = page.locator(".cdc-when-dark").first
        assert dark_images.is_visible() == (value == dark)
        page.emulate_media(media="print")
        assert shown(page) == (LIGHT, LIGHT_GROUND)
        context.close()


@pytest.mark.parametrize("theme", TO_DARK)
def test_the_switch_of_the_theme_changes_pictures_without_a_reload(page, themed_site, theme):
    installed(THEMES[theme][0])
    page.goto(themed_site(theme))
    assert shown(page) == (LIGHT, LIGHT_GROUND)
    page.evaluate("window.stayed = true")
    for target in TO_DARK[theme]:
        page.locator(target).first.click()
    page.wait_for_function(f"{FILL} === '{DARK}'")
    assert shown(page) == (DARK, DARK_GROUND)
    assert page.evaluate("window.stayed")


@pytest.mark.parametrize("theme", ["furo", "pydata_sphinx_theme", "sphinx_book_theme"])
def test_a_theme_without_a_choice_follows_the_system(page, themed_site, theme):
    installed(THEMES[theme][0])
    page.goto(themed_site(theme))
    assert shown(page) == (LIGHT, LIGHT_GROUND)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{FILL} === '{DARK}'")
    assert shown(page) == (DARK, DARK_GROUND)


@pytest.mark.parametrize("theme", LIGHT_ONLY)
def test_light_themes_keep_light_pictures_whatever_the_system_wants(page, themed_site, theme):
    installed(LIGHT_ONLY[theme])
    page.emulate_media(color_scheme="dark")
    page.goto(themed_site(theme))
    assert shown(page) == (LIGHT, LIGHT_GROUND)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", [*THEMES, *LIGHT_ONLY])
def test_axe_finds_nothing_in_our_part_of_the_page(page, themed_site, theme, scheme):
    installed(theme)
    page.goto(themed_site(theme))
    if theme == "sphinx_immaterial" and scheme == "dark":
        page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    page.evaluate("for (const part of document.querySelectorAll('figure.cdc-diagram details')) part.open = true")
    page.locator("#one--b").press("Enter")
    page.locator(".cdc-box").wait_for()
    ours = {"include": [["figure.cdc-diagram"], [".cdc-index"], [".cdc-box"]]}
    report = Axe().run(page, context=ours).response
    found = [f"{item['id']}: {node['html'][:160]}" for item in report["violations"] for node in item["nodes"]]
    assert found == []


@pytest.mark.parametrize("theme", [*THEMES, *LIGHT_ONLY])
def test_a_narrow_page_never_scrolls_sideways(browser, themed_site, theme):
    installed(theme)
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(themed_site(theme))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


@pytest.mark.parametrize("theme", [*THEMES, *LIGHT_ONLY])
def test_captions_look_the_same_and_stand_where_the_picture_does(page, themed_site, theme):
    installed(theme)
    page.goto(themed_site(theme))
    captions = page.locator("figure.cdc-diagram > p:has(.caption-number)").evaluate_all(
        """all => all.map((one) => {
          const [style, number] = [getComputedStyle(one), getComputedStyle(one.querySelector(".caption-number"))];
          const size = parseFloat(style.fontSize) / parseFloat(getComputedStyle(one.parentElement).fontSize);
          return [one.innerText, style.textAlign.replace("start", "left"), number.fontWeight, Math.round(10 * size)];
        })"""
    )
    titles = ["Diagram 1 How an order gets there", "Diagram 2 Where an order goes"]
    assert captions == [[titles[0], "center", "600", 9], [titles[1], "left", "600", 9]]


@pytest.mark.parametrize("theme", [*THEMES, *LIGHT_ONLY])
def test_on_paper_explanations_may_go_on_on_the_next_page_and_the_picture_stays_whole(page, themed_site, theme):
    installed(theme)
    page.goto(themed_site(theme))
    page.emulate_media(media="print")
    parts = ("figure.cdc-diagram", "figure.cdc-diagram .cdc-explained", ".cdc-stage", ".cdc-frame")
    breaks = [page.locator(part).first.evaluate("one => getComputedStyle(one).breakInside") for part in parts]
    assert breaks == ["auto", "auto", "avoid", "avoid"]


@pytest.mark.parametrize("theme", [*THEMES, *LIGHT_ONLY])
def test_an_aligned_diagram_takes_the_whole_width_as_any_other(page, themed_site, theme):
    installed(theme)
    page.goto(themed_site(theme))
    left, other = (page.locator(name).bounding_box() for name in ("#one-2", "#one"))
    assert (left["x"], left["width"]) == (other["x"], other["width"])
    assert page.locator("#one-2").evaluate("one => getComputedStyle(one).float") == "none"


@pytest.mark.parametrize("theme", ["pydata_sphinx_theme", "sphinx_book_theme"])
def test_dark_pictures_of_a_gallery_stay_as_they_are(browser, themed_site, theme):
    installed(theme)
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(themed_site(theme))
    style = "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).filter]"
    assert page.locator(".cdc-when-dark").first.evaluate(style) == ["rgba(0, 0, 0, 0)", "none"]
    context.close()
