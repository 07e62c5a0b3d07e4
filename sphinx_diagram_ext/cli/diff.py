"""``cdc-diagram diff``: what changed in diagrams between two revisions of git."""

from __future__ import annotations

import contextlib
import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.changes import Changes, as_json, as_markdown, compare
from sphinx_diagram_ext.changes.picture import Pair, side_by_side
from sphinx_diagram_ext.cli.common import UsageError, guarded_engine
from sphinx_diagram_ext.cli.revisions import folders_at
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.errors import ProblemsError, printable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from sphinx_diagram_ext.cli.project import Project
    from sphinx_diagram_ext.drawing.picture import Picture
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.errors import Problem
    from sphinx_diagram_ext.model import Diagram

_FORMATS = {"markdown": as_markdown, "json": as_json}


def add_parser(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "diff",
        parents=[shared],
        help="compare two revisions",
        description="Say what changed in the diagrams of the data folders: diagrams, nodes, edges, texts and facts."
        " The exit status is 0 if nothing did, 1 if something did.",
    )
    parser.add_argument(
        "revisions",
        metavar="A..B",
        nargs="?",
        default="HEAD",
        help="revisions of git; without B the files as they are now (default: HEAD)",
    )
    parser.add_argument("--format", choices=tuple(_FORMATS), default="markdown", help="form of the output")
    parser.add_argument("--picture", metavar="OUT.svg", help="write a picture with both states of what changed")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, project: Project) -> int:
    """Compare, and print what changed."""
    old, _, new = arguments.revisions.partition("..")
    if not old or new.startswith("."):
        raise UsageError(f"diff: found {arguments.revisions!r}, wanted a revision, or two as A..B")
    with contextlib.ExitStack() as stack:
        engine = stack.enter_context(guarded_engine(arguments.engine, project.limits))
        before = stack.enter_context(folders_at(old, project.folders))
        after = stack.enter_context(folders_at(new, project.folders)) if new else _existing(project.folders)
        states = (old, new or "now")
        was, wrong_before = _read(before, project, engine)
        now, wrong_after = _read(after, project, engine)
        problems = [*((states[0], one) for one in wrong_before), *((states[1], one) for one in wrong_after)]
        broken = {one.path for _, one in problems}
        added, removed, changed = compare(was, now)
        changes = Changes(
            tuple(one for one in added if one.id not in broken),
            tuple(one for one in removed if one.id not in broken),
            tuple(changed),
            tuple(problems),
        )
        if arguments.picture:
            Path(arguments.picture).write_text(_picture(changes, states, engine), encoding="utf-8")
    sys.stdout.write(_FORMATS[arguments.format](changes))
    return 1 if changes else 0


def _existing(folders: Sequence[Path]) -> list[Path]:
    return [folder for folder in folders if folder.is_dir()]


def _read(folders: Sequence[Path], project: Project, engine: Engine) -> tuple[list[Diagram], list[Problem]]:
    """Return the diagrams of *folders*, and what is wrong with the others; a problem names the id, not the file."""
    catalog = Catalog(folders, project.limits, project.type_folders, project.icons)
    found, problems = [], []
    for name in catalog.ids:
        try:
            diagram = pipeline.inspect(catalog.get(name), engine, project.limits)
        except ProblemsError as error:
            problems += [dataclasses.replace(one, path=name) for one in error.problems]
        else:
            found.append(diagram)
    return found, problems


def _picture(changes: Changes, states: tuple[str, str], engine: Engine) -> str:
    pairs = [Pair(one.id, _drawn(one.before, engine), _drawn(one.after, engine)) for one in changes.changed]
    pairs += [Pair(one.id, None, _drawn(one, engine)) for one in changes.added]
    pairs += [Pair(one.id, _drawn(one, engine), None) for one in changes.removed]
    return side_by_side(pairs, (printable(states[0]), printable(states[1])))


def _drawn(diagram: Diagram, engine: Engine) -> Picture | None:
    """Return the picture, None if it cannot be drawn, which is said."""
    try:
        return pipeline.draw(diagram, pipeline.check(diagram, engine), engine)
    except ProblemsError as error:
        for problem in error.problems:
            print(printable(str(dataclasses.replace(problem, path=diagram.id))), file=sys.stderr)
        return None
