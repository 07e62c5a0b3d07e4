"""``cdc-diagram lint``: what is correct and could still be better."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.catalog.listing import DATA_SUFFIXES, Listing
from sphinx_diagram_ext.catalog.plan_files import is_plan
from sphinx_diagram_ext.catalog.shared_files import is_shared
from sphinx_diagram_ext.cli.common import UsageError, guarded_engine
from sphinx_diagram_ext.cli.formats import FORMATS, LINTED, Report
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.lint import RULES, Severity, lint
from sphinx_diagram_ext.lint.finding import from_problems
from sphinx_diagram_ext.lint.fix import difference, fixed
from sphinx_diagram_ext.lint.shown_ids import shown_ids

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    from sphinx_diagram_ext.cli.project import Project
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.errors import Problem
    from sphinx_diagram_ext.limits import Limits
    from sphinx_diagram_ext.lint import Finding, Settings
    from sphinx_diagram_ext.model import Diagram
    from sphinx_diagram_ext.plan import Plan

    _Read: TypeAlias = tuple[list[Diagram], list[Problem], int]


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
        help="folder of pages, to find diagrams that none of them shows; may be given more than once",
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help="first fix what needs no thought: spaces at line ends, the schema comment, the form of 'reviewed'",
    )
    parser.add_argument("--dry-run", action="store_true", help="with --fix: print the edits and make none")
    parser.add_argument("--list-rules", action="store_true", help="list the rules and stop")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, project: Project) -> int:
    """Lint the files and print what is found."""
    if arguments.list_rules:
        for rule in RULES.values():
            print(f"{rule.id:<22} {rule.severity:<8} {'on ' if rule.default else 'off'} {rule.summary}")
        return 0
    if arguments.dry_run and not arguments.fix:
        raise UsageError("--dry-run shows what --fix would do; give both")
    if "shown-nowhere" in arguments.rule and not arguments.docs:
        raise UsageError("the rule 'shown-nowhere' needs to know the pages; name their folder with --docs")
    plan, problems = _plan(project)
    settings = project.lint_settings(arguments.rule, arguments.ignore, plan)
    if arguments.fix:
        _fix(_files(arguments.paths or project.existing_folders), settings, project, dry_run=arguments.dry_run)
        if arguments.dry_run:
            return 0
    with guarded_engine(arguments.engine, project.limits) as engine:
        read = _read_files if arguments.paths else _read_catalog
        diagrams, wrong, count = read(arguments.paths, project)
        diagrams, incomplete = _completed(diagrams, engine, project.limits)
        hints = lint(diagrams, settings, shown=_shown_ids(arguments.docs, diagrams), engine=engine)
    found = {*from_problems([*problems, *wrong, *incomplete]), *hints}
    findings = sorted(found)
    print(FORMATS[arguments.format](Report(findings, count), LINTED), end="")
    return 1 if _fails(findings, strict=arguments.strict) else 0


def _fails(findings: Iterable[Finding], *, strict: bool) -> bool:
    severe = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return any(item.severity in severe for item in findings)


def _plan(project: Project) -> tuple[Plan | None, Sequence[Problem]]:
    """Return the plan of the project, if there is one, or what is wrong with it."""
    try:
        return (project.read_plan(project.plan_file) if project.plan_file else None), ()
    except ProblemsError as error:
        return None, error.problems


def _files(paths: Iterable[Path]) -> list[Path]:
    """Return the data files that *paths*, files and folders, name, each once."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            listing = Listing(path)
            if listing.problems:
                raise UsageError(str(listing.problems[0]))
            found |= dict.fromkeys(Path(file.path) for file in listing)
        elif path.is_file() and path.suffix in DATA_SUFFIXES:
            found[path] = None
        else:
            raise UsageError(f"'{path}' is neither a YAML file nor a folder")
    return list(found)


def _read_files(paths: list[Path], project: Project) -> _Read:
    """Return the diagrams of the files that the command names; a plan is none."""
    found: list[Diagram] = []
    problems: list[Problem] = []
    count = 0
    for path in _files(paths):
        count += 1
        try:
            text = project.text(path)
            if is_plan(text) or is_shared(text):
                count -= 1
            else:
                found.append(project.parse(path, text))
        except ProblemsError as error:
            problems += error.problems
    return found, problems, count


def _read_catalog(_paths: list[Path], project: Project) -> _Read:
    """Return the diagrams of the data folders."""
    problems = project.catalog.check()
    files = {*_files(project.folders)} - {
        file.path for file in (*project.catalog.plans(), *project.catalog.registries())
    }
    return list(project.catalog), problems, len(files)


def _completed(diagrams: Iterable[Diagram], engine: Engine, limits: Limits) -> tuple[list[Diagram], list[Problem]]:
    """Return every diagram with its nodes, and what is wrong with the others."""
    found: list[Diagram] = []
    problems: list[Problem] = []
    for diagram in diagrams:
        try:
            found.append(pipeline.inspect(diagram, engine, limits))
        except ProblemsError as error:
            problems += error.problems
    return found, problems


def _shown_ids(folders: list[Path], diagrams: list[Diagram]) -> set[str] | None:
    """Return the ids that the pages of *folders* show, or None if there are no folders."""
    if not folders:
        return None
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"the folder of pages '{folder}' does not exist")
    ids = {alias: diagram.id for diagram in diagrams for alias in diagram.aliases}
    return {ids.get(name, name) for folder in folders for name in shown_ids(folder)}


def _fix(files: Iterable[Path], settings: Settings, project: Project, *, dry_run: bool) -> None:
    """Fix the files of diagrams, or print what would be fixed."""
    schema_path = project.path(settings.schema) if settings.schema else project.schema_file
    if settings.schema and not schema_path.is_file():
        raise UsageError(
            f"the schema '{schema_path}' does not exist; write it with: cdc-diagram schema -o {schema_path}"
        )
    schema = schema_path.resolve() if schema_path.is_file() else None
    for path in files:
        try:
            text = project.text(path)
            if is_plan(text) or is_shared(text):
                continue
        except ProblemsError:
            continue
        before = path.read_bytes().decode("utf-8-sig")
        after = fixed(before, path.resolve(), schema)
        if after == before:
            continue
        if dry_run:
            print(difference(before, after, path), end="")
        else:
            path.write_bytes(after.encode("utf-8"))
