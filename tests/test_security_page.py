"""Pages about security name tests and files: all of them are there."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
BASELINE = (ROOT / "docs" / "develop" / "security-baseline.md").read_text(encoding="utf-8")
TEST = re.compile(r"(tests/[\w/]+\.py)::(\w+)")
PATH = re.compile(r"`([\w][\w./-]*\.(?:md|py|toml|txt|ini|yaml)|LICENSE|\.ci/run)`")


@cache
def functions(path: str) -> set[str]:
    return {item.name for item in ast.parse((ROOT / path).read_text(encoding="utf-8")).body if hasattr(item, "name")}


def promises() -> list[tuple[str, str]]:
    """Return each promise with its text."""
    part = SECURITY.split("## What is promised")[1].split("## What is not promised")[0]
    return [tuple(one.split("\n", 1)) for one in part.split("\n### ")[1:]]  # type: ignore[misc]


@pytest.mark.parametrize(("name", "text"), promises(), ids=[name for name, _ in promises()])
def test_every_promise_names_tests(name, text):
    assert TEST.search(text), f"{name} is held by no test"


@pytest.mark.parametrize("page", [SECURITY, BASELINE], ids=["SECURITY.md", "baseline"])
def test_tests_and_files_that_are_named_are_there(page):
    named = TEST.findall(page)
    assert [f"{path}::{name}" for path, name in named if name not in functions(path)] == []
    assert [path for path in PATH.findall(page) if path != "conf.py" and not (ROOT / path).exists()] == []


def test_the_assessment_says_met_or_not_of_each_requirement():
    rows = [line.strip("| ").split(" | ") for line in BASELINE.splitlines() if line.startswith("| OSPS-")]
    assert len(rows) >= 10
    assert {row[2].split(",")[0] for row in rows} <= {"met", "not met", "not for this project", "not looked into"}
    assert [row[0] for row in rows if row[2] == "met" and not (PATH.search(row[3]) or TEST.search(row[3]))] == []


def said_licences(name: str) -> str:
    """Return everything that the metadata of an installed package says of its licence; "" if it is not installed."""
    try:
        found = metadata(name)
    except PackageNotFoundError:
        return ""
    classes = [one for one in found.get_all("Classifier") or () if one.startswith("License ::")]
    return " ".join([found.get("License-Expression") or "", found.get("License") or "", *classes])


def test_every_dependency_is_reviewed_with_the_licence_that_it_has():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {Requirement(line).name for line in project["dependencies"]}
    rows = dict(re.findall(r"^\| `([\w-]+)` \| ([^|]+) \|", BASELINE, re.MULTILINE))
    assert rows.keys() == wanted
    for name, licences in rows.items():
        said = said_licences(name)
        # Spellings differ between versions: "BSD License", "BSD-3-Clause".
        assert not said or re.split(r"[\s-]", licences)[0] in said, (name, said)
