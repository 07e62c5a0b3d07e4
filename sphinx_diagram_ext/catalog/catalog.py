"""The catalog: every diagram of the data folders by its id, read when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.catalog.files import SUFFIXES, data_files, read_file, safe_id
from sphinx_diagram_ext.catalog.reader import read_diagram, text_digest
from sphinx_diagram_ext.errors import Code, Problem, ProblemsError, did_you_mean
from sphinx_diagram_ext.limits import DEFAULT_LIMITS, Limits
from sphinx_diagram_ext.types import TYPES
from sphinx_diagram_ext.types.custom import custom_types

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_diagram_ext.catalog.files import Place
    from sphinx_diagram_ext.model import Diagram


class Catalog:
    """Diagrams by id. The folders are listed once; a file is read once, when first needed."""

    def __init__(
        self, folders: Sequence[Path], limits: Limits = DEFAULT_LIMITS, type_folders: Sequence[Path] = ()
    ) -> None:
        self.folders = tuple(folders)
        self.limits = limits
        own, self.problems = custom_types(type_folders, TYPES)
        self.types = {**TYPES, **{kind.name: kind for kind in own}}
        self._files: dict[str, tuple[Path, Path]] = {}
        self._aliases: dict[str, str] = {}
        self._read: dict[str, Diagram | ProblemsError] = {}
        for folder in self.folders:
            self._list(folder)
        self._find_aliases()

    def __contains__(self, diagram_id: str) -> bool:
        return diagram_id in self._files or diagram_id in self._aliases

    @property
    def ids(self) -> list[str]:
        """Every id, without aliases, sorted."""
        return sorted(self._files)

    @property
    def aliases(self) -> dict[str, str]:
        """The id that each alias stands for."""
        return dict(self._aliases)

    def canonical(self, diagram_id: str) -> str | None:
        """Return the id that *diagram_id* (an id or an alias) stands for."""
        if diagram_id in self._files:
            return diagram_id
        return self._aliases.get(diagram_id)

    def file(self, diagram_id: str) -> Path | None:
        """Return the file of a diagram."""
        name = self.canonical(diagram_id)
        return self._files[name][0] if name else None

    def files(self) -> list[Place]:
        """Return every file with its id and folder, sorted by id."""
        return [(name, *self._files[name]) for name in self.ids]

    def places(self, diagram_id: str) -> list[Path]:
        """Return where the file of an unknown *diagram_id* would be looked for."""
        if not safe_id(diagram_id):
            return []
        return [folder / f"{diagram_id}{SUFFIXES[0]}" for folder in self.folders]

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
        path, folder = self._files[name]
        try:
            return read_file(path, folder, self.limits.file_bytes)
        except ProblemsError:
            return ""

    def digest(self, diagram_id: str) -> str:
        """Return the digest of a diagram's file, "" if there is none or it cannot be read."""
        text = self.text(diagram_id)
        return text_digest(text) if text else ""

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
            message = "The data folder does not exist; create it or mend 'cdc_diagram_path'."
            self.problems.append(Problem(str(folder), 0, 0, Code.DATA_FOLDER, message))
            return
        found = False
        for name, path in data_files(folder):
            found = True
            if name in self._files:
                first = self._files[name][0]
                message = f"The id {name!r} belongs to {first} already; rename one of the files."
                self.problems.append(Problem(str(path), 1, 1, Code.DUPLICATE_ID, message))
            else:
                self._files[name] = (path, folder)
        if not found:
            message = "The data folder holds no YAML file."
            self.problems.append(Problem(str(folder), 0, 0, Code.DATA_FOLDER, message))

    def _find_aliases(self) -> None:
        """Read the files that may have aliases (a plain search of the text tells)."""
        for name, (path, folder) in sorted(self._files.items()):
            try:
                text = read_file(path, folder, self.limits.file_bytes)
            except ProblemsError as error:
                self._read[name] = error
                continue
            if "aliases" not in text:
                continue
            found = self._load(name)
            if isinstance(found, ProblemsError):
                continue
            for alias in found.aliases:
                self._note_alias(alias, found)

    def _note_alias(self, alias: str, diagram: Diagram) -> None:
        owner = alias if alias in self._files else self._aliases.get(alias)
        if owner is not None:
            message = f"The alias {alias!r} belongs to the diagram {owner!r} already."
            self.problems.append(Problem(diagram.path, diagram.line, 0, Code.DUPLICATE_ID, message))
        else:
            self._aliases[alias] = diagram.id

    def _load(self, name: str) -> Diagram | ProblemsError:
        if name not in self._read:
            path, folder = self._files[name]
            try:
                text = read_file(path, folder, self.limits.file_bytes)
                self._read[name] = read_diagram(text, name, str(path), self.limits, types=self.types)
            except ProblemsError as error:
                self._read[name] = error
        return self._read[name]

    def _unknown(self, diagram_id: str) -> str:
        shown = diagram_id if len(diagram_id) <= 120 else diagram_id[:117] + "..."
        if not safe_id(diagram_id):
            return (
                f"{shown!r} is no diagram id: an id is the path of a file below a data folder,"
                " without its suffix, and without '..'."
            )
        hint = did_you_mean(diagram_id, [*self._files, *self._aliases])
        where = "" if hint else " Create its YAML file below a folder of 'cdc_diagram_path'."
        return f"There is no diagram {shown!r}.{hint}{where}"
