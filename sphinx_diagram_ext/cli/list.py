"""``cdc-diagram list``: the diagrams of the data folders."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.cli.common import UsageError
from sphinx_diagram_ext.errors import printable

if TYPE_CHECKING:
    import argparse

    from sphinx_diagram_ext.cli.project import Project
    from sphinx_diagram_ext.model import Diagram

LIST_FIELDS = ("id", "type", "category", "subject", "view", "tag", "system", "module", "difficulty")


def add_parser(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "list",
        parents=[shared],
        help="list diagrams",
        description="List the diagrams of the data folders, one a line: id, type and title.",
    )
    parser.add_argument(
        "--filter",
        metavar="FIELD=VALUE",
        action="append",
        default=[],
        help=f"list only these; may be given more than once; fields: {', '.join(LIST_FIELDS)}",
    )
    parser.add_argument("--json", action="store_true", help="write JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, project: Project) -> int:
    """List the diagrams."""
    terms = []
    for term in arguments.filter:
        field, equals, value = term.partition("=")
        if not equals or field not in LIST_FIELDS:
            message = f"--filter {term!r}: wanted FIELD=VALUE with one of {', '.join(LIST_FIELDS)}"
            raise UsageError(message)
        terms.append((field, value))
    for problem in project.catalog.check():
        print(problem, file=sys.stderr)
    found = [
        diagram for diagram in project.catalog if all(value in field_values(diagram, field) for field, value in terms)
    ]
    if arguments.json:
        print(json.dumps([_entry(diagram) for diagram in found], ensure_ascii=False, indent=1))
    else:
        width = max((len(diagram.id) for diagram in found), default=0)
        for diagram in found:
            title = printable(" ".join(diagram.title.text.split()))
            print(f"{diagram.id:<{width}}  {diagram.type:<12}  {title}")
    return 0


def field_values(diagram: Diagram, field: str) -> tuple[str, ...]:
    """Return the values that *diagram* has for a *field*."""
    meta = diagram.meta
    if field in ("id", "type"):
        return (str(getattr(diagram, field)),)
    if field in ("tag", "system"):
        return meta.tags if field == "tag" else meta.systems
    value = getattr(meta, field)
    return (value,) if value else ()


def _entry(diagram: Diagram) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": diagram.id,
        "type": diagram.type,
        "title": diagram.title.text,
        "summary": diagram.summary.text if diagram.summary else "",
        "file": diagram.path,
        "nodes": [node.key for node in diagram.nodes],
        "aliases": list(diagram.aliases),
        "tags": list(diagram.meta.tags),
        "systems": list(diagram.meta.systems),
    }
    for name in ("category", "subject", "view", "module", "difficulty"):
        entry[name] = getattr(diagram.meta, name) or ""
    return entry
