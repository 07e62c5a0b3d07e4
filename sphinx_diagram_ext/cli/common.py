"""What several commands need."""

from __future__ import annotations

import contextlib
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.catalog.files import SUFFIXES, read_file
from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.engine import select_engine
from sphinx_diagram_ext.engine.subprocess_guard import Guard, guarded
from sphinx_diagram_ext.limits import Limits, wrong_limits
from sphinx_diagram_ext.plan import read_plan

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.model import Diagram
    from sphinx_diagram_ext.plan import Plan


class UsageError(Exception):
    """The command cannot be carried out as it was given."""


def folders(arguments: argparse.Namespace) -> list[Path]:
    """Return the data folders: from the command line, pyproject.toml or ``data/``."""
    if arguments.data:
        return list(arguments.data)
    found = setting("path")
    return [Path("data")] if found is None else [Path(item) for item in found]


def setting(name: str) -> list[str] | None:
    """Return a list of folders from ``[tool.cdc-diagram]`` of pyproject.toml, None if it names none."""
    found = table().get(name)
    if isinstance(found, str):
        found = [found]
    if found is not None and (not isinstance(found, list) or not all(isinstance(item, str) for item in found)):
        message = f"pyproject.toml: [tool.cdc-diagram] {name}: wanted a list of folders."
        raise UsageError(message)
    return found


def limits() -> Limits:
    """Return the bounds on one diagram, by default or from ``[tool.cdc-diagram.limits]`` of pyproject.toml."""
    found = table().get("limits") or {}
    wrong = wrong_limits(found) if isinstance(found, dict) else f"found {found!r}, wanted a table."
    if wrong:
        raise UsageError(f"pyproject.toml: [tool.cdc-diagram.limits]: {wrong}")
    return Limits(**found)


@contextlib.contextmanager
def engine(name: str, bounds: Limits) -> Iterator[Engine]:
    """Give the engine *name* within the *bounds* on time and memory, as a build has it.

    Raises:
        EngineUnavailableError: it does not work here.
    """
    found = guarded(select_engine(name).engine, bounds.seconds, bounds.megabytes)
    try:
        yield found
    finally:
        if isinstance(found, Guard):
            found.close()


def table() -> dict[str, Any]:
    """Return ``[tool.cdc-diagram]`` of pyproject.toml, empty if there is none."""
    settings = Path("pyproject.toml")
    if not settings.is_file():
        return {}
    try:
        found: Any = tomllib.loads(settings.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"pyproject.toml cannot be read: {error}"
        raise UsageError(message) from None
    for key in ("tool", "cdc-diagram"):
        found = found.get(key, {})
        if not isinstance(found, dict):
            message = f"pyproject.toml: {key!r} is no table."
            raise UsageError(message)
    table: dict[str, Any] = found
    return table


def type_folders() -> list[Path]:
    """Return the folders of a user's own types."""
    return [Path(item) for item in setting("types") or ()]


def plan_file() -> Path | None:
    """Return the plan of diagrams that pyproject.toml names, None if it names none."""
    found = table().get("plan")
    if found is not None and not isinstance(found, str):
        raise UsageError(f"pyproject.toml: [tool.cdc-diagram] plan: found {found!r}, wanted the path of a file.")
    return Path(found) if found else None


def plan(path: Path) -> Plan:
    """Return the plan in the file *path*.

    Raises:
        ProblemsError: with everything that is wrong with it.
    """
    return read_plan(path, limits(), Catalog([], type_folders=type_folders()).types)


def catalog(arguments: argparse.Namespace) -> Catalog:
    """Return the catalog of the data folders, or say which of them does not exist."""
    places = folders(arguments)
    for place in places:
        if not place.is_dir():
            message = f"the data folder '{place}' does not exist; name one with --data"
            raise UsageError(message)
    return Catalog(places, limits(), type_folders=type_folders())


def diagram(arguments: argparse.Namespace, name: str) -> Diagram:
    """Return the diagram that *name*, a file or an id, stands for.

    Raises:
        ProblemsError: with everything that is wrong with it.
    """
    path = Path(name)
    if path.suffix in SUFFIXES and path.is_file():
        bounds = limits()
        text = read_file(path, path.parent, bounds.file_bytes)
        types = Catalog([], type_folders=type_folders()).types
        return read_diagram(text, identity(arguments, path), str(path), bounds, types=types)
    return catalog(arguments).get(name)


def identity(arguments: argparse.Namespace, path: Path) -> str:
    """Return the id of a data file, its bare name outside the data folders."""
    for place in folders(arguments):
        if path.resolve().is_relative_to(place.resolve()):
            return path.resolve().relative_to(place.resolve()).with_suffix("").as_posix()
    return path.stem
