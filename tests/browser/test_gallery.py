"""A gallery in the browser: late pictures, a filter without a server, its state in the address."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

FLOW = """\
diagram:
  type: flow
  title: {title}
  summary: {summary}
  category: {category}
  tags: [{tags}]
  systems: [{systems}]
  nodes:
    a: {{name: {label}, explain: "Told *only* here: {label}-wise, “{category}s”"}}
    b: {{name: Store, role: database}}
  flows:
    - {{from: a, to: b}}
"""
# name: title, summary, category, tags, systems, label
DIAGRAMS = {
    "wal": ("Write-ahead log", "Where changes go first", "cdc", "log, order", "PostgreSQL", "Backend"),
    "slot": ("Slots", "Who holds the log", "cdc", "log", "PostgreSQL", "Reader"),
    "binlog": ("Binary log", "The other log", "cdc", "log", "MySQL", "Dump thread"),
    "outbox": ("Outbox", "One transaction", "pattern", "order", "Kafka, PostgreSQL", "Order service"),
    "saga": ("Saga", "Many transactions", "pattern", "order", "Kafka", "Ёлочный склад"),
    **{f"more{n}": (f"More {n}", "Filler", "other", "filler", "Redis", f"Filler {n}") for n in range(6)},
    "odd": ("More 6", "Filler", "other", "filler, 'a␟b \"c\" <d> \\ &'", "Redis", "Filler 6"),
}


@pytest.fixture(scope="module")
def gallery(make_site):
    names = ("title", "summary", "category", "tags", "systems", "label")
    files = {f"data/{name}.yaml": FLOW.format(**dict(zip(names, row, strict=True))) for name, row in DIAGRAMS.items()}
    files["data/saga.yaml"] = files["data/saga.yaml"].split("  nodes:")[0].replace("flow", "mermaid") + (
        "  source: |\n    flowchart LR\n      a[Ёлочный склад] --> b\n"
    )
    files["data/slot.yaml"] = files["data/slot.yaml"].replace("role: database", "role: database, tone: problem")
    shown = "".join(f"```{{cdc-diagram}} {name}\n```\n\n" for name in DIAGRAMS)
    files["index.md"] = "# Index\n\n```{toctree}\nall\ngroups\nfew\nshown\n```\n"
    files["all.md"] = "# All\n\n```{cdc-diagram-index}\n:style: gallery\n```\n\nThe end\n"
    files["groups.md"] = "# Groups\n\n```{cdc-diagram-index}\n:style: gallery\n:group-by: tag\n```\n"
    files["few.md"] = "# Few\n\n```{cdc-diagram-index}\n:style: gallery\n:filter: tag=log\n```\n"
    files["shown.md"] = "# Shown\n\n" + shown
    return make_site(files)


@pytest.fixture
def page(browser, gallery):
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((gallery / "all.html").as_uri())
    yield page
    context.close()
    assert errors == []


def titles(page) -> list[str]:
    # Not the inner text, which is empty as long as a card that came back is not painted.
    return [text.strip() for text in page.locator(".cdc-card:visible a").all_text_contents()]


def query(page) -> str:
    return page.evaluate("location.search")


def test_typing_leaves_the_cards_whose_words_fit_and_says_how_many(page):
    count = page.get_by_role("status")
    expect(count).to_have_text("12 of 12 diagrams")
    page.get_by_label("Text").press_sequentially("LOG")
    assert titles(page) == ["Binary log", "Slots", "Write-ahead log"]
    expect(count).to_have_text("3 of 12 diagrams")
    page.get_by_label("Text").press_sequentially(" dump")  # a word that only the picture has
    expect(count).to_have_text("1 of 12 diagrams")
    assert titles(page) == ["Binary log"]
    page.get_by_label("Text").fill("reader-wise")  # a word of an explanation
    assert titles(page) == ["Slots"]
    page.get_by_label("Text").fill("only patterns")  # without what stands around a word
    assert titles(page) == ["Outbox"]
    page.get_by_label("Text").fill("ЕЛОЧНЫЙ")  # letters without their marks
    assert titles(page) == ["Saga"]
    page.get_by_label("Text").fill("kafka order")  # a system and a tag
    assert titles(page) == ["Outbox", "Saga"]


def test_words_of_pictures_and_explanations_come_when_a_reader_writes(page, gallery):
    loaded = page.locator("script[src*='cdc-gallery-words']")
    page.get_by_label("System").select_option("PostgreSQL")
    assert loaded.count() == 0
    page.get_by_label("Text").focus()
    page.get_by_label("Text").blur()
    page.get_by_label("Text").focus()
    assert loaded.count() == 1
    page.goto((gallery / "all.html").as_uri() + "?text=dump")
    expect(page.get_by_role("status")).to_have_text("1 of 12 diagrams")
    page.goto((gallery / "groups.html").as_uri() + "?text=reader-wise")
    expect(page.get_by_role("status")).to_have_text("1 of 12 diagrams")


def test_choices_narrow_each_other_and_offer_what_tells_diagrams_apart(page):
    choices = page.locator(".cdc-filter select")
    assert choices.evaluate_all("all => all.map((one) => one.name)") == ["type", "category", "tag", "system", "tone"]
    page.get_by_label("Tone").select_option("problem")
    assert titles(page) == ["Slots"]
    page.get_by_role("button", name="Clear").click()
    assert page.get_by_label("System").locator("option").all_inner_texts() == [
        "all",
        "Kafka (2)",
        "MySQL (1)",
        "PostgreSQL (3)",
        "Redis (7)",
    ]
    page.get_by_label("System").select_option("PostgreSQL")
    assert titles(page) == ["Outbox", "Slots", "Write-ahead log"]
    page.get_by_label("Tag").select_option("order")
    assert titles(page) == ["Outbox", "Write-ahead log"]
    page.get_by_role("button", name="Clear").click()
    page.get_by_label("Type").select_option("mermaid")
    assert titles(page) == ["Saga"]


def test_state_stands_in_the_address_and_the_back_button_returns_to_it(page, gallery):
    page.get_by_label("Text").press_sequentially("order")
    page.wait_for_function("location.search === '?text=order'")
    page.get_by_label("System").select_option("PostgreSQL")
    assert query(page) == "?text=order&system=PostgreSQL"
    page.get_by_label("Tag").select_option("log")
    assert titles(page) == ["Write-ahead log"]
    page.go_back()
    assert query(page) == "?text=order&system=PostgreSQL"
    assert titles(page) == ["Outbox", "Write-ahead log"]
    page.get_by_role("link", name="Outbox").click()
    page.wait_for_url(re.compile("shown.html#outbox"))
    page.go_back()
    page.wait_for_url(re.compile("all.html"))
    expect(page.get_by_label("Text")).to_have_value("order")
    assert titles(page) == ["Outbox", "Write-ahead log"]
    page.goto((gallery / "all.html").as_uri() + "?category=pattern&tag=nonsense")
    assert titles(page) == ["Outbox", "Saga"]


def test_nothing_found_is_said_and_clear_shows_all_again(page):
    page.get_by_label("Text").fill("nothing like it")
    assert titles(page) == []
    expect(page.get_by_role("status")).to_have_text("No diagram matches.")
    page.get_by_role("button", name="Clear").press("Enter")
    assert len(titles(page)) == 12
    assert page.evaluate("document.activeElement.name") == "text"
    assert query(page) == ""


def test_enter_does_not_leave_the_page_and_a_slash_still_goes_to_the_search_of_the_site(page):
    page.get_by_label("Text").fill("log")
    page.keyboard.press("Enter")
    page.wait_for_function("location.search === '?text=log'")
    page.locator("h1").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.form.action").endswith("/search.html")


def test_groups_without_a_fitting_card_go_and_a_diagram_counts_once(page, gallery):
    page.goto((gallery / "groups.html").as_uri())
    page.get_by_label("System").select_option("PostgreSQL")
    assert page.locator(".cdc-index-group:visible").all_inner_texts() == ["log", "order"]
    assert titles(page) == ["Slots", "Write-ahead log", "Outbox", "Write-ahead log"]
    expect(page.get_by_role("status")).to_have_text("3 of 12 diagrams")


def test_without_scripts_the_gallery_is_whole(browser, gallery):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((gallery / "all.html").as_uri())
    assert len(titles(page)) == 12
    assert not page.locator(".cdc-filter").is_visible()
    context.close()


def test_filter_and_its_script_come_only_where_a_gallery_is_large(gallery):
    scripts = {
        name: sorted(set(re.findall(r"cdc-\w+\.js", (gallery / f"{name}.html").read_text())))
        for name in ("index", "all", "few", "shown")
    }
    assert scripts == {"index": [], "all": ["cdc-gallery.js"], "few": [], "shown": ["cdc-diagram.js"]}
    assert "cdc-filter" not in (gallery / "few.html").read_text()


def test_pictures_load_when_they_come_near_and_in_the_scheme_of_the_page_only(browser, gallery):
    context = browser.new_context(viewport={"width": 500, "height": 300})
    page = context.new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url) if request.url.endswith(".svg") else None)
    page.goto((gallery / "all.html").as_uri())
    page.wait_for_function("document.querySelector('.cdc-when-light').naturalWidth > 0")
    light, dark = page.locator(".cdc-when-light").first, page.locator(".cdc-when-dark").first
    assert light.is_visible()
    assert not dark.is_visible()
    page.evaluate("document.body.dataset.theme = 'dark'")
    page.wait_for_function("document.querySelector('.cdc-when-dark').naturalWidth > 0")
    assert dark.is_visible()
    assert not light.is_visible()
    assert len(set(loaded)) < 24
    context.close()


@pytest.mark.parametrize("times_slower", [1, 20])
def test_nothing_moves_while_the_filter_comes_up(page, times_slower):
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": times_slower})
    for _ in range(4):
        page.reload()
        shift = page.evaluate(
            """() => new Promise((resolve) => {
              let total = 0;
              new PerformanceObserver((list) => {
                // The theme's own line of links moves on slow machines.
                const ours = ({ node }) => (node?.closest ? node : node?.parentElement)?.closest("article, .body");
                for (const entry of list.getEntries()) if (entry.sources.some(ours)) total += entry.value;
              }).observe({ type: "layout-shift", buffered: true });
              setTimeout(() => resolve(total), 300);
            })"""
        )
        assert shift == 0


def test_a_strict_policy_lets_the_filter_work(browser, gallery):
    context = browser.new_context()
    page = context.new_page()

    def serve(route):
        path = gallery / route.request.url.removeprefix("http://site.test/").partition("?")[0]
        headers = {"Content-Security-Policy": "default-src 'self'; style-src 'self'"}
        route.fulfill(path=path, headers=headers) if path.is_file() else route.abort()

    page.route("**/*", serve)
    page.goto("http://site.test/all.html")
    page.get_by_label("Text").fill("dump")
    expect(page.get_by_role("status")).to_have_text("1 of 12 diagrams")
    assert titles(page) == ["Binary log"]
    page.wait_for_function("document.querySelector('.cdc-card:not([hidden]) .cdc-when-light').naturalWidth > 0")
    context.close()


def test_a_tag_may_hold_any_character(page):
    page.get_by_label("Tag").select_option('a␟b "c" <d> \\ &')
    assert titles(page) == ["More 6"]
