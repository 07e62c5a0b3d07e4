"""The keyword that Mermaid source begins with, below everything that may stand before it."""

from __future__ import annotations

import pytest

from sphinx_diagram_ext.mermaid_keywords import family_of, first_word


@pytest.mark.parametrize(
    "before",
    [
        "",
        "\n\n",
        "%% a comment\n",
        "%%{init: {'theme': 'dark'}}%%\n",
        "%%{init: {\n  'theme': 'dark'\n}}%%\n",
        "---\ntitle: graph\n---\n",
        "---\r\ntitle: graph\r\n---\r\n",
        "---\nconfig: {}\n---\n\n%% x\n%%{wrap}%%\n",
    ],
)
def test_the_family_is_found_below_settings_and_comments(before):
    assert family_of(f"{before}sequenceDiagram\n A->>B: x\n") == "sequence"


@pytest.mark.parametrize(("source", "word"), [("", ""), ("%% x", ""), ("graph TD;a-->b", "graph"), ("pie: x", "pie")])
def test_first_words(source, word):
    assert first_word(source) == word


@pytest.mark.parametrize(
    ("piece", "word"),
    [("%%{\n", "x"), ("%%{", ""), ("%% }\n", "x"), ("---\n", "---"), (" \n", "x"), ("%%{ }%%", "x")],
)
def test_what_stands_before_may_be_long(piece, word):
    assert first_word(piece * 60_000 + "x") == word
