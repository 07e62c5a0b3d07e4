"""Project that a command works on: its settings in pyproject.toml, its diagrams and its plan."""

from __future__ import annotations

import os
import tomllib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.catalog.files import read_file
from sphinx_diagram_ext.catalog.listing import DATA_SUFFIXES
from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.catalog.shared_files import read_shared
from sphinx_diagram_ext.cli.common import UsageError
from sphinx_diagram_ext.errors import did_you_mean
from sphinx_diagram_ext.icons import IconFolders
from sphinx_diagram_ext.limits import Limits, wrong_limits
from sphinx_diagram_ext.lint import SettingsError, read_settings
from sphinx_diagram_ext.plan import read_plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinx_diagram_ext.lint import Settings
    from sphinx_diagram_ext.model import Diagram
    from sphinx_diagram_ext.plan import Plan
    from sphinx_diagram_ext.types import DiagramType
    from sphinx_diagram_ext.types.shared import Shared

SETTINGS = "pyproject.toml"
"""The file with the settings of a project; its folder is that of the project."""

SCHEMA = "schema/diagram.schema.json"
"""Where a project keeps the JSON Schema unless the settings say otherwise."""

KEYS = ("path", "types", "templates", "icons", "limits", "lint", "plan", "inventory")
"""The settings of ``[tool.cdc-diagram]``."""


