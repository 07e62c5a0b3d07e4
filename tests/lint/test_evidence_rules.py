"""Rules about evidence at their edges."""

from __future__ import annotations

import datetime as dt

import pytest

from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.lint import lint, read_settings

TODAY = dt.date(2026, 6, 1)
HEAD = """\
diagram:
  type: flow
  title: A flow
  summary: What flows.
"""
SOURCES = """\
  sources:
    - {id: book, title: A book, url: "https://example.org/book", date: 2025}
"""


def found(rule: str, text: str, **settings) -> list[tuple[int, str]]:
    diagram = read_diagram(HEAD + text + SOURCES, "some/id", "data/some/id.yaml")
    return [(item.line, item.message) for item in lint([diagram], read_settings(settings, only=[rule]), today=TODAY)]


def test_formulas_that_lead_in_circles():
    text = """\
  nodes:
    a: {name: 1 s, derived: b, figure: a}
    b: {name: 1 s, derived: a * 1, figure: b}
    c: {name: 2 s, derived: a + 1 s}
"""
    assert found("derived-wrong", text) == [
        (6, "The formula 'b' cannot be computed: it leads back to itself (b -> a -> b)."),
        (7, "The formula 'a * 1' cannot be computed: it leads back to itself (a -> b -> a)."),
        (8, "The formula 'a + 1 s' cannot be computed: it leads back to itself (a -> b -> a)."),
    ]


@pytest.mark.parametrize(
    ("derived", "said"),
    [
        ("load / 0", "divides by zero"),
        ("loda * 2", "no figure is called 'loda'. Did you mean 'load'?"),
        ("load + 1 GB", "cannot be added"),
        ("both", "the claim called 'both' has 2 figures, wanted one"),
    ],
)
def test_formulas_that_cannot_be_computed(derived, said):
    text = f"""\
  nodes:
    a: {{name: 10 ms, figure: load, illustration: true}}
    b: {{name: from 1 to 2 ms, figure: both, illustration: true}}
    c: {{name: 20 ms, derived: {derived}}}
"""
    ((line, message),) = found("derived-wrong", text)
    assert line == 8
    assert said in message


def test_every_claim_with_the_same_formula_is_checked():
    text = """\
  nodes:
    a: {name: 10 ms, figure: load, illustration: true}
    b: {name: 20 ms, derived: load * 2}
    c: {name: 21 ms, derived: load * 2}
"""
    assert [line for line, _ in found("derived-wrong", text)] == [8]


def test_a_quotation_has_the_source_around_it():
    text = """\
  nodes:
    a:
      name: A
      source: book
      details:
        - {value: 10 ms, quote: it takes 10 ms}
        - {value: 11 ms, quote: it takes 10 ms}
"""
    assert found("figure-not-in-evidence", text) == [
        (11, "The figure '11 ms' does not stand in the quotation of 'book'; correct one of them.")
    ]


def test_explanations_and_the_summary_are_compared_too():
    text = """\
  nodes:
    a: {name: 10 ms, explain: "It was 12 ms in 2024, see [RFC 9000](https://example.org/9000).", source: book,
        quote: "10 ms, as RFC 9000 says"}
"""
    lines = found("figure-not-in-evidence", text.replace("name: A flow", "name: A flow"))
    assert [message.split("'")[1] for _, message in lines] == ["12 ms", "2024"]


def test_numbers_of_a_formula_are_quoted_too():
    text = """\
  nodes:
    a: {name: 30 GB, derived: 3 * 10 GB, source: book, quote: each of the three nodes has 12 GB}
"""
    assert found("figure-not-in-evidence", text) == [
        (6, "The figure '10 GB' of the formula stands in no quotation; add one.")
    ]


def test_files_in_which_everything_needs_evidence():
    text = "  nodes:\n    a: {name: 10 ms}\n    b: {name: 3 replicas, source: book}\n"
    assert found("figure-not-in-evidence", text) == []
    assert found("figure-not-in-evidence", text, evidence=["data/some/*"]) == [
        (6, "The figure '10 ms' has no evidence; add 'source' and 'quote', 'derived' or 'illustration'."),
        (7, "The figure '3' cites 'book' without a quotation; add the words that have it as 'quote'."),
    ]
    assert found("source-unread", text, evidence=["data/some/*"]) == [
        (9, "The source 'A book' is not in the registry; describe it there.")
    ]
    assert found("figure-not-in-evidence", text, evidence=["data/other/*"]) == []


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["p50 3 ms", "p99: 2 ms"], ["'p99: 2 ms' is less than 'p50 3 ms'; a higher percentile cannot be."]),
        (["p50: 3 ms", "p99: 4 ms", "p999: 1 s"], []),
        (["Availability: 101 %"], ["'101 %' is more than the whole."]),
        (["CPU: 340 %", "24:00", "2024-02-29", "October 31"], []),
        (["April 31"], ["'April 31' is no day of the calendar."]),
    ],
)
def test_values_that_cannot_be(lines, said):
    text = f"  nodes:\n    a: {{name: A, details: {lines!r}, illustration: true}}\n"
    assert [message for _, message in found("impossible-value", text)] == said
