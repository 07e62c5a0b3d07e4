"""``cdc-diagram new``: a new data file that begins as a copy of a template."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.cli.common import UsageError
from sphinx_diagram_ext.errors import ProblemsError, did_you_mean
from sphinx_diagram_ext.lint.fix import fixed
from sphinx_diagram_ext.plan.inventory import read_inventory
from sphinx_diagram_ext.scaffold import (
    ScaffoldError,
    Template,
    choose,
    find_templates,
    target_path,
    with_title,
    with_value,
    write,
)

if TYPE_CHECKING:
    import argparse

    from sphinx_diagram_ext.cli.project import Project
    from sphinx_diagram_ext.plan.inventory import Row


def add_parser(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "new",
        parents=[shared],
        help="write a new data file from a template",
        description="Write the data file of a new diagram as a copy of a template: a complete diagram whose"
        " comments say what to put in place of what is there.",
    )
    parser.add_argument("id", metavar="ID", nargs="?", help="id of the new diagram, such as shop/orders")
    parser.add_argument("--template", metavar="NAME", help="template to begin with, such as incidents/timeline")
    parser.add_argument("--row", metavar="ID", help="row of the inventory to begin, such as incidents/github/timeline")
    parser.add_argument("--title", help="title of the new diagram (default: that of the template)")
    parser.add_argument(
        "--templates",
        metavar="DIR",
        type=Path,
        action="append",
        help="folder of more templates; may be given more than once (default: [tool.cdc-diagram] templates"
        " in pyproject.toml)",
    )
    parser.add_argument("--force", action="store_true", help="write over an existing file")
    parser.add_argument("--list", action="store_true", help="list the templates and stop")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, project: Project) -> int:
    """Write the file, or list the templates."""
    if arguments.row:
        return _row(arguments, project)
    if not (arguments.list or (arguments.id and arguments.template)):
        raise UsageError("new: wanted an id and --template NAME; --list lists the templates")
    try:
        templates = find_templates(_template_folders(arguments, project))
        if arguments.list:
            _list(templates, project)
            return 0
        template = choose(arguments.template, templates)
        path = target_path(arguments.id, project.folders or [project.path("data")])
        write(path, _text(template, arguments, project, path), force=arguments.force)
    except ScaffoldError as error:
        raise UsageError(f"new: {error}") from None
    print(path)
    return 0


def _row(arguments: argparse.Namespace, project: Project) -> int:
    """Write the file of a row of the inventory, from the template of its view or one of its type."""
    inventory = project.inventory_file
    if inventory is None:
        raise UsageError("new --row: name the inventory as 'inventory' in pyproject.toml")
    rows = {row.id: row for row in read_inventory(inventory, project.limits, project.types)[0]}
    if arguments.row not in rows:
        raise UsageError(f"new: the inventory has no row {arguments.row!r}.{did_you_mean(arguments.row, rows)}")
    row = rows[arguments.row]
    folders = project.folders or [Path("data")]
    try:
        templates = find_templates(_template_folders(arguments, project))
        template = choose(arguments.template, templates) if arguments.template else _fitting(row, templates, project)
        name = "/".join((*_below(inventory, folders), row.id))
        path = target_path(name, folders)
        values = {"title": row.title, "category": row.category, "subject": row.subject, "view": row.view}
        text = template.text()
        for key, value in values.items():
            text = with_value(text, key, value)
        text = with_value(text, "status", "draft")
        hint = " ".join(row.source_hint.split())
        text = f"# Where the facts are: {hint}\n{text}" if hint else text
        read_diagram(text, name, str(path), types=project.types, icons=project.icons, shared=project.shared)
        write(path, text, force=arguments.force)
    except ScaffoldError as error:
        raise UsageError(f"new: {error}") from None
    print(path)
    return 0


def _below(inventory: Path, folders: list[Path]) -> tuple[str, ...]:
    """Return the folders between a data folder and the inventory: its diagrams lie beside it."""
    for folder in folders:
        if inventory.resolve().is_relative_to(folder.resolve()):
            return inventory.resolve().parent.relative_to(folder.resolve()).parts
    return ()


def _fitting(row: Row, templates: dict[str, Template], project: Project) -> Template:
    """Return the template of the row's category and view, else one of its type, of its category first."""
    fitting = []
    for template in templates.values():
        with contextlib.suppress(ProblemsError):
            found = template.diagram(project.types, project.icons)
            if found.type == row.type:
                same = template.name.partition("/")[0] == row.category
                fitting.append((template.name != f"{row.category}/{row.view}", not same, template.name))
    if not fitting:
        raise ScaffoldError(f"no template has the type {row.type!r}; name one with --template.")
    return templates[min(fitting)[2]]


def _text(template: Template, arguments: argparse.Namespace, project: Project, path: Path) -> str:
    """Return the text of the new file, which is a diagram without an error."""
    template.diagram(project.types, project.icons)
    text = template.text()
    if arguments.title is not None:
        text = with_title(text, arguments.title)
    text = fixed(text, path.resolve(), project.schema_file.resolve() if project.schema_file.is_file() else None)
    read_diagram(text, arguments.id, str(path), types=project.types, icons=project.icons, shared=project.shared)
    return text


def _template_folders(arguments: argparse.Namespace, project: Project) -> list[Path]:
    """Return the user's own folders of templates."""
    found: list[Path] = arguments.templates or project.template_folders
    for folder in found:
        if not folder.is_dir():
            raise UsageError(f"the folder of templates '{folder}' does not exist")
    return found


def _list(templates: dict[str, Template], project: Project) -> None:
    """Print name, category, type and title of each template, and what is wrong with the others."""
    diagrams = []
    for template in templates.values():
        try:
            diagrams.append(template.diagram(project.types, project.icons))
        except ProblemsError as error:
            for problem in error.problems:
                print(problem, file=sys.stderr)
    rows = [(item.id, item.meta.category or "-", item.type, item.title.text) for item in diagrams]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for row in rows:
        print("  ".join((*(text.ljust(width) for text, width in zip(row, widths, strict=False)), row[3])))
