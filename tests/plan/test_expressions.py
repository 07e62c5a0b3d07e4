"""Expressions of a plan are bounded: nothing that one holds takes long, or much memory."""

from __future__ import annotations

import datetime as dt

import pytest

from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.lint import Settings, lint
from sphinx_diagram_ext.plan import read_plan
from sphinx_diagram_ext.plan.expressions import MAX_LENGTH, TooSlowError, compiled, spans

PLAN = """\
plan:
  elements:
    slow: {description: A word, check: {text: '(a+)+$'}}
    figure: {description: A figure, check: {text: '[0-9]'}}
  categories:
    stories:
      views:
        poem: {elements: [slow, figure]}
"""
DIAGRAM = """\
diagram:
  type: flow
  title: T
  category: stories
  view: poem
  nodes: {one: %s}
"""


def test_what_it_finds_is_found_in_any_case() -> None:
    assert spans(r"\bab+", "xab AB abb") == {(4, 6), (7, 10)}


@pytest.mark.parametrize("expression", ["(a+)+$", "(a|a)*$"])
def test_one_that_takes_too_long_is_stopped(expression: str) -> None:
    with pytest.raises(TooSlowError):
        spans(expression, "a" * 2_000 + "b")


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("(", "wanted a regular expression of Python, but missing )"),
        ("a" * (MAX_LENGTH + 1), "wanted at most 500 characters, found 501"),
        ("a{51}", "wanted at most 50 repetitions"),
        ("a{2,999999}", "wanted at most 50 repetitions"),
        ("(a{9}){9}", "wanted no group that is repeated a number of times"),
        ("(?:(?:a{9})*{9})", "wanted no group that is repeated a number of times"),
    ],
)
def test_one_that_could_take_memory_is_refused(expression: str, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("(", r"\(").replace(")", r"\)")):
        compiled(expression)


@pytest.mark.parametrize("expression", [r"\){6}", r"[({]{3}", r"\d{1,2}:\d{2}"])
def test_braces_behind_what_only_looks_like_a_group_are_fine(expression: str) -> None:
    assert compiled(expression) is not None


def test_the_linter_says_which_element_is_too_slow_once_and_goes_on(tmp_path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    plan = read_plan(path)
    diagrams = [read_diagram(DIAGRAM % ("a" * 1_900 + "b"), name, f"{name}.yaml") for name in ("x", "y")]
    settings = Settings(rules=("view-element-missing",), plan=plan)
    found = [str(item) for item in lint(diagrams, settings, today=dt.date(2026, 1, 1))]
    slow = "The expression of the element 'slow' takes longer than 0.5 s here, so that nothing is checked for it"
    assert [slow in item for item in found].count(True) == 1
    assert sum("lacks 'figure'" in item for item in found) == 2
    assert {item.split(":")[0] for item in found if "lacks" in item} == {"x.yaml", "y.yaml"}
