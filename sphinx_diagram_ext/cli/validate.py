"""``cdc-diagram validate``: every error of every file at once."""

from __future__ import annotations

import argparse
import itertools
import json
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.catalog.files import SUFFIXES, read_file
from sphinx_diagram_ext.catalog.plan_files import is_plan
from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.cli import common
from sphinx_diagram_ext.cli.github import annotation
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.errors import Problem, ProblemsError

if TYPE_CHECKING:
    from sphinx_diagram_ext.catalog.files import Place
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.limits import Limits
    from sphinx_diagram_ext.model import Diagram

_FILES_A_PROCESS = 150
"""Files that take about as long as a process to start."""


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
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=_count,
        default=0,
        help="processes that check folders (default: one a core where there are hundreds of files)",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check the files and print what is wrong."""
    limits = common.limits()
    with common.engine(arguments.engine, limits) as engine:
        problems, checked = _problems(arguments, engine, limits)
    print(_FORMATS[arguments.format](problems, checked), end="")
    return 1 if problems else 0


class Checked(NamedTuple):
    """How many files of each kind were checked."""

    diagrams: int
    plans: int


def _problems(arguments: argparse.Namespace, engine: Engine, limits: Limits) -> tuple[list[Problem], Checked]:
    """Return everything that is wrong, and what was checked."""
    problems: list[Problem] = []
    count = 0
    folders = [path for path in arguments.paths if path.is_dir()]
    files = [path for path in arguments.paths if not path.is_dir()]
    plans: list[Path] = []
    for path in files:
        if not path.is_file() or path.suffix not in SUFFIXES:
            message = f"'{path}' is neither a YAML file nor a folder"
            raise common.UsageError(message)
        try:
            if is_plan(read_file(path, path.parent, limits.file_bytes)):
                plans.append(path)
                continue
            _check(common.diagram(arguments, str(path)), engine, limits)
        except ProblemsError as error:
            problems += error.problems
        count += 1
    catalogs = [Catalog([folder], limits, common.type_folders()) for folder in folders]
    if not arguments.paths:
        catalogs = [common.catalog(arguments)]
        plans += filter(None, [] if arguments.data else [common.plan_file()])
    for catalog in catalogs:
        found = catalog.files()
        problems += catalog.problems
        problems += _in_parallel(found, limits, engine, _jobs(arguments.jobs, len(found)))
        count += len(found)
        plans += [path for _, path, _ in catalog.plans()]
    plans = list({path.resolve(): path for path in plans}.values())
    for path in plans:
        problems += _wrong_with_plan(path)
    return sorted(set(problems)), Checked(count, len(plans))


def _wrong_with_plan(path: Path) -> tuple[Problem, ...]:
    try:
        common.plan(path)
    except ProblemsError as error:
        return error.problems
    return ()


def _count(argument: str) -> int:
    number = int(argument)
    if number < 1:
        message = "wanted 1 or more"
        raise argparse.ArgumentTypeError(message)
    return number


def _jobs(wanted: int, files: int) -> int:
    """Return how many processes are worth their start."""
    return wanted or min(os.cpu_count() or 1, max(1, files // _FILES_A_PROCESS))


def _in_parallel(files: list[Place], limits: Limits, engine: Engine, jobs: int) -> list[Problem]:
    """Return everything that is wrong with the *files*, whose order the answer keeps."""
    types = common.type_folders()
    if jobs == 1:
        return _wrong_with(files, types, limits, engine)
    size = -(-len(files) // (jobs * 4))
    parts = [files[start : start + size] for start in range(0, len(files), size)]
    repeated = (itertools.repeat(item) for item in (types, limits, engine.name))
    with ProcessPoolExecutor(jobs) as pool:
        found = pool.map(_wrong_in_process, parts, *repeated)
        return [problem for part in found for problem in part]


def _wrong_in_process(files: list[Place], types: list[Path], limits: Limits, engine: str) -> list[Problem]:
    """Do the work of :func:`_wrong_with` in another process, with an engine of its own."""
    with common.engine(engine, limits) as own:
        return _wrong_with(files, types, limits, own)


def _wrong_with(files: list[Place], types: list[Path], limits: Limits, engine: Engine) -> list[Problem]:
    known = Catalog([], type_folders=types).types
    problems: list[Problem] = []
    for name, path, folder in files:
        try:
            text = read_file(path, folder, limits.file_bytes)
            _check(read_diagram(text, name, str(path), limits, types=known), engine, limits)
        except ProblemsError as error:
            problems += error.problems
    return problems


def _check(diagram: Diagram, engine: Engine, limits: Limits) -> None:
    pipeline.check(pipeline.inspect(diagram, engine, limits), engine)


def _text(problems: list[Problem], checked: Checked) -> str:
    lines = [str(problem) for problem in problems]
    files = f"{checked.diagrams} diagram{'' if checked.diagrams == 1 else 's'}"
    if checked.plans:
        plans = f"{checked.plans} plan{'' if checked.plans == 1 else 's'}"
        files = f"{files} and {plans}" if checked.diagrams else plans
    errors = f"{len(problems)} error{'' if len(problems) == 1 else 's'}"
    lines.append(f"{files} checked, {errors}.")
    return "\n".join(lines) + "\n"


def _json(problems: list[Problem], checked: Checked) -> str:
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
    return json.dumps({"version": 1, "checked": sum(checked), "errors": found}, ensure_ascii=False, indent=1) + "\n"


def _github(problems: list[Problem], checked: Checked) -> str:
    """Write annotations."""
    del checked
    return "".join(
        annotation("error", problem.path, problem.line, problem.column, problem.code, problem.message)
        for problem in problems
    )


_FORMATS = {"text": _text, "json": _json, "github": _github}