class Project:
    """A project; each part is read once, when a command first asks for it.

    Every part raises :class:`UsageError` where a setting cannot be used.
    """

    def __init__(self, data: Sequence[Path] = ()) -> None:
        self.given = tuple(data)
        """Data folders of the command line, which take the place of those of the settings."""

    @cached_property
    def _found(self) -> tuple[Path, dict[str, Any]]:
        """The folder of the project and its settings: of the current folder, or of the first above that has any."""
        here = Path.cwd()
        for folder in (here, *here.parents):
            table = _settings(folder / SETTINGS, required=folder == here)
            if table is not None:
                return folder, table
        return here, {}

    def path(self, name: str) -> Path:
        """Return a path of the settings, which is relative to the folder of the project, seen from the current one."""
        folder = self._found[0]
        return Path(name) if folder == Path.cwd() else Path(os.path.relpath(folder / name))

    @cached_property
    def table(self) -> dict[str, Any]:
        """``[tool.cdc-diagram]`` of pyproject.toml, empty if there is none."""
        table = self._found[1]
        for key in table:
            if key not in KEYS:
                hint = did_you_mean(key, KEYS) or f" Known are {', '.join(KEYS)}."
                raise UsageError(f"pyproject.toml: [tool.cdc-diagram] has no setting {key!r}.{hint}")
        return table

    @cached_property
    def folders(self) -> list[Path]:
        """The data folders: of the command line, of the settings, or ``data/``."""
        return list(self.given) or self._paths("path", self.path("data"))

    @cached_property
    def type_folders(self) -> list[Path]:
        """The folders of the project's own types."""
        return self._paths("types")

    @cached_property
    def template_folders(self) -> list[Path]:
        """The folders of the project's own templates."""
        return self._paths("templates")

    @cached_property
    def icons(self) -> IconFolders:
        """The icons that nodes may name."""
        return IconFolders(self._paths("icons"))

    @cached_property
    def limits(self) -> Limits:
        """The bounds on one diagram, by default or from ``[tool.cdc-diagram.limits]``."""
        found = self.table.get("limits") or {}
        wrong = wrong_limits(found) if isinstance(found, dict) else f"found {found!r}, wanted a table."
        if wrong:
            raise UsageError(f"pyproject.toml: [tool.cdc-diagram.limits]: {wrong}")
        return Limits(**found)

    @cached_property
    def types(self) -> Mapping[str, DiagramType]:
        """Every type of diagram by its name, the project's own too."""
        return Catalog([], type_folders=self.type_folders).types

    @cached_property
    def existing_folders(self) -> list[Path]:
        """The data folders, each of which must exist."""
        for folder in self.folders:
            if not folder.is_dir():
                raise UsageError(
                    f"the data folder '{folder}' does not exist; name one with --data, or in pyproject.toml"
                )
        return self.folders

    @cached_property
    def catalog(self) -> Catalog:
        """The diagrams of the data folders."""
        return Catalog(self.existing_folders, self.limits, self.type_folders, self.icons)

    @cached_property
    def shared(self) -> Shared:
        """The registries of the data folders, for diagrams that stand alone."""
        return read_shared([folder for folder in self.folders if folder.is_dir()], self.limits)[0]

    @cached_property
    def plan_file(self) -> Path | None:
        """The file of the project's plan, None if the settings name none."""
        found = self.table.get("plan")
        if found is not None and not isinstance(found, str):
            raise UsageError(f"pyproject.toml: [tool.cdc-diagram] plan: found {found!r}, wanted the path of a file.")
        return self.path(found) if found else None

    @cached_property
    def schema_file(self) -> Path:
        """The JSON Schema of data files, which need not exist."""
        return self.path(SCHEMA)

    @cached_property
    def inventory_file(self) -> Path | None:
        """The file of the project's inventory, None if the settings name none."""
        found = self.table.get("inventory")
        if found is not None and not isinstance(found, str):
            raise UsageError(
                f"pyproject.toml: [tool.cdc-diagram] inventory: found {found!r}, wanted the path of a file."
            )
        return self.path(found) if found else None

    def read_plan(self, path: Path) -> Plan:
        """Return the plan in the file *path*.

        Raises:
            ProblemsError: with everything that is wrong with it.
        """
        return read_plan(path, self.limits, self.types)

    def lint_settings(self, only: Iterable[str], ignore: Iterable[str], plan: Plan | None) -> Settings:
        """Return the settings of the linter, with the rules *only* and *ignore* of the command line."""
        found = self.table.get("lint", {})
        if not isinstance(found, dict):
            raise UsageError("pyproject.toml: [tool.cdc-diagram.lint]: wanted a table.")
        try:
            return read_settings(found, only, ignore, plan)
        except SettingsError as error:
            raise UsageError(f"lint: {error}") from None

    def text(self, path: Path) -> str:
        """Return the text of the data file *path*.

        Raises:
            ProblemsError: it cannot be read.
        """
        return read_file(path, path.parent, self.limits.file_bytes)

    def parse(self, path: Path, text: str) -> Diagram:
        """Return the diagram that *text*, the content of the data file *path*, is.

        Raises:
            ProblemsError: with everything that is wrong with it.
        """
        return read_diagram(
            text, self._id(path), str(path), self.limits, types=self.types, icons=self.icons, shared=self.shared
        )

    def diagram(self, name: str) -> Diagram:
        """Return the diagram that *name* means, a file or an id.

        Raises:
            ProblemsError: with everything that is wrong with it.
        """
        path = Path(name)
        if path.suffix in DATA_SUFFIXES and path.is_file():
            return self.parse(path, self.text(path))
        return self.catalog.get(name)

    def _id(self, path: Path) -> str:
        """Return the id of a data file, its bare name outside the data folders."""
        for folder in self.folders:
            if path.resolve().is_relative_to(folder.resolve()):
                return path.resolve().relative_to(folder.resolve()).with_suffix("").as_posix()
        return path.stem

    def _paths(self, name: str, *default: Path) -> list[Path]:
        """Return the folders that the setting *name* lists, or the *default* ones."""
        found = self.table.get(name)
        if isinstance(found, str):
            found = [found]
        if found is not None and (not isinstance(found, list) or not all(isinstance(item, str) for item in found)):
            raise UsageError(f"pyproject.toml: [tool.cdc-diagram] {name}: wanted a list of folders.")
        return list(default) if found is None else [self.path(item) for item in found]


def _settings(path: Path, *, required: bool) -> dict[str, Any] | None:
    """Return the table ``[tool.cdc-diagram]`` of a file, None if it has none.

    Raises:
        UsageError: the file cannot be read, and is *required* or looks as if it had the table.
    """
    if not path.is_file():
        return None
    shown = path.name if required else os.path.relpath(path)
    try:
        text = path.read_text(encoding="utf-8")
        if not required and "cdc-diagram" not in text:
            return None
        found: Any = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no TOML, not UTF-8, numbers of thousands of digits, deep nesting
        raise UsageError(f"{shown} cannot be read: {error}") from None
    for key in ("tool", "cdc-diagram"):
        if not isinstance(found, dict):
            raise UsageError(f"{shown}: 'tool' is no table.")
        if key not in found:
            return None
        found = found[key]
    if not isinstance(found, dict):
        raise UsageError(f"{shown}: 'cdc-diagram' is no table.")
    return found
