"""The list of protections speaks of code and tests that are there; its page says what was seen."""

from __future__ import annotations

import ast
import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SPEC = importlib.util.spec_from_file_location("take_out", ROOT / "tools" / "protections" / "take_out.py")
assert SPEC is not None
assert SPEC.loader is not None
take_out = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = take_out
SPEC.loader.exec_module(take_out)
LIST = take_out.protections()


@pytest.mark.parametrize("protection", LIST, ids=lambda item: item.what)
def test_its_code_and_its_test_are_there(protection):
    changed = take_out.without(protection, (ROOT / protection.file).read_text(encoding="utf-8"))
    if protection.file.endswith(".py"):
        ast.parse(changed)
    path, _, name = protection.test.partition("::")
    tests = ast.parse((ROOT / path).read_text(encoding="utf-8")).body
    assert name in {item.name for item in tests if isinstance(item, ast.FunctionDef)}


def test_the_page_is_that_of_the_list():
    page = take_out.TARGET.read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("|") and not line.startswith(("| protection", "|--"))]
    ends = [row.rstrip("| ").rsplit("| ", 1)[1] for row in rows]
    assert set(ends) <= {"fails", "does not end"}
    assert take_out.table(zip(LIST, ends, strict=True)) == page
