"""``cdc-diagram validate``: every error of every file at once."""

from __future__ import annotations

import argparse
import itertools
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.catalog.bindings import broken_bindings
from sphinx_diagram_ext.catalog.files import read_file
from sphinx_diagram_ext.catalog.listing import DATA_SUFFIXES
from sphinx_diagram_ext.catalog.plan_files import is_plan
from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.catalog.shared_files import is_shared, problems_of
from sphinx_diagram_ext.cli.common import UsageError, guarded_engine
from sphinx_diagram_ext.cli.formats import FORMATS, VALIDATED, Report
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.errors import Code, Problem, ProblemsError
from sphinx_diagram_ext.fences import fence_diagram
from sphinx_diagram_ext.fences.importing import MAX_PAGE
from sphinx_diagram_ext.fences.pages import PAGES, fences_of
from sphinx_diagram_ext.lint.finding import from_problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_diagram_ext.catalog.files import DataFile
    from sphinx_diagram_ext.cli.project import Project
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.fences.pages import Fence
    from sphinx_diagram_ext.icons import IconFolders
    from sphinx_diagram_ext.limits import Limits
    from sphinx_diagram_ext.model import Diagram
    from sphinx_diagram_ext.types import DiagramType
    from sphinx_diagram_ext.types.shared import Shared

_FILES_A_PROCESS = 150
"""Files that take about as long as a process to start."""


def add_parser(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "validate",
        parents=[shared],
        help="check data files and pages",
        description="Check data files, and diagrams that stand in pages, and print every error as"
        " 'file:line:column: message [code]'. The exit status is 1 if there is one.",
    )
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help="files or folders (default: the data folders)"
    )
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="form of the output")
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=_count,
        default=0,
        help="processes that check folders (default: one a core where there are hundreds of files)",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, project: Project) -> int:
    """Check the files and print what is wrong."""
    with guarded_engine(arguments.engine, project.limits) as engine:
        check = _Check(project, engine, arguments.jobs)
        for path in arguments.paths:
            check.path(path)
        if not arguments.paths:
            check.everything()
        check.read_plans()
    report = Report(sorted(set(from_problems(check.problems))), check.diagrams, len(check.plans))
    print(FORMATS[arguments.format](report, VALIDATED), end="")
    return 1 if report.rows else 0


