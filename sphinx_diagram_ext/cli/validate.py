"""``cdc-diagram validate``: every error of every file at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext import pipeline
from sphinx_diagram_ext.annotations import annotation
from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.catalog.files import SUFFIXES
from sphinx_diagram_ext.cli import common
from sphinx_diagram_ext.engine import select_engine
from sphinx_diagram_ext.errors import Problem, ProblemsError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.model import Diagram


def add_parser(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "validate",
        parents=[shared],
        help="check data files",
        description="Check data files and print every error as 'file:line:column: message [code]'."
        " The exit status is 1 if there is one.",
    )
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help="files or folders (default: the data folders)"
    )
    parser.add_argument("--format", choices=("text", "json", "github"), default="text", help="form of the output")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check the files and print what is wrong."""
    engine = select_engine(arguments.engine).engine
    problems: list[Problem] = []
    count = 0
    folders = [path for path in arguments.paths if path.is_dir()]
    files = [path for path in arguments.paths if not path.is_dir()]
    for path in files:
        if not path.is_file() or path.suffix not in SUFFIXES:
            message = f"'{path}' is neither a YAML file nor a folder"
            raise common.UsageError(message)
        count += 1
        problems += _checked(lambda path=path: [common.diagram(arguments, str(path))], engine)
    catalogs = [Catalog([folder], type_folders=common.type_folders()) for folder in folders]
    if not arguments.paths:
        catalogs = [common.catalog(arguments)]
    for catalog in catalogs:
        problems += catalog.check()
        count += len(catalog.ids)
        problems += _checked(lambda catalog=catalog: catalog, engine)
    problems = sorted(set(problems))
    print(_FORMATS[arguments.format](problems, count), end="")
    return 1 if problems else 0


def _checked(read: Any, engine: Engine) -> list[Problem]:
    """Return what the engine finds wrong with what *read* returns, and what reading does."""
    problems: list[Problem] = []
    try:
        diagrams: Iterable[Diagram] = read()
        for diagram in diagrams:
            try:
                pipeline.check(pipeline.inspect(diagram, engine), engine)
            except ProblemsError as error:
                problems += error.problems
    except ProblemsError as error:
        problems += error.problems
    return problems


def _text(problems: list[Problem], count: int) -> str:
    lines = [str(problem) for problem in problems]
    files = f"{count} diagram{'' if count == 1 else 's'}"
    errors = f"{len(problems)} error{'' if len(problems) == 1 else 's'}"
    lines.append(f"{files} checked, {errors}.")
    return "\n".join(lines) + "\n"


def _json(problems: list[Problem], count: int) -> str:
    found = [
        {
            "file": problem.path,
            "line": problem.line,
            "column": problem.column,
            "code": str(problem.code),
            "message": problem.message,
        }
        for problem in problems
    ]
    return json.dumps({"version": 1, "checked": count, "errors": found}, ensure_ascii=False, indent=1) + "\n"


def _github(problems: list[Problem], count: int) -> str:
    """Write annotations."""
    del count
    return "".join(
        annotation("error", problem.path, problem.line, problem.column, problem.code, problem.message)
        for problem in problems
    )


_FORMATS = {"text": _text, "json": _json, "github": _github}
