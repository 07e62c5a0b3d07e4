"""The catalog: every diagram of the data folders by its id, read when it is asked for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_diagram_ext.catalog.file_index import FileIndex
from sphinx_diagram_ext.catalog.files import DataFile, read_file, safe_id
from sphinx_diagram_ext.catalog.listing import DATA_SUFFIXES, Listing
from sphinx_diagram_ext.catalog.plan_files import is_plan
from sphinx_diagram_ext.catalog.reader import read_diagram, text_digest
from sphinx_diagram_ext.catalog.shared_files import is_shared, may_be_shared, read_shared
from sphinx_diagram_ext.errors import Code, Problem, ProblemsError, did_you_mean, wrong_file_name
from sphinx_diagram_ext.limits import DEFAULT_LIMITS, Limits
from sphinx_diagram_ext.types import TYPES
from sphinx_diagram_ext.types.custom import custom_types
from sphinx_diagram_ext.types.icons import NO_ICONS
from sphinx_diagram_ext.types.shared import NOTHING_SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_diagram_ext.catalog.file_index import Content
    from sphinx_diagram_ext.model import Diagram
    from sphinx_diagram_ext.types.icons import Icons
    from sphinx_diagram_ext.types.shared import Shared


MOST_HELD = 500
"""Diagrams that are held at a time: a large site has a hundred thousand, and asks for most of them once."""


class Catalog:
    """Diagrams by id. The folders are listed once; a diagram is read when it is asked for."""

    def __init__(
        self,
        folders: Sequence[Path],
        limits: Limits = DEFAULT_LIMITS,
        type_folders: Sequence[Path] = (),
        icons: Icons = NO_ICONS,
        index: Path | None = None,
        shared: Shared = NOTHING_SHARED,
    ) -> None:
        """List the folders; *index* is the file that keeps what was found in their files for the next time."""
        self.folders = tuple(folders)
        self.limits = limits
        self.icons = icons
        own, self.problems = custom_types(type_folders, TYPES)
        self.problems += icons.problems
        self.types = {**TYPES, **{kind.name: kind for kind in own}}
        own_shared, problems = read_shared(self.folders, limits)
        self.shared = own_shared.over(shared)
        self.problems += problems
        self._registries: list[DataFile] = []
        self._files: dict[str, tuple[str, Path]] = {}
        self._plans: list[DataFile] = []
        self._aliases: dict[str, str] = {}
        self._read: dict[str, Diagram] = {}
        self._broken: dict[str, ProblemsError] = {}
        self._digests: dict[str, str] = {}
        for folder in self.folders:
            self._list(folder)
        self._look_into_files(FileIndex(index, limits))

    def __contains__(self, diagram_id: str) -> bool:
        return diagram_id in self._files or diagram_id in self._aliases

    @property
    def ids(self) -> list[str]:
        """Every id, without aliases, sorted."""
        return sorted(self._files)

    @property
    def aliases(self) -> dict[str, str]:
        """The id that each alias means."""
        return dict(self._aliases)

    def canonical(self, diagram_id: str) -> str | None:
        """Return the id that *diagram_id* (an id or an alias) means."""
        if diagram_id in self._files:
            return diagram_id
        return self._aliases.get(diagram_id)

    def file(self, diagram_id: str) -> Path | None:
        """Return the file of a diagram."""
        name = self.canonical(diagram_id)
        return Path(self._files[name][0]) if name else None

    def place(self, diagram_id: str) -> tuple[Path, str] | None:
        """Return the folder that the file of a diagram is in, and its path below that folder."""
        name = self.canonical(diagram_id)
        if not name:
            return None
        path, folder = self._files[name]
        return folder, path[len(str(folder)) :].lstrip(os.sep)

    def files(self) -> list[DataFile]:
        """Return every file with its id and folder, sorted by id."""
        return [self._data_file(name, *self._files[name]) for name in self.ids]

    def plans(self) -> list[DataFile]:
        """Return every plan below the folders with what its id would be and its folder, sorted."""
        return sorted(self._plans)

    def registries(self) -> list[DataFile]:
        """Return every registry below the folders with what its id would be and its folder."""
        return list(self._registries)

    def plan_instead(self, diagram_id: str) -> str:
        """Return what to tell whoever takes a plan for a diagram, "" if *diagram_id* means no plan."""
        path = next((path for name, path, _ in self._plans if name == diagram_id), None)
        return f"{diagram_id!r} is a plan, not a diagram ({path}); name a diagram." if path else ""

    def candidate_paths(self, diagram_id: str) -> list[Path]:
        """Return the paths at which the file of an unknown *diagram_id* would be looked for."""
        if not safe_id(diagram_id):
            return []
        return [folder / f"{diagram_id}{DATA_SUFFIXES[0]}" for folder in self.folders]

    def get(self, diagram_id: str) -> Diagram:
        """Return a diagram by its id or alias.

        Raises:
            ProblemsError: there is none, or everything that is wrong with its file. A problem
                without a path is the fault of whoever asked for that id.
        """
        name = self.canonical(diagram_id)
        if name is None:
            raise ProblemsError([Problem("", 0, 0, Code.UNKNOWN_DIAGRAM, self._unknown(diagram_id))])
        found = self._load(name)
        if isinstance(found, ProblemsError):
            raise found
        return found

    def text(self, diagram_id: str) -> str:
        """Return the text of a diagram's file, "" if there is none or it cannot be read."""
        name = self.canonical(diagram_id)
        if name is None:
            return ""
        return self._text(*self._files[name])

    def digest(self, diagram_id: str) -> str:
        """Return the digest of a diagram's file, "" if there is none or it cannot be read."""
        return self._digests.get(self.canonical(diagram_id) or "", "")

    def __iter__(self) -> Iterator[Diagram]:
        """Yield every diagram that can be read, sorted by id."""
        for name in self.ids:
            found = self._load(name)
            if not isinstance(found, ProblemsError):
                yield found

    def check(self) -> list[Problem]:
        """Read every file and return everything that is wrong, in the order of the files."""
        problems = list(self.problems)
        for name in self.ids:
            found = self._load(name)
            if isinstance(found, ProblemsError):
                problems += found.problems
        return problems

    def _list(self, folder: Path) -> None:
        if not folder.is_dir():
            message = "The data folder does not exist; create it or fix 'cdc_diagram_path'."
            self.problems.append(Problem(str(folder), 0, 0, Code.DATA_FOLDER, message))
            return
        listing = Listing(folder)
        self.problems += listing.problems
        for name, path in listing:
            wrong = wrong_file_name(name)
            if wrong:
                self.problems.append(Problem(path, 0, 0, Code.FILE, wrong))
            elif may_be_shared(name) and is_shared(self._text(path, folder)):
                self._registries.append(self._data_file(name, path, folder))
            elif name not in self._files:
                self._files[name] = (path, folder)
            elif not self._set_plan_aside(name, path, folder):
                first = self._files[name][0]
                message = f"The id {name!r} belongs to {first} already; rename one of the files."
                self.problems.append(Problem(path, 1, 1, Code.DUPLICATE_ID, message))
        if not listing.files and not listing.problems:
            message = "The data folder holds no YAML file."
            self.problems.append(Problem(str(folder), 0, 0, Code.DATA_FOLDER, message))

    @staticmethod
    def _data_file(name: str, path: str, folder: Path) -> DataFile:
        return DataFile(name, Path(path), folder)

    def _set_plan_aside(self, name: str, path: str, folder: Path) -> bool:
        """Tell whether the second file of the same *name*, or the first, is a plan, which has no id to share."""
        first = self._files[name]
        for plan, other in (((path, folder), first), (first, (path, folder))):
            if is_plan(self._text(*plan)):
                self._plans.append(self._data_file(name, *plan))
                self._files[name] = other
                return True
        return False

    def _text(self, path: str, folder: Path) -> str:
        try:
            return read_file(Path(path), folder, self.limits.file_bytes)
        except ProblemsError:
            return ""

    def _look_into_files(self, index: FileIndex) -> None:
        """Note the digests and aliases of all files, and set plans aside."""
        with_aliases: list[tuple[str, Content]] = []
        for name, (path, folder) in sorted(self._files.items()):
            try:
                content = index.content(path, folder)
            except ProblemsError as error:
                self._broken[name] = error
                continue
            if content.is_plan:
                self._plans.append(self._data_file(name, path, folder))
                del self._files[name]
                continue
            self._digests[name] = content.digest
            if content.aliases:
                with_aliases.append((name, content))
        for name, content in with_aliases:
            for alias in content.aliases:
                self._note_alias(alias, name, content.line)
        index.save()

    def _note_alias(self, alias: str, name: str, line: int) -> None:
        owner = alias if alias in self._files else self._aliases.get(alias)
        if owner is not None:
            message = f"The alias {alias!r} belongs to the diagram {owner!r} already."
            self.problems.append(Problem(self._files[name][0], line, 0, Code.DUPLICATE_ID, message))
        else:
            self._aliases[alias] = name

    def _load(self, name: str) -> Diagram | ProblemsError:
        if name in self._broken:
            return self._broken[name]
        if name not in self._read:
            path, folder = self._files[name]
            try:
                text = read_file(Path(path), folder, self.limits.file_bytes)
                diagram = read_diagram(
                    text, name, path, self.limits, types=self.types, icons=self.icons, shared=self.shared
                )
            except ProblemsError as error:
                self._broken[name] = error
                return error
            # The file may have changed since it was listed: what is noted is what was read.
            self._digests[name] = text_digest(text)
            if len(self._read) >= MOST_HELD:
                del self._read[next(iter(self._read))]
            self._read[name] = diagram
        return self._read[name]

    def _unknown(self, diagram_id: str) -> str:
        shown = diagram_id if len(diagram_id) <= 120 else diagram_id[:117] + "..."
        if not safe_id(diagram_id):
            return (
                f"{shown!r} is no diagram id: an id is the path of a file below a data folder,"
                " without its suffix, and without '..'."
            )
        plan = self.plan_instead(diagram_id)
        if plan:
            return plan
        hint = did_you_mean(diagram_id, [*self._files, *self._aliases])
        where = "" if hint else self._where_to_create()
        return f"There is no diagram {shown!r}.{hint}{where}"

    def _where_to_create(self) -> str:
        if not self.folders:
            return " No folder is searched: set 'cdc_diagram_path' in conf.py, such as [\"data\"]."
        return " Create its YAML file below a folder of 'cdc_diagram_path'."