class _Check:
    """What a run has checked: how many diagrams, which plans, and what is wrong with them."""

    def __init__(self, project: Project, engine: Engine, jobs: int) -> None:
        self.project = project
        self.engine = engine
        self.jobs = jobs
        self.problems: list[Problem] = []
        self.diagrams = 0
        self.plans: dict[Path, Path] = {}

    def path(self, path: Path) -> None:
        """Check a folder or a file."""
        if path.is_dir():
            given = self.project
            self._folders(Catalog([path], given.limits, given.type_folders, given.icons, shared=given.shared))
        elif path.is_file() and path.suffix in DATA_SUFFIXES:
            self._file(path)
        elif path.is_file() and path.suffix in PAGES:
            self._page(path)
        else:
            raise UsageError(f"'{path}' is neither a YAML file, a page nor a folder")

    def everything(self) -> None:
        """Check the data folders, and the plan of the settings unless the command line names the folders."""
        self._folders(self.project.catalog)
        if self.project.plan_file and not self.project.given:
            self._plan(self.project.plan_file)

    def read_plans(self) -> None:
        """Check the plans that were met, each once."""
        for path in self.plans.values():
            try:
                self.project.read_plan(path)
            except ProblemsError as error:
                self.problems += error.problems

    def _plan(self, path: Path) -> None:
        self.plans.setdefault(Path(os.path.abspath(path)), path)  # noqa: PTH100 - resolve() raises for odd paths

    def _file(self, path: Path) -> None:
        try:
            text = self.project.text(path)
            if is_plan(text):
                self._plan(path)
                return
            if is_shared(text):
                self.problems += problems_of(path, self.project.limits, self.project.shared)
                return
            _parse(self.project.parse(path, text), self.engine, self.project.limits)
        except ProblemsError as error:
            self.problems += error.problems
        self.diagrams += 1

    def _page(self, path: Path) -> None:
        """Check the Mermaid and the YAML that stand in a page."""
        try:
            text = read_file(path, path.parent, MAX_PAGE)
        except ProblemsError as error:
            self.problems += error.problems
            return
        for fence in fences_of(text, path.suffix):
            if fence.argument:
                continue
            self.diagrams += 1
            try:
                _parse(self._of_fence(fence, path), self.engine, self.project.limits)
            except ProblemsError as error:
                self.problems += error.problems

    def _of_fence(self, fence: Fence, path: Path) -> Diagram:
        name, limits, line = path.stem, self.project.limits, fence.line
        if not fence.closed:
            message = "The fence that begins here is never closed; write its marks below its last line."
            raise ProblemsError([Problem(str(path), fence.first + 1, 0, Code.DIRECTIVE, message)])
        if fence.kind == "mermaid":
            return fence_diagram(fence.source, name, str(path), line, fence.heading, limits)
        project = self.project
        known = (project.types, project.icons, project.shared)
        return read_diagram(fence.source, name, str(path), limits, line, *known)

    def _folders(self, catalog: Catalog) -> None:
        files = catalog.files()
        self.problems += catalog.problems
        self.problems += _broken_bindings(catalog)
        self.problems += self._in_parallel(files, catalog.shared)
        self.diagrams += len(files)
        for plan in catalog.plans():
            self._plan(plan.path)

    def _in_parallel(self, files: list[DataFile], shared: Shared) -> Iterable[Problem]:
        """Return everything that is wrong with the *files*, whose order the answer keeps."""
        project = self.project
        jobs = self.jobs or min(os.cpu_count() or 1, max(1, len(files) // _FILES_A_PROCESS))
        if jobs == 1:
            return _wrong_with(files, project.types, project.limits, self.engine, project.icons, shared)
        size = -(-len(files) // (jobs * 4))
        parts = [files[start : start + size] for start in range(0, len(files), size)]
        given = (project.type_folders, project.limits, self.engine.name, project.icons, shared)
        repeated = (itertools.repeat(item) for item in given)
        with ProcessPoolExecutor(jobs) as pool:
            found = pool.map(_wrong_in_process, parts, *repeated)
            return [problem for part in found for problem in part]


def _broken_bindings(catalog: Catalog) -> list[Problem]:
    """Return what elements stand for and is gone, with the diagrams that show them."""
    elements = catalog.shared.elements
    users: dict[str, list[str]] = {name: [] for name, element in elements.items() if element.broken}
    for diagram in catalog if users else ():
        for name in {node.element for node in diagram.nodes} & users.keys():
            users[name].append(diagram.id)
    return broken_bindings(elements, users)


def _count(argument: str) -> int:
    number = int(argument)
    if number < 1:
        message = "wanted 1 or more"
        raise argparse.ArgumentTypeError(message)
    return number


def _wrong_in_process(
    files: list[DataFile], type_folders: list[Path], limits: Limits, engine: str, icons: IconFolders, shared: Shared
) -> list[Problem]:
    """Do the work of :func:`_wrong_with` in another process, with an engine and types of its own."""
    types = Catalog([], type_folders=type_folders).types
    with guarded_engine(engine, limits) as own:
        return _wrong_with(files, types, limits, own, icons, shared)


def _wrong_with(
    files: list[DataFile],
    types: Mapping[str, DiagramType],
    limits: Limits,
    engine: Engine,
    icons: IconFolders,
    shared: Shared,
) -> list[Problem]:
    problems: list[Problem] = []
    for name, path, folder in files:
        try:
            text = read_file(path, folder, limits.file_bytes)
            found = read_diagram(text, name, str(path), limits, types=types, icons=icons, shared=shared)
            _parse(found, engine, limits)
        except ProblemsError as error:
            problems += error.problems
    return problems


def _parse(diagram: Diagram, engine: Engine, limits: Limits) -> None:
    """Let the engine parse the diagram."""
    pipeline.check(pipeline.inspect(diagram, engine, limits), engine)
