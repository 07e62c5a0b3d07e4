"""What a reader does: open explanations, follow links, zoom, copy, print, without scripts."""

from __future__ import annotations

import functools
import http.server
import re
import subprocess
import sys
import threading

import pytest


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


PAGE = """\
# Page

{filler}

```{{cdc-diagram}} one
```

{filler}
"""
ONE = """\
diagram:
  type: flow
  title: One flow
  nodes:
    a: {name: Alpha, explain: "Why **alpha** matters"}
    b: {name: Beta, role: database, explain: "What beta keeps"}
    c: {name: Gamma}
  flows:
    - {from: a, to: b}
    - {from: b, to: c}
"""
POLICY = "default-src 'self'; style-src 'self'; img-src 'self' data: blob:"


@pytest.fixture(scope="module")
def reader_site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reader")
    (folder / "data").mkdir()
    (folder / "conf.py").write_text(
        'extensions = ["myst_parser", "sphinx_diagram_ext"]\ncdc_diagram_path = ["data"]\nhtml_theme = "basic"\n'
    )
    (folder / "data" / "one.yaml").write_text(ONE)
    (folder / "index.md").write_text(PAGE.format(filler="Text.\n\n" * 40))
    (folder / "other.md").write_text("---\norphan: true\n---\n# Other\n\n{cdc:node}`one#b`\n")
    out = folder / "_build"
    subprocess.run([sys.executable, "-m", "sphinx", "-qW", "-b", "html", str(folder), str(out)], check=True)
    return out


@pytest.fixture
def page(browser, reader_site):
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((reader_site / "index.html").as_uri())
    yield page
    context.close()
    assert errors == []


def inside_viewport(page) -> bool:
    box = page.locator(".cdc-box").bounding_box()
    size = page.viewport_size
    return (
        box["x"] >= 0
        and box["y"] >= 0
        and box["x"] + box["width"] <= size["width"]
        and box["y"] + box["height"] <= size["height"]
    )


def test_mouse_opens_and_closes_an_explanation(page):
    page.locator("#one--a").click()
    assert "Why alpha matters" in page.locator(".cdc-box").inner_text()
    assert page.locator(".cdc-box strong").last.inner_text() == "alpha"
    assert page.locator("#one--a").get_attribute("aria-expanded") == "true"
    assert inside_viewport(page)
    page.locator(".cdc-box-close").click()
    assert page.locator(".cdc-box").count() == 0
    page.locator("#one--b").click()
    page.locator("h1").click()
    assert page.locator(".cdc-box").count() == 0


def test_keyboard_opens_escape_closes_and_focus_returns(page):
    page.locator("#one--a").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "cdc-box"
    page.keyboard.press("Escape")
    assert page.locator(".cdc-box").count() == 0
    assert page.evaluate("document.activeElement.id") == "one--a"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "one--b"
    page.keyboard.press("Space")
    assert "What beta keeps" in page.locator(".cdc-box").inner_text()


