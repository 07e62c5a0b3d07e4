"""``cdc-diagram lint``: what is correct and could still be better."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.catalog.files import SUFFIXES, data_files, read_file
from sphinx_diagram_ext.catalog.plan_files import is_plan
from sphinx_diagram_ext.cli import common
from sphinx_diagram_ext.cli.formats import FORMATS
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.lint import RULES, SettingsError, Severity, lint, read_settings
from sphinx_diagram_ext.lint.finding import from_problems
from sphinx_diagram_ext.lint.fix import difference, fixed
from sphinx_diagram_ext.lint.shown_ids import shown_ids

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.errors import Problem
    from sphinx_diagram_ext.limits import Limits
    from sphinx_diagram_ext.lint import Finding, Settings
    from sphinx_diagram_ext.model import Diagram
    from sphinx_diagram_ext.plan import Plan

SCHEMA = Path("schema/diagram.schema.json")


def add_parser(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "lint",
        parents=[shared],
        help="find what could be better",
        description="Look for what is correct and could still be better, and print it as"
        " 'file:line: severity: message [lint-rule]'. The exit status is 1 if there is an error,"
        " with --strict also if there is a warning.",
    )
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help="files or folders (default: the data folders)"
    )
    more = {"metavar": "RULE", "action": "append", "default": []}
    parser.add_argument("--rule", help="use only this rule; may be given more than once", **more)
    parser.add_argument("--ignore", help="leave out this rule; may be given more than once", **more)
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="form of the output")
    parser.add_argument("--strict", action="store_true", help="fail on warnings too")
    parser.add_argument(
        "--docs",
        metavar="DIR",
        type=Path,
        action="append",
        default=[],
        help="folder of lessons, to find diagrams that none of them shows; may be given more than once",
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help="first mend what needs no thought: spaces at line ends, the schema comment, the form of 'reviewed'",
    )
    parser.add_argument("--dry-run", action="store_true", help="with --fix: print the edits and make none")
    parser.add_argument("--list-rules", action="store_true", help="list the rules and stop")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Lint the files and print what is found."""
    if arguments.list_rules:
        for rule in RULES.values():
            print(f"{rule.id:<22} {rule.severity:<8} {'on ' if rule.default else 'off'} {rule.summary}")
        return 0
    if arguments.dry_run and not arguments.fix:
        raise common.UsageError("--dry-run shows what --fix would do; give both")
    if "shown-nowhere" in arguments.rule and not arguments.docs:
        raise common.UsageError("the rule 'shown-nowhere' needs to know the lessons; name their folder with --docs")
    plan, wrong_with_plan = _plan()
    settings = _settings(arguments, plan)
    if arguments.fix:
        _fix(arguments, settings)
        if arguments.dry_run:
            return 0
    limits = common.limits()
    with common.engine(arguments.engine, limits) as engine:
        diagrams, problems = _read(arguments, engine, limits)
    problems += wrong_with_plan
    found = {*from_problems(problems), *lint(diagrams, settings, shown=_shown(arguments.docs, diagrams))}
    findings = sorted(found)
    print(FORMATS[arguments.format](findings, len({*_files(arguments)})), end="")
    return 1 if _fails(findings, strict=arguments.strict) else 0


def _fails(findings: Iterable[Finding], *, strict: bool) -> bool:
    severe = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return any(item.severity in severe for item in findings)


def _plan() -> tuple[Plan | None, tuple[Problem, ...]]:
    """Return the plan of the project, if there is one, or what is wrong with it."""
    path = common.plan_file()
    try:
        return (common.plan(path) if path else None), ()
    except ProblemsError as error:
        return None, error.problems


def _settings(arguments: argparse.Namespace, plan: Plan | None) -> Settings:
    found = common.table().get("lint", {})
    if not isinstance(found, dict):
        raise common.UsageError("pyproject.toml: [tool.cdc-diagram.lint]: wanted a table.")
    try:
        return read_settings(found, arguments.rule, arguments.ignore, plan)
    except SettingsError as error:
        raise common.UsageError(f"lint: {error}") from None


def _files(arguments: argparse.Namespace) -> Iterator[Path]:
    """Yield the files of diagrams that the command is about."""
    limit = common.limits().file_bytes
    paths = arguments.paths or common.catalog(arguments).folders
    for path in paths:
        if path.is_dir():
            yield from (file for _, file in data_files(path) if not _holds_plan(file, path, limit))
        elif path.is_file() and path.suffix in SUFFIXES:
            yield path
        else:
            raise common.UsageError(f"'{path}' is neither a YAML file nor a folder")


def _holds_plan(path: Path, folder: Path, limit: int) -> bool:
    try:
        return is_plan(read_file(path, folder, limit))
    except ProblemsError:
        return False


def _read(arguments: argparse.Namespace, engine: Engine, limits: Limits) -> tuple[list[Diagram], list[Problem]]:
    """Return every diagram with its nodes, and what is wrong with the others."""
    found: list[Diagram] = []
    problems: list[Problem] = []
    if not arguments.paths:
        catalog = common.catalog(arguments)
        problems += catalog.check()
        found += catalog
    else:
        for path in _files(arguments):
            try:
                found.append(common.diagram(arguments, str(path)))
            except ProblemsError as error:
                problems += error.problems
    diagrams = []
    for diagram in found:
        try:
            diagrams.append(pipeline.inspect(diagram, engine, limits))
        except ProblemsError as error:
            problems += error.problems
    return diagrams, problems


def _shown(folders: list[Path], diagrams: list[Diagram]) -> set[str] | None:
    """Return the ids that the lessons of *folders* show, or None if there are no folders."""
    if not folders:
        return None
    for folder in folders:
        if not folder.is_dir():
            raise common.UsageError(f"the folder of lessons '{folder}' does not exist")
    ids = {alias: diagram.id for diagram in diagrams for alias in diagram.aliases}
    return {ids.get(name, name) for folder in folders for name in shown_ids(folder)}


def _fix(arguments: argparse.Namespace, settings: Settings) -> None:
    """Mend the files, or print what would be mended."""
    place = Path(settings.schema) if settings.schema else SCHEMA
    if settings.schema and not place.is_file():
        raise common.UsageError(f"the schema '{place}' does not exist; write it with: cdc-diagram schema -o {place}")
    schema = place.resolve() if place.is_file() else None
    limit = common.limits().file_bytes
    for path in _files(arguments):
        try:
            read_file(path, path.parent, limit)
        except ProblemsError:
            continue
        before = path.read_bytes().decode("utf-8-sig")
        after = fixed(before, path.resolve(), schema)
        if after == before:
            continue
        if arguments.dry_run:
            print(difference(before, after, path), end="")
        else:
            path.write_bytes(after.encode("utf-8"))
