"""Findings as text, JSON, annotations of GitHub and SARIF."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sphinx_diagram_ext import __version__
from sphinx_diagram_ext.cli.github import annotation
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


def text(findings: Sequence[Finding], count: int) -> str:
    """Return a line a finding and a line that counts them."""
    numbers = [
        f"{number} {severity}{'' if number == 1 or severity is Severity.INFO else 's'}"
        for severity in Severity
        if (number := sum(item.severity is severity for item in findings))
    ]
    files = f"{count} diagram{'' if count == 1 else 's'}"
    lines = [*map(str, findings), f"{files} linted, {', '.join(numbers) or 'nothing to mend'}."]
    return "\n".join(lines) + "\n"


def json_text(findings: Sequence[Finding], count: int) -> str:
    """Return JSON."""
    found = [
        {
            "file": item.path,
            "line": item.line,
            "column": item.column,
            "code": str(item.code),
            "severity": str(item.severity),
            "diagram": item.diagram,
            "message": item.message,
        }
        for item in findings
    ]
    return _dumps({"version": VERSION, "checked": count, "findings": found})


def github(findings: Sequence[Finding], count: int) -> str:
    """Return annotations."""
    del count
    return "".join(
        annotation(_GITHUB_LEVELS[item.severity], item.path, item.line, item.column, item.code, item.message)
        for item in findings
    )


def sarif(findings: Sequence[Finding], count: int) -> str:
    """Return a SARIF 2.1.0 log (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html)."""
    del count
    codes = sorted({str(item.code) for item in findings})
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
        "results": [_sarif_result(item, codes) for item in findings],
    }
    return _dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_rule(code: str, base: str) -> dict[str, Any]:
    rule = next((rule for rule in RULES.values() if rule.code == code), None)
    if rule is None:
        return {"id": code, "shortDescription": {"text": "The file cannot be read as a diagram."}}
    return {
        "id": code,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join(rule.why.split())},
        **({"helpUri": page(rule, base)} if base else {}),
        "help": {"text": rule.why, "markdown": f"{rule.why}\n\n```yaml\n{rule.sample('good')}```\n"},
        "defaultConfiguration": {"level": _SARIF_LEVELS[rule.severity], "enabled": rule.default},
    }


def _sarif_result(item: Finding, codes: list[str]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(item.path.replace("\\", "/"))}}
    if item.line:
        place["region"] = {"startLine": item.line}
        if item.column:
            place["region"]["startColumn"] = item.column
    result: dict[str, Any] = {
        "ruleId": str(item.code),
        "ruleIndex": codes.index(str(item.code)),
        "level": _SARIF_LEVELS[item.severity],
        "message": {"text": item.message},
        "locations": [{"physicalLocation": place}],
    }
    if item.diagram:
        result["locations"][0]["logicalLocations"] = [{"fullyQualifiedName": item.diagram, "kind": "resource"}]
    return result


def _dumps(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, Callable[[Sequence[Finding], int], str]] = {
    "text": text,
    "json": json_text,
    "github": github,
    "sarif": sarif,
}
"""The forms of the output by their names."""
