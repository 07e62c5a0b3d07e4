"""Describes the faults of pictures as MyST text; all of it is read from the code."""

from __future__ import annotations

from sphinx_diagram_ext.drawing.faults import KINDS, Kind
from sphinx_diagram_ext.lint.rules.faults import FAULT_RULES


def table() -> str:
    """Return a table of the kinds of faults: number, name, what it is, how it is found and which rule says it."""
    head = ["| Number | Name | What it is | Found in | Rule of the linter |", "|---|---|---|---|---|"]
    return "\n".join([*head, *map(_row, KINDS.values()), ""])


def _row(kind: Kind) -> str:
    found = "a page" if kind.by_browser else "the scene"
    allowed = "; allowed" if kind.allowed else ""
    rule = FAULT_RULES.get(kind.number)
    named = f"[{rule.id}](#{rule.code})" if rule else ""
    return f"| {kind.number} | `{kind.name}` | {kind.summary} | {found}{allowed} | {named} |"
