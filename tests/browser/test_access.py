"""Keyboard, touch, forced colours, large text, paper."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

PAGE = """\
# Page

{filler}

```{{cdc-diagram}} one
```

{filler}
"""
LONG = "A long explanation of what it keeps and why it does. " * 12
ONE = f"""\
diagram:
  type: flow
  title: One flow
  summary: What flows where
  direction: TB
  sources: [{{title: "The source of it", url: "https://www.postgresql.org/docs/"}}]
  nodes:
    last: {{name: Last, explain: "Ends it"}}
    middle: {{name: Middle, explain: "Between them", tone: problem}}
    first: {{name: First, explain: "{LONG}"}}
    side: {{name: Side, explain: "Beside it"}}
  flows:
    - {{from: first, to: middle}}
    - {{from: middle, to: last}}
    - {{from: first, to: side}}
  groups:
    late: {{name: Late, nodes: [last, middle]}}
"""
FRAME = "document.querySelector('.cdc-frame')"
WIDTH = "document.querySelector('.cdc-frame > svg').getBoundingClientRect().width"


@pytest.fixture(scope="module")
def site(make_site):
    filler = "Text.\n\n" * 30
    files = {
        "index.md": PAGE.format(filler=filler),
        "other.md": "---\norphan: true\n---\n# Other\n\n{cdc:node}`one#first`\n",
        "data/one.yaml": ONE,
    }
    return make_site(files, conf='language = "en"\n')


@pytest.fixture
def open_page(browser, site):
    contexts = []
    errors: list[str] = []

    def open_it(name: str = "index.html", **settings):
        context = browser.new_context(**{"viewport": {"width": 1000, "height": 800}, **settings})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        name, hash_, place = name.partition("#")
        page.goto((site / name).as_uri() + hash_ + place)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert errors == []


def focused(page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.getAttribute('aria-label')")


def test_a_picture_is_one_stop_and_arrows_go_through_its_nodes_as_the_diagram_flows(open_page):
    page = open_page()
    page.locator("a, button, summary, [tabindex]").first.wait_for()
    page.locator("#one--first").focus()
    seen = []
    for key in ("ArrowRight", "ArrowDown", "End", "ArrowRight", "ArrowLeft", "Home", "ArrowUp"):
        page.keyboard.press(key)
        seen.append(focused(page))
    forth = ["one--middle", "one--last", "one--side", "one--side"]
    assert seen == [*forth, "one--last", "one--first", "one--first"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert focused(page) == "Zoom in"
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "one--middle"


def test_no_arrow_leaves_the_picture(open_page):
    page = open_page()
    page.evaluate("() => { window.turned = 0; document.addEventListener('keydown', () => { window.turned += 1; }); }")
    page.locator("#one--first").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Zoom in").focus()
    page.keyboard.press("ArrowLeft")
    page.locator("#one--last").press("Enter")
    page.locator(".cdc-box").wait_for()
    before = page.evaluate("turned")
    page.keyboard.press("ArrowRight")
    assert (before, page.evaluate("turned")) == (1, 1)  # Enter alone came through


def test_a_button_is_named_by_all_that_is_seen_of_its_node(open_page):
    page = open_page()
    assert page.locator("#one--middle").get_attribute("aria-label") == "Middle (problem): explanation"
    assert page.locator(".cdc-frame > svg .cdc-edge:not([aria-hidden=true])").count() == 0


def test_controls_are_one_stop_and_arrows_go_through_them(open_page):
    page = open_page()
    page.get_by_role("button", name="Zoom in").focus()
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Zoom out"
    page.keyboard.press("End")
    assert focused(page) == "Download PNG"
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Zoom in"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.cdc-controls')") is None
    page.keyboard.press("Shift+Tab")
    before = page.evaluate(WIDTH)
    page.keyboard.press("Enter")
    assert page.evaluate(WIDTH) > before


def test_everything_that_can_be_reached_has_a_name(open_page):
    page = open_page()
    page.locator("#one--first").press("Enter")
    page.locator(".cdc-box").wait_for()
    lines = page.locator("figure.cdc-diagram").aria_snapshot() + page.locator(".cdc-box").aria_snapshot()
    roles = re.findall(r"- (button|link|toolbar|group|dialog)(.*)", lines)
    assert ("button", ' "Zoom in"') in [(role, rest.removesuffix(": +").rstrip(":")) for role, rest in roles]
    assert [item for item in roles if item[0] in ("button", "link") and '"' not in item[1]] == []


def test_picture_has_title_description_and_a_text_in_its_place(open_page):
    page = open_page()
    picture = page.get_by_role("group", name="One flow").locator("svg")
    assert (
        page.evaluate(
            "(e) => document.getElementById(e.getAttribute('aria-describedby')).textContent", picture.element_handle()
        )
        == "What flows where"
    )
    page.get_by_text("Diagram as text").click()
    assert page.locator(".cdc-alternative").get_by_text("→ Middle").is_visible()


def test_forced_colours_reach_the_picture_and_tones_stay(open_page):
    page = open_page(forced_colors="active", color_scheme="dark")
    fill = "(name) => getComputedStyle(document.querySelector(`#one--${name} > :first-child`)).fill"
    canvas, text = page.evaluate(
        """() => {
          const probe = document.body.appendChild(document.createElement("i"));
          probe.style.cssText = "background: Canvas; color: CanvasText";
          const style = getComputedStyle(probe);
          return [style.backgroundColor, style.color];
        }"""
    )
    assert page.evaluate(fill, "first") == canvas
    assert page.evaluate("getComputedStyle(document.querySelector('#one--first text')).fill") == text
    assert page.evaluate(fill, "middle") == "rgb(76, 16, 34)"


def test_reduced_motion_moves_at_once(open_page):
    page = open_page("index.html#one--last", reduced_motion="reduce")
    page.locator(".cdc-box").wait_for()
    place = page.locator("#one--last").bounding_box()
    assert 300 < place["y"] + place["height"] / 2 < 500
    assert page.evaluate("getComputedStyle(document.querySelector('.cdc-controls')).transitionDuration") == "0s"


@pytest.mark.parametrize("way", ["text", "page"])
def test_twice_the_size_loses_nothing(open_page, way):
    size = {"width": 500, "height": 400} if way == "page" else {"width": 1000, "height": 800}
    page = open_page(viewport=size, device_scale_factor=2 if way == "page" else 1)
    if way == "text":
        page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.locator("#one--first").press("Enter")
    page.locator(".cdc-box").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = page.locator(".cdc-box").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= size["height"]
    cut = page.evaluate(
        "[...document.querySelectorAll('.cdc-controls button, .cdc-box-head *, .cdc-diagram summary')]"
        ".filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth).map((one) => one.outerHTML)"
    )
    assert cut == []
    stage = page.locator(".cdc-stage").bounding_box()
    for button in page.locator(".cdc-controls button").all():
        place = button.bounding_box()
        assert place["x"] >= stage["x"] - 1
        assert place["x"] + place["width"] <= stage["x"] + stage["width"] + 1


@pytest.mark.parametrize("width", [1000, 390])
def test_a_link_from_another_page_arrives_and_escape_gives_the_focus_to_the_node(open_page, width):
    page = open_page("other.html", viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page.get_by_role("link", name="First").click()
    page.locator(".cdc-box").wait_for()
    node, box = page.locator("#one--first").bounding_box(), page.locator(".cdc-box").bounding_box()
    assert node["y"] >= 0
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 800
    # The box does not stand on the node that it explains.
    assert node["y"] + node["height"] <= box["y"] or box["y"] + box["height"] <= node["y"]
    page.keyboard.press("Escape")
    assert page.locator(".cdc-box").count() == 0
    assert focused(page) == "one--first"


def test_two_fingers_zoom_and_one_finger_does_not(open_page):
    page = open_page(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page.locator(".cdc-frame").scroll_into_view_if_needed()
    box = page.locator(".cdc-frame").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": left, "y": top, "id": at} for at, (left, top) in enumerate(places)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    before = page.evaluate(WIDTH)
    touch("touchStart", (x, y))
    touch("touchMove", (x + 30, y))
    touch("touchEnd")
    assert page.evaluate(WIDTH) == before
    touch("touchStart", (x - 20, y), (x + 20, y))
    for apart in (25, 30, 35, 40):
        touch("touchMove", (x - apart, y), (x + apart, y))
    touch("touchEnd")
    page.wait_for_function(f"{WIDTH} > {before} * 1.4")
    assert page.evaluate("visualViewport.scale") == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_wheel_alone_scrolls_the_page_and_dragging_moves_the_picture(open_page):
    page = open_page()
    page.locator(".cdc-frame").hover()
    before = page.evaluate(WIDTH)
    page.mouse.wheel(0, 40)
    page.wait_for_timeout(100)
    assert page.evaluate(WIDTH) == before
    page.locator("#one--first").focus()
    for _ in range(9):
        page.keyboard.press("+")
    assert page.evaluate(f"{FRAME}.scrollWidth > {FRAME}.clientWidth")
    box = page.locator(".cdc-frame").bounding_box()
    start = page.evaluate(f"{FRAME}.scrollLeft")
    page.mouse.move(box["x"] + 20, max(box["y"], 0) + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 70, max(box["y"], 0) + 60, steps=3)
    page.mouse.up()
    assert page.evaluate(f"{FRAME}.scrollLeft") == start - 50
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_full_screen_has_the_figure_and_its_explanations(open_page):
    page = open_page()
    page.locator(".cdc-frame").hover()
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function("document.fullscreenElement && document.fullscreenElement.id === 'one'")
    page.locator("#one--last").click()
    assert page.evaluate("document.fullscreenElement.contains(document.querySelector('.cdc-box'))")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Full screen").press("Enter")
    page.wait_for_function("document.fullscreenElement === null")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_paper_has_explanations_and_sources_and_no_controls(open_page, tmp_path):
    page = open_page()
    assert not page.locator(".cdc-explanations").evaluate("(part) => part.open")
    page.locator("#one--last").click()
    page.pdf(path=tmp_path / "page.pdf")
    done = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
    )
    text = re.sub(r"\s+", " ", done.stdout)
    assert "Explanations Last Ends it" in text
    assert "Between them" in text
    assert "The source of it" in text
    assert text.count("Ends it") == 1
    for absent in ("PNG", "Diagram as text", "Data ", "type: flow"):
        assert absent not in text
