"""Listing of a folder: its files by their ids, each real folder once, within bounds."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.errors import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DATA_SUFFIXES = (".yaml", ".yml")

MOST_ENTRIES = 1_000_000
"""Files and folders below one folder, ten times the largest site that is measured."""

MOST_DEPTH = 64
"""Folders inside each other."""

_MAY_BE_JUNCTIONS = os.name == "nt"
"""Whether what the system does not call a link may still be one."""


class Listed(NamedTuple):
    """A file: its id (the path below the folder, without suffix) and its path."""

    id: str
    path: str


class _Folder(NamedTuple):
    """A folder to list: its path as it is shown, its real path, and what ids of its files begin with."""

    path: str
    real: str
    before: str
    depth: int


class Listing:
    """The files below a folder with one of some suffixes, sorted by id, and what is wrong with the folder.

    Hidden files and folders are left out, and so is what starts with an underscore at the top of a name, so that a
    folder can hold notes and partial data too. A linked folder is listed if it is inside and not listed otherwise:
    links between *n* folders would else be *n*! paths.
    """

    def __init__(self, folder: Path, suffixes: tuple[str, ...] = DATA_SUFFIXES) -> None:
        self.problems: list[Problem] = []
        self.files: list[Listed] = []
        self.folder = folder
        self._suffixes = suffixes
        self._top = os.path.realpath(folder)
        self._seen: set[str] = set()
        self._entries = 0
        self._links: list[_Folder] = []
        # Texts, not paths: a large site has a hundred thousand files, and every build lists them.
        self._walk(_Folder(str(folder), self._top, "", 0))
        while self._links and self._entries <= MOST_ENTRIES:
            # What is no link comes first, then links by their names: the order of the system changes no id.
            links, self._links = sorted(self._links), []
            for link in links:
                self._walk(link)
        self.files.sort()

    def __iter__(self) -> Iterator[Listed]:
        """Yield the files."""
        return iter(self.files)

    def _walk(self, start: _Folder) -> None:
        waiting = [start]
        while waiting:
            folder = waiting.pop()
            if folder.real in self._seen:
                continue
            self._seen.add(folder.real)
            if folder.depth > MOST_DEPTH:
                self._problem(folder.path, f"is more than {MOST_DEPTH} folders deep, and is left out; move it up")
                continue
            try:
                with os.scandir(folder.path) as entries:
                    waiting += self._list(folder, entries)
            except OSError as error:
                self._problem(folder.path, f"cannot be listed: {error.strerror}")
            if self._entries > MOST_ENTRIES:
                message = f"has more than {MOST_ENTRIES:,} files and folders in it; the rest is left out"
                self._problem(str(self.folder), message)
                return

    def _list(self, folder: _Folder, entries: Iterator[os.DirEntry[str]]) -> Iterator[_Folder]:
        """Note the files of a folder and its links to folders; yield the folders in it."""
        for entry in entries:
            self._entries += 1
            if self._entries > MOST_ENTRIES:
                return
            name = entry.name
            if name.startswith((".", "_")):
                continue
            stem, dot, suffix = name.rpartition(".")
            if _is_folder(entry):
                yield from self._folder(folder, entry)
            elif dot + suffix in self._suffixes:
                self.files.append(Listed(folder.before + stem, entry.path))

    def _folder(self, folder: _Folder, entry: os.DirEntry[str]) -> Iterator[_Folder]:
        """Yield the folder that *entry* is; a link waits until all others are listed."""
        real = os.path.join(folder.real, entry.name)  # noqa: PTH118 - see above
        if entry.is_symlink() or _MAY_BE_JUNCTIONS:
            target = os.path.realpath(entry.path)
            if target != real and inside(target, self._top):
                self._links.append(_Folder(entry.path, target, f"{folder.before}{entry.name}/", folder.depth + 1))
            if target != real:
                return
        yield _Folder(entry.path, real, f"{folder.before}{entry.name}/", folder.depth + 1)

    def _problem(self, path: str, why: str) -> None:
        self.problems.append(Problem(path, 0, 0, Code.DATA_FOLDER, f"The folder {why}."))


def inside(path: str | Path, folder: str | Path) -> bool:
    """Tell whether *path* is below *folder* when all links are followed."""
    # os.path does this in a third of the time that Path takes.
    real = os.path.realpath(path)
    top = os.path.realpath(folder)
    return real == top or real.startswith(top.rstrip(os.sep) + os.sep)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself; whoever reads it says so
        return False
