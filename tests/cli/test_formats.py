"""Forms of the output, to the byte: other programs read them."""

from __future__ import annotations

import json

import pytest

from sphinx_diagram_ext.cli.formats import FORMATS, LINTED, VALIDATED, Report, Wording
from sphinx_diagram_ext.errors import Code, Problem
from sphinx_diagram_ext.lint.finding import Finding, Severity, from_problems

ROWS = (
    Finding("", 0, 0, Code.YAML, "Nowhere."),
    Finding("a.yaml", 0, 0, Code.FILE, "Whole “file”."),
    Finding("a.yaml", 3, 0, Code.LINT_NAMING, "A line.", Severity.WARNING, "a"),
    Finding("a.yaml", 3, 5, Code.LINT_NAMING, "A column.", Severity.INFO, "a"),
)


def form(name: str, wording: Wording, *rows: Finding, diagrams: int = 2, plans: int = 0) -> str:
    return FORMATS[name](Report(rows, diagrams, plans), wording)


def test_lines_of_the_linter():
    assert form("text", LINTED, *ROWS) == (
        "error: Nowhere. [yaml]\n"
        "a.yaml: error: Whole “file”. [file]\n"
        "a.yaml:3: warning: A line. [lint-naming]\n"
        "a.yaml:3:5: info: A column. [lint-naming]\n"
        "2 diagrams linted, 2 errors, 1 warning, 1 info.\n"
    )


def test_lines_of_validate():
    assert form("text", VALIDATED, *ROWS[:2]) == (
        "Nowhere. [yaml]\na.yaml: Whole “file”. [file]\n2 diagrams checked, 2 errors.\n"
    )


@pytest.mark.parametrize(
    ("wording", "diagrams", "plans", "said"),
    [
        (LINTED, 1, 0, "1 diagram linted, nothing to fix.\n"),
        (LINTED, 0, 0, "0 diagrams linted, nothing to fix.\n"),
        (VALIDATED, 0, 0, "0 diagrams checked, 0 errors.\n"),
        (VALIDATED, 1, 1, "1 diagram and 1 plan checked, 0 errors.\n"),
        (VALIDATED, 0, 2, "2 plans checked, 0 errors.\n"),
    ],
)
def test_nothing_is_wrong(wording, diagrams, plans, said):
    assert form("text", wording, diagrams=diagrams, plans=plans) == said


def test_json_of_the_linter():
    said = form("json", LINTED, ROWS[2])
    assert said == (
        '{\n "version": 1,\n "checked": 2,\n "findings": [\n  {\n   "file": "a.yaml",\n   "line": 3,\n   "column": 0,\n'
        '   "code": "lint-naming",\n   "severity": "warning",\n   "diagram": "a",\n'
        '   "message": "A line."\n  }\n ]\n}\n'
    )


def test_json_of_validate():
    assert form("json", VALIDATED, ROWS[1], diagrams=1, plans=1) == (
        '{\n "version": 1,\n "checked": 2,\n "errors": [\n  {\n   "file": "a.yaml",\n   "line": 0,\n   "column": 0,\n'
        '   "code": "file",\n   "message": "Whole “file”."\n  }\n ]\n}\n'
    )


@pytest.mark.parametrize("wording", [LINTED, VALIDATED])
def test_annotations_are_those_of_either_command(wording):
    assert form("github", wording, *ROWS[1:]) == (
        "::error file=a.yaml,line=1,title=cdc file::Whole “file”.\n"
        "::warning file=a.yaml,line=3,title=cdc lint-naming::A line.\n"
        "::notice file=a.yaml,line=3,col=5,title=cdc lint-naming::A column.\n"
    )


def test_sarif_has_places_and_levels():
    (run,) = json.loads(form("sarif", LINTED, *ROWS[1:]))["runs"]
    assert [item["level"] for item in run["results"]] == ["error", "warning", "note"]
    places = [item["locations"][0]["physicalLocation"].get("region") for item in run["results"]]
    assert places == [None, {"startLine": 3}, {"startLine": 3, "startColumn": 5}]


def test_a_problem_and_its_finding_say_the_same():
    problem = Problem("f.yaml", 3, 5, Code.YAML, "Bad.")
    (finding,) = from_problems([problem])
    assert (str(problem), str(finding)) == ("f.yaml:3:5: Bad. [yaml]", "f.yaml:3:5: error: Bad. [yaml]")
    assert str(Problem("f.yaml", 0, 5, Code.YAML, "Bad.")) == "f.yaml: Bad. [yaml]"


@pytest.mark.parametrize("wording", [LINTED, VALIDATED], ids=["lint", "validate"])
@pytest.mark.parametrize("name", list(FORMATS))
def test_names_and_messages_stay_on_their_line(name, wording):
    text = form(name, wording, Finding("a\x1b[2J\n::error::x\udce9.yaml", 3, 0, Code.FILE, "Said\n::error::y\x07."))
    assert text.encode("utf-8").decode("utf-8") == text
    assert not any(line.startswith("::error::") for line in text.splitlines())
    assert all(line.isprintable() for line in text.split("\n"))


def test_sarif_names_files_by_their_bytes():
    text = form("sarif", LINTED, Finding("caf\udce9.yaml", 3, 0, Code.FILE, "Said."))
    (result,) = json.loads(text)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "caf%E9.yaml"
