"""Inventory of the diagrams that a project wants: one a row of a table of tab-separated values."""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.catalog.files import read_file, safe_id
from sphinx_diagram_ext.errors import Code, Problem, ProblemsError, did_you_mean
from sphinx_diagram_ext.limits import DEFAULT_LIMITS, Limits
from sphinx_diagram_ext.plan.names import slug
from sphinx_diagram_ext.types import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

COLUMNS = ("id", "category", "subject", "view", "type", "title", "source_hint")
"""The columns, as the first row names them."""

MOST_ROWS = 50_000
"""Rows of an inventory, at most."""


@dataclass(frozen=True, slots=True)
class Row:
    """A diagram that is wanted: its id is ``category/subject/view``, ``source_hint`` says where its facts are."""

    id: str
    category: str
    subject: str
    view: str
    type: str
    title: str
    source_hint: str
    line: int


def read_inventory(
    path: Path, limits: Limits = DEFAULT_LIMITS, types: Iterable[str] = TYPES
) -> tuple[list[Row], list[Problem]]:
    """Return the rows of the inventory *path* and what is wrong with the others, which are left out.

    Raises:
        ProblemsError: the file cannot be read, or has other columns.
    """
    # Unlike Path.exists, this takes a path that the system refuses for one that is not there.
    if not os.path.exists(path):  # noqa: PTH110
        message = "The inventory does not exist; create the file or fix the setting that names it."
        raise ProblemsError([Problem(str(path), 0, 0, Code.FILE, message)])
    text = read_file(path, path.resolve().parent, limits.file_bytes)
    table = csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    head = tuple(next(table, ()))
    if head != COLUMNS:
        message = f"The first row has the columns {', '.join(head) or 'none'}; wanted {', '.join(COLUMNS)}, with tabs."
        raise ProblemsError([Problem(str(path), 1, 1, Code.SCHEMA, message)])
    rows: dict[str, Row] = {}
    problems: list[Problem] = []
    known = tuple(types)
    for line, cells in enumerate(table, 2):
        if line > MOST_ROWS:
            message = f"The inventory has more than {MOST_ROWS:,} rows; the others are left out."
            problems.append(Problem(str(path), line, 0, Code.SCHEMA, message))
            break
        if not any(cells):
            continue
        said = list(_wrong(cells, rows, known))
        problems += [Problem(str(path), line, 0, code, message) for code, message in said]
        if not said:
            rows[cells[0]] = Row(**dict(zip(COLUMNS, cells, strict=True)), line=line)
    return list(rows.values()), problems


def _wrong(cells: list[str], rows: dict[str, Row], types: tuple[str, ...]) -> Iterator[tuple[Code, str]]:
    if len(cells) != len(COLUMNS):
        yield Code.SCHEMA, f"The row has {len(cells)} cells, wanted {len(COLUMNS)}, with tabs between them."
        return
    cell = dict(zip(COLUMNS, cells, strict=True))
    empty = [name for name in COLUMNS[:-1] if not cell[name].strip()]
    if empty:
        yield Code.SCHEMA, f"The row has no {' and no '.join(empty)}."
    name = cell["id"]
    wanted = "/".join(slug(cell[part]) for part in ("category", "subject", "view"))
    if name in rows:
        yield Code.DUPLICATE_ID, f"The id {name!r} is in line {rows[name].line} already; rename or drop one of them."
    elif not safe_id(name) or name != wanted:
        yield Code.SCHEMA, f"The id {name!r} is not {wanted!r}, which category, subject and view make."
    if cell["type"] not in types:
        hint = did_you_mean(cell["type"], types)
        yield Code.UNKNOWN_TYPE, f"There is no diagram type {cell['type']!r}.{hint}"
