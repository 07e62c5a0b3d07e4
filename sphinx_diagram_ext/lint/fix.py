"""Edits that cannot change what a diagram says: the data is the same before and after.

The one exception is the form of ``reviewed:``, whose day stays the same.
"""

from __future__ import annotations

import datetime as dt
import difflib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.yaml_source import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

# The pure Python scanner refuses tabs that libyaml, which reads the data, takes.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MODELINE = "# yaml-language-server: $schema="
"""How the YAML language server is told the schema of a file."""

_REVIEWED = re.compile(
    r"""^(?P<key>[ ]+reviewed:[ ]*)(?P<quote>["']?)(?P<day>[\d./T: -]+?)(?P=quote)(?P<rest>\s*(?:#.*)?)$"""
)
_YEAR_FIRST = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def fixed(text: str, path: Path, schema: Path | None = None) -> str:
    """Return the *text* of the file *path*, fixed; as it is if it is not YAML."""
    newline = "\r\n" if "\r\n" in text else "\n"
    plain = text.replace("\r\n", "\n")
    try:
        before = parse_yaml(plain, str(path)).data
    except ProblemsError:
        return text
    lines = _without_trailing_space(plain)
    if lines != plain and parse_yaml(lines, str(path)).data != before:
        lines = plain
    lines = "".join(map(_normal_day, lines.splitlines(keepends=True)))
    if schema is not None and MODELINE not in lines:
        relative = Path(os.path.relpath(schema, path.parent)).as_posix()
        lines = f"{MODELINE}{relative}\n{lines}"
    return lines.replace("\n", newline)


def difference(before: str, after: str, path: Path) -> str:
    """Return what changed, as a unified diff."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"{path}", f"{path} (fixed)"
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _without_trailing_space(text: str) -> str:
    kept = set(_inside_texts(text))
    lines = (
        line if number in kept else line.rstrip(" \t") for number, line in enumerate(text.rstrip("\n").split("\n"))
    )
    return "\n".join(lines) + "\n"


def _inside_texts(text: str) -> Iterator[int]:
    """Yield the lines (from 0) within texts of several lines, where a space at the end may count."""
    for token in yaml.scan(text, Loader=_LOADER):
        if isinstance(token, yaml.ScalarToken) and token.end_mark.line > token.start_mark.line:
            # The first line of a block holds its indicator only, that of a quoted text is content.
            first = token.start_mark.line + (token.style in ("|", ">"))
            yield from range(first, token.end_mark.line)


def _normal_day(line: str) -> str:
    """Return *line* with the day of ``reviewed:`` as YYYY-MM-DD, where it can mean one day only."""
    found = _REVIEWED.match(line.rstrip("\n"))
    if not found:
        return line
    year_first, day_first = _YEAR_FIRST.fullmatch(found["day"]), _DAY_FIRST.fullmatch(found["day"])
    if year_first:
        parts = tuple(map(int, year_first.groups()))
    elif day_first:
        parts = tuple(map(int, reversed(day_first.groups())))
    else:
        return line
    try:
        day = dt.date(*parts)
    except ValueError:
        return line
    end = "\n" if line.endswith("\n") else ""
    return f"{found['key']}{found['quote']}{day.isoformat()}{found['quote']}{found['rest']}{end}"
