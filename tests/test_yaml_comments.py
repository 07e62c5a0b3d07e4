"""Comments of YAML are left out, texts are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.yaml_comments import without_comments, without_mermaid_comments
from sphinx_diagram_ext.yaml_source import parse_yaml

DATA = sorted((Path(__file__).parents[1] / "data").rglob("*.yaml"))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("# INTERNAL: host db-7, ticket SEC-1\ndiagram:\n  title: T # secret\n", "diagram:\n  title: T\n"),
        ("a: 'x # y' # z\n", "a: 'x # y'\n"),
        ('a: "x # y"  # z\nb: c#d\n', 'a: "x # y"\nb: c#d\n'),
        ("a: | # z\n  # text\n  x\n# out\nb: 1\n", "a: |\n  # text\n  x\nb: 1\n"),
        ("a: >-\n  # text\n\n# out\n", "a: >-\n  # text\n\n"),
        ("a:\n  # one\n  - b # two\n  - {c: d} # three\n", "a:\n  - b\n  - {c: d}\n"),
        ("a: one\n  two # z\n", "a: one\n  two\n"),
        ("\ufeff# z\r\na: 1\r\n", "a: 1\r\n"),
        ("a: [1, # z\n  2]\n", "a: [1,\n  2]\n"),
        ("a: 1 # z", "a: 1"),
        ("a: [", ""),
    ],
)
def test_comments_are_left_out(text, left):
    assert without_comments(text) == left


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_what_is_left_says_the_same(path):
    text = path.read_text(encoding="utf-8")
    left = without_comments(text)
    assert parse_yaml(left, "x").data == parse_yaml(text, "x").data


@given(st.text(alphabet="ab#:'\"|>- \n[]{},&*é\u2028", max_size=40))
def test_any_text_says_the_same_or_nothing(text):
    try:
        data = parse_yaml(text, "x").data
    except ProblemsError:
        return
    left = without_comments(text)
    assert parse_yaml(left, "x").data == data


def test_comments_of_mermaid():
    assert without_mermaid_comments("%%{init: {}}%%\nflowchart LR\n  %% secret\n  a --> b\n%% z") == (
        "%%{init: {}}%%\nflowchart LR\n  a --> b\n"
    )
