"""``cdc-diagram coverage``: how much of the inventory is written, valid, clean, checked and reviewed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.cli.common import UsageError, guarded_engine
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.errors import ProblemsError, printable
from sphinx_diagram_ext.lint import Severity, lint
from sphinx_diagram_ext.plan.coverage import GROUPS, STEPS, Count, Progress, counts, progress
from sphinx_diagram_ext.plan.inventory import read_inventory

if TYPE_CHECKING:
    import argparse

    from sphinx_diagram_ext.cli.project import Project
    from sphinx_diagram_ext.model import Diagram


def add_parser(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "coverage",
        parents=[shared],
        help="count what of the inventory is done",
        description="Count the rows of the inventory whose diagram is written, valid, clean (no error and no warning of"
        " the linter), checked and reviewed. A row is done if somebody else than the writer checked it, and it is"
        " valid and clean. The exit status is 1 if something is wrong with the inventory.",
    )
    parser.add_argument(
        "--inventory",
        metavar="FILE",
        type=Path,
        help="table of tab-separated values (default: [tool.cdc-diagram] inventory in pyproject.toml)",
    )
    parser.add_argument("--by", choices=GROUPS, default="category", help="what to count by (default: category)")
    parser.add_argument(
        "--format", choices=("text", "json", "page"), default="text", help="form of the output; a page is MyST text"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, project: Project) -> int:
    """Count, and print the table."""
    path = arguments.inventory or project.inventory_file
    if path is None:
        raise UsageError("coverage: name the inventory with --inventory, or as 'inventory' in pyproject.toml")
    rows, problems = read_inventory(path, project.limits, project.types)
    for problem in problems:
        print(printable(str(problem)), file=sys.stderr)
    valid, unclean = _read(arguments.engine, project)
    found = progress(rows, project.catalog.ids, valid, unclean)
    counted = counts(found, arguments.by)
    write = {"text": _text, "json": _json, "page": _page}[arguments.format]
    print(write(counted, found, arguments.by), end="")
    return 1 if problems else 0


def _read(engine_name: str, project: Project) -> tuple[dict[str, Diagram], frozenset[str]]:
    """Return the diagrams without an error by id, and the ids of those with a finding above "info"."""
    plan = project.read_plan(project.plan_file) if project.plan_file else None
    valid: dict[str, Diagram] = {}
    with guarded_engine(engine_name, project.limits) as engine:
        for diagram in project.catalog:
            try:
                complete = pipeline.inspect(diagram, engine, project.limits)
                pipeline.check(complete, engine)
            except ProblemsError:
                continue
            valid[complete.id] = complete
        findings = lint(valid.values(), project.lint_settings((), (), plan), engine=engine)
    return valid, frozenset(item.diagram for item in findings if item.severity is not Severity.INFO)


def _text(counted: list[Count], _found: list[Progress], by: str) -> str:
    head = (by, "rows", *STEPS)
    table = [head, *((item.group, str(item.rows), *(str(item.steps[step]) for step in STEPS)) for item in counted)]
    widths = [max(len(row[column]) for row in table) for column in range(len(head))]
    lines = (
        "  ".join(
            (row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)))
        )
        for row in table
    )
    return "".join(f"{printable(line)}\n" for line in lines)


def _page(counted: list[Count], _found: list[Progress], by: str) -> str:
    head = (by, "rows", *STEPS)
    rows = [(item.group, str(item.rows), *(str(item.steps[step]) for step in STEPS)) for item in counted]
    lines = (head, ("---", *("---:" for _ in head[1:])), *rows)
    return "".join(f"| {' | '.join(_cell(cell) for cell in row)} |\n" for row in lines)


def _cell(text: str) -> str:
    """Return *text* as words of a table: nothing in it is markup."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>|$~#&" else char for char in " ".join(text.split()))


def _json(counted: list[Count], found: list[Progress], by: str) -> str:
    content = {
        "version": 1,
        "by": by,
        "groups": [{"group": item.group, "rows": item.rows, **item.steps} for item in counted],
        "rows": [
            {"id": item.row.id, "title": item.row.title, "diagram": item.diagram, "status": item.status, **item.steps}
            for item in found
        ],
    }
    return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n"