def test_touch_opens_a_sheet_inside_a_narrow_screen(browser, reader_site):
    context = browser.new_context(viewport={"width": 390, "height": 700}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto((reader_site / "index.html").as_uri())
    page.locator("#one--a").tap()
    assert inside_viewport(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_link_from_another_page_arrives_marks_and_opens(page, reader_site):
    page.goto((reader_site / "other.html").as_uri())
    page.get_by_role("link", name="Beta").click()
    page.wait_for_url(re.compile(r"index\.html#one--b"))
    page.locator(".cdc-box").wait_for()
    assert "What beta keeps" in page.locator(".cdc-box").inner_text()
    page.wait_for_function(
        "(() => { const b = document.getElementById('one--b').getBoundingClientRect();"
        " return b.top >= 0 && b.bottom <= innerHeight; })()"
    )


@pytest.mark.parametrize("fragment", ["%", "one--%b", "100%25", "%D0"])
def test_a_link_that_is_no_encoded_name_harms_nothing(page, reader_site, fragment):
    page.goto(f"{(reader_site / 'index.html').as_uri()}?#{fragment}")
    page.evaluate("location.hash = '#one--b'")
    page.locator(".cdc-box").wait_for()


def test_zoom_by_button_wheel_and_key_and_fit(page):
    svg = page.locator(".cdc-frame > svg").first
    first = svg.bounding_box()["width"]
    page.locator(".cdc-frame").hover()
    page.get_by_role("button", name="Zoom in").click()
    second = svg.bounding_box()["width"]
    assert second > first * 1.2
    page.locator(".cdc-frame").hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    page.wait_for_function(
        "(w) => document.querySelector('.cdc-frame > svg').getBoundingClientRect().width > w", arg=second
    )
    page.locator("#one--a").focus()
    page.keyboard.press("0")
    assert svg.bounding_box()["width"] == pytest.approx(first, abs=1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_copy_link_and_mermaid(page):
    page.locator(".cdc-frame").hover()
    page.get_by_role("button", name="Copy link").click()
    page.locator(".cdc-status", has_text="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith("index.html#one")
    page.locator(".cdc-data > summary").click()
    page.get_by_role("button", name="Copy Mermaid").click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.startsWith('flowchart LR'))")


def test_downloads_stand_alone(page):
    page.locator(".cdc-frame").hover()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download SVG").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert download.value.suggested_filename == "one.svg"
    assert "var(" not in text
    assert "Alpha" in text
    with page.expect_download() as download:
        page.get_by_role("button", name="Download PNG").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_data_is_shown_highlighted(page):
    page.get_by_text("Data", exact=True).click()
    assert "name: Alpha" in page.locator(".cdc-data .highlight").inner_text()


def test_without_scripts_explanations_stand_below(browser, reader_site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((reader_site / "index.html").as_uri())
    assert page.locator(".cdc-explained dd").first.is_visible()
    assert page.locator(".cdc-controls").count() == 0
    context.close()


def test_explanations_are_folded_where_a_click_shows_them(page):
    assert not page.locator(".cdc-explained dd").first.is_visible()
    page.locator(".cdc-explanations > summary").click()
    assert page.locator(".cdc-explained dd").first.is_visible()


def test_explanations_show_where_the_script_does_not_come(browser, reader_site):
    context = browser.new_context()
    context.route("**/cdc-diagram.js*", lambda route: route.abort())
    page = context.new_page()
    page.goto((reader_site / "index.html").as_uri())
    page.wait_for_function("document.querySelector('.cdc-explained dd').checkVisibility({contentVisibilityAuto: true})")
    context.close()


def test_full_screen_shows_the_picture_larger_and_nothing_but_it(page):
    svg = page.locator(".cdc-frame > svg").first
    before = svg.bounding_box()["width"]
    page.locator(".cdc-frame").hover()
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function("document.fullscreenElement")
    page.wait_for_function(
        "(w) => document.querySelector('.cdc-frame > svg').getBoundingClientRect().width > w", arg=before * 1.5
    )
    assert svg.bounding_box()["height"] <= page.evaluate("innerHeight")
    assert not page.locator(".cdc-data > summary").is_visible()


def test_what_a_finger_presses_is_large_enough(browser, reader_site):
    context = browser.new_context(viewport={"width": 390, "height": 700}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto((reader_site / "index.html").as_uri())
    page.locator(".cdc-controls").wait_for()
    boxes = [button.bounding_box() for button in page.locator(".cdc-controls button").all()]
    assert len(boxes) > 4
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44
    context.close()


WIDE = "diagram:\n  type: mermaid\n  title: Wide\n  source: |\n    flowchart LR\n    "


@pytest.mark.parametrize(("count", "whole"), [(4, True), (14, False)])
def test_a_phone_begins_with_the_whole_picture_or_with_its_first_node(browser, make_site, count, whole):
    chain = " --> ".join(f"n{number}[Service {number}]" for number in range(count))
    site = make_site({"index.md": "# Page\n\n```{cdc-diagram} wide\n```\n", "data/wide.yaml": f"{WIDE}{chain}\n"})
    context = browser.new_context(viewport={"width": 390, "height": 700}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.locator(".cdc-controls").wait_for()
    fits = "(() => { const f = document.querySelector('.cdc-frame'); return f.scrollWidth <= f.clientWidth; })()"
    assert page.evaluate(fits) == whole
    first, frame = (page.locator(name).first.bounding_box() for name in (".cdc-node", ".cdc-frame"))
    assert frame["x"] <= first["x"] < frame["x"] + frame["width"]
    page.get_by_role("button", name="Fit").click()
    assert page.evaluate(fits)
    context.close()


def test_a_strict_policy_finds_nothing_in_diagrams(browser, reader_site):
    handler = functools.partial(Quiet, directory=str(reader_site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    context = browser.new_context()
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)

    def with_policy(route):
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, "Content-Security-Policy": POLICY})

    page.route("**/*", with_policy)
    counts = []
    for name in ("other", "index"):
        problems.clear()
        page.goto(f"http://127.0.0.1:{server.server_port}/{name}.html")
        counts.append(sum("favicon" not in text for text in problems))
    page.locator("#one--a").click()
    assert "Why alpha matters" in page.locator(".cdc-box").inner_text()
    context.close()
    server.shutdown()
    server.server_close()
    thread.join()
    # The theme itself has inline parts; the page with a diagram adds none.
    assert counts[1] == counts[0]


def test_nothing_moves_while_the_page_loads(page):
    shift = page.evaluate(
        """() => new Promise((resolve) => {
          let total = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) total += entry.value;
          }).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => resolve(total), 300);
        })"""
    )
    assert shift == 0


def opacity(page, name: str) -> str:
    return page.evaluate("(name) => getComputedStyle(document.getElementById(name)).opacity", name)


CHAIN = """\
diagram:
  type: flow
  title: Chain
  nodes: {a: {explain: First}, b: , c: , other: }
  flows: [{from: a, to: b}, {from: b, to: c}, {from: other, to: c}]
"""


def test_the_paths_through_a_node_stand_out_without_a_script(browser, make_site):
    site = make_site(
        {"index.md": "# Page\n\n{cdc:node}`chain#b`\n\n```{cdc-diagram} chain\n```\n", "data/chain.yaml": CHAIN}
    )
    context = browser.new_context(java_script_enabled=False, reduced_motion="reduce")
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.locator("svg [id='chain--a']").hover()
    assert [opacity(page, f"chain--{name}") for name in ("a", "b", "c", "other")] == ["1", "1", "1", "0.3"]
    page.mouse.move(0, 0)
    assert opacity(page, "chain--other") == "1"
    outline = "getComputedStyle(document.querySelector('a[href=\"#chain--b\"]')).outlineStyle"
    page.locator("svg [id='chain--b']").hover()
    assert page.evaluate(outline) == "solid"
    page.locator("a[href='#chain--b']").first.hover()
    width = "getComputedStyle(document.querySelector('svg [id=\"chain--b\"] > :first-child')).strokeWidth"
    assert page.evaluate(width) == "4px"
    context.close()
