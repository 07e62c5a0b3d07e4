"""Reports of changes: Markdown for whoever reviews, JSON for programs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.changes.compare import Change, Changes, DiagramChange

VERSION = 1
"""Of the JSON."""

_SIGNS = {"added": "+", "removed": "-", "renamed": "→", "changed": "~"}


def as_markdown(changes: Changes) -> str:
    """Return the changes as Markdown; texts of data are code, so that none of them is markup."""
    lines = [_summary(changes)]
    lines += [f"- added {_code(item.id)}: {_code(item.title.text)}" for item in changes.added]
    lines += [f"- removed {_code(item.id)}: {_code(item.title.text)}" for item in changes.removed]
    for one in changes.changed:
        lines += ["", f"### {_code(one.id)}", ""]
        if one.old_id != one.id:
            lines.append(f"- renamed from {_code(one.old_id)}")
        lines += [_line(change) for change in one.changes]
    if changes.problems:
        lines += ["", "### Not compared", ""]
        lines += [f"- {state}: {_code(str(problem))}" for state, problem in changes.problems]
    return "\n".join(lines) + "\n"


def _summary(changes: Changes) -> str:
    if not changes:
        return "No diagram changed."
    counts = (("added", changes.added), ("removed", changes.removed), ("changed", changes.changed))
    said = [f"{len(found)} {name}" for name, found in counts if found]
    if changes.problems:
        said.append(f"{len(changes.problems)} problems")
    return f"Diagrams: {', '.join(said)}.\n"


def _line(change: Change) -> str:
    said = " → ".join(_code(text) for text in (change.before, change.after) if text)
    return f"- {_SIGNS[change.kind]} {change.part} {_code(change.name)}{f': {said}' if said else ''}"


def _code(text: str) -> str:
    """Return *text* as code of Markdown (https://spec.commonmark.org/0.31.2/#code-spans)."""
    words = " ".join(text.split())
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", words)), default=0))
    pad = " " if words.startswith("`") or words.endswith("`") or not words else ""
    return f"{fence}{pad}{words}{pad}{fence}"


def as_json(changes: Changes) -> str:
    """Return the changes as JSON."""
    found = {
        "version": VERSION,
        "added": [{"id": item.id, "title": item.title.text} for item in changes.added],
        "removed": [{"id": item.id, "title": item.title.text} for item in changes.removed],
        "changed": [dict(_fields(one)) for one in changes.changed],
        "problems": [
            {"state": state, "file": item.path, "line": item.line, "code": str(item.code), "message": item.message}
            for state, item in changes.problems
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _fields(one: DiagramChange) -> Iterator[tuple[str, object]]:
    yield "id", one.id
    yield "old_id", one.old_id
    yield "changes", [change._asdict() for change in one.changes]
