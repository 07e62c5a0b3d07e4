"""Words of the package: module docstrings that can be scanned, and plain English."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import sphinx_diagram_ext

PACKAGE = Path(sphinx_diagram_ext.__file__).parent

# A list of modules is read by their first words: they name the thing, and do not ask or tell.
NO_NOUNS = {
    *("What", "How", "Which", "Where", "Who", "Tells", "Finds", "Gives", "Puts", "Chooses", "Says", "Keeps", "Runs"),
    *("Makes", "Draws", "Answers", "Connects", "Counts", "Calls", "Parses"),
}
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
QUAINT = re.compile(r"\b(?:mend|mended|mends|anew|lessons?)\b", re.IGNORECASE)


@pytest.mark.parametrize("name", MODULES)
def test_the_docstring_of_a_module_begins_with_a_noun(name):
    docstring = ast.get_docstring(ast.parse((PACKAGE / name).read_text(encoding="utf-8")))
    assert docstring
    assert docstring.split()[0] not in NO_NOUNS


@pytest.mark.parametrize("name", MODULES)
def test_the_words_are_plain(name):
    assert QUAINT.findall((PACKAGE / name).read_text(encoding="utf-8")) == []
