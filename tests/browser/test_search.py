"""Sphinx's own search finds what stands in a diagram only, and leads to the diagram."""

from __future__ import annotations

import re

import pytest

PAGE = """\
# Lesson

Prose with the word paragraphword.

{filler}

```{{cdc-diagram}} one
:caption: A captionword
```

{filler}

Prose again with the word explanationword and titleword.
"""
ONE = """\
diagram:
  type: flow
  title: About titleword
  summary: It has a summaryword
  nodes:
    a: {name: Plain, explain: "Keeps the explanationword safe"}
    b: {name: "A labelword", role: database}
    c: {name: "Склад заказов", explain: "Хранит запасы"}
  flows:
    - {from: a, to: b, label: "edgeword"}
    - {from: b, to: c}
"""


@pytest.fixture(scope="module", params=["basic", "furo"])
def site(make_site, request):
    filler = "Text.\n\n" * 60
    return make_site(
        {
            "index.md": "# Index\n\n```{toctree}\nlesson\n```\n",
            "lesson.md": PAGE.format(filler=filler),
            "data/one.yaml": ONE,
        },
        theme=request.param,
        conf='language = "en"\nhtml_show_search_summary = False\n',
    )


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    page = context.new_page()
    page.set_default_timeout(10_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def find(page, site, words: str):
    page.goto((site / "search.html").as_uri() + f"?q={words}")
    results = page.locator("#search-results ul.search li > a")
    results.first.wait_for()
    return results


IN_VIEW = """(name) => {
  const box = document.getElementById(name).getBoundingClientRect();
  return box.top < innerHeight && box.bottom > 0;
}"""


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("labelword", "one--b"),
        ("explanationword", "one--a"),
        ("запасы", "one--c"),
        ("edgeword", "one"),
        ("summaryword", "one"),
        ("captionword", "one"),
    ],
)
def test_a_word_of_a_diagram_leads_to_it(page, site, words, place):
    find(page, site, words).last.click()  # the last one is the page as a whole
    page.wait_for_url(re.compile(f"lesson.html#{place}$"))
    page.wait_for_function(IN_VIEW, arg=place)


@pytest.mark.parametrize(
    ("words", "address"),
    [("labelword", "lesson.html#one--b"), ("about", "lesson.html#one"), ("склад", "lesson.html#one--c")],
)
def test_titles_and_labels_are_results_of_their_own_with_their_address(page, site, words, address):
    found = find(page, site, words).evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert address in found


def test_the_explanation_that_was_searched_is_open(page, site):
    find(page, site, "explanationword").last.click()
    page.locator(".cdc-box").wait_for()
    assert "explanationword safe" in page.locator(".cdc-box").inner_text()


def test_a_word_that_stands_in_the_text_first_leads_to_the_text(page, site):
    find(page, site, "paragraphword").last.click()
    page.wait_for_url(re.compile("lesson.html"))
    page.locator("span.highlighted").first.wait_for()
    page.wait_for_timeout(200)
    assert page.evaluate("location.hash + scrollY") == "0"


def test_a_hit_names_its_diagram_and_what_it_is(page, site):
    found = find(page, site, "labelword")
    names = found.evaluate_all("all => all.map((one) => one.parentElement.innerText)")
    node = next(name for name in names if "(node, in" in name)
    assert re.match(r".*labelword.* \(.+\) \(node, in ", node)
