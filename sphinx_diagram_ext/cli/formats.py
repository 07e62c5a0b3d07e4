"""Findings of a command as text, JSON, annotations of GitHub and SARIF."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from sphinx_diagram_ext import __version__
from sphinx_diagram_ext.cli.github import annotation
from sphinx_diagram_ext.errors import located, printable
from sphinx_diagram_ext.lint.finding import Finding, Severity
from sphinx_diagram_ext.lint.rule_pages import documentation, page
from sphinx_diagram_ext.lint.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

VERSION = 1
"""Of the JSON format; raised when a key changes its meaning or goes away."""

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class Report(NamedTuple):
    """What a command found, and in how many files."""

    rows: Sequence[Finding]
    diagrams: int
    plans: int = 0


@dataclass(frozen=True, slots=True)
class Wording:
    """How a command tells what it found; *graded* where rows differ in their severity."""

    done: str
    rows: str
    nothing: str
    graded: bool


LINTED = Wording("linted", "findings", "nothing to fix", graded=True)
VALIDATED = Wording("checked", "errors", "0 errors", graded=False)


def text(report: Report, wording: Wording) -> str:
    """Return a line a row and a line that counts them."""
    lines = [
        str(row) if wording.graded else located(row.path, row.line, row.column, f"{row.message} [{row.code}]")
        for row in report.rows
    ]
    numbers = [
        f"{number} {severity}" if severity is Severity.INFO else _counted(number, str(severity))
        for severity in Severity
        if (number := sum(row.severity is severity for row in report.rows))
    ]
    files = [_counted(report.diagrams, "diagram")] if report.diagrams or not report.plans else []
    files += [_counted(report.plans, "plan")] if report.plans else []
    lines.append(f"{' and '.join(files)} {wording.done}, {', '.join(numbers) or wording.nothing}.")
    return "\n".join(lines) + "\n"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def json_text(report: Report, wording: Wording) -> str:
    """Return JSON."""
    rows = [
        {
            "file": printable(row.path),
            "line": row.line,
            "column": row.column,
            "code": str(row.code),
            **({"severity": str(row.severity), "diagram": row.diagram} if wording.graded else {}),
            "message": row.message,
        }
        for row in report.rows
    ]
    return _dumps({"version": VERSION, "checked": report.diagrams + report.plans, wording.rows: rows})


def github(report: Report, wording: Wording) -> str:
    """Return annotations."""
    del wording
    return "".join(
        annotation(_GITHUB_LEVELS[row.severity], row.path, row.line, row.column, row.code, row.message)
        for row in report.rows
    )


def sarif(report: Report, wording: Wording) -> str:
    """Return a SARIF 2.1.0 log (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html)."""
    del wording
    codes = sorted({str(row.code) for row in report.rows})
    base = documentation()
    run = {
        "tool": {
            "driver": {
                "name": "cdc-diagram",
                "version": __version__,
                "rules": [_sarif_rule(code, base) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(row, codes) for row in report.rows],
    }
    return _dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_rule(code: str, base: str) -> dict[str, Any]:
    rule = next((rule for rule in RULES.values() if rule.code == code), None)
    if rule is None:
        return {"id": code, "shortDescription": {"text": "The file cannot be read as a diagram."}}
    sample = f"\n```yaml\n{rule.sample('good')}```\n" if rule.samples else ""
    return {
        "id": code,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join(rule.why.split())},
        **({"helpUri": page(rule, base)} if base else {}),
        "help": {"text": rule.why, "markdown": f"{rule.why}\n{sample}"},
        "defaultConfiguration": {"level": _SARIF_LEVELS[rule.severity], "enabled": rule.default},
    }


def _sarif_result(item: Finding, codes: list[str]) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(os.fsencode(item.path.replace("\\", "/")))}}
    if item.line:
        location["region"] = {"startLine": item.line}
        if item.column:
            location["region"]["startColumn"] = item.column
    result: dict[str, Any] = {
        "ruleId": str(item.code),
        "ruleIndex": codes.index(str(item.code)),
        "level": _SARIF_LEVELS[item.severity],
        "message": {"text": item.message},
        "locations": [{"physicalLocation": location}],
    }
    if item.diagram:
        result["locations"][0]["logicalLocations"] = [{"fullyQualifiedName": item.diagram, "kind": "resource"}]
    return result


def _dumps(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, Callable[[Report, Wording], str]] = {
    "text": text,
    "json": json_text,
    "github": github,
    "sarif": sarif,
}
"""The forms of the output by their names."""
