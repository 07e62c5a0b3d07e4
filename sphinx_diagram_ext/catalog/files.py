"""Data files of the data folders, by the ids of their diagrams; nothing outside the folders is read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.errors import Code, Problem, ProblemsError

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA_SUFFIXES = (".yaml", ".yml")


class DataFile(NamedTuple):
    """A file of a data folder: the id of its diagram, its path and that folder."""

    id: str
    path: Path
    folder: Path


def safe_id(diagram_id: str) -> bool:
    """Tell whether *diagram_id* stays below a data folder whatever it is joined to."""
    if not diagram_id or "\\" in diagram_id or "\0" in diagram_id or ":" in diagram_id:
        return False
    return all(part not in ("", ".", "..") for part in diagram_id.split("/"))


def data_files(folder: Path, suffixes: tuple[str, ...] = DATA_SUFFIXES) -> Iterator[tuple[str, Path]]:
    """Yield the id and path of every data file below *folder*, or every file with one of *suffixes*, sorted by id.

    Hidden files and folders are left out, and so is what starts with an underscore at the
    top of a name, so that a folder can hold notes and partial data too.
    """
    # Texts, not paths: a large site has a hundred thousand files, and every build lists them.
    top = str(folder)
    found = []
    for root, folders, names in os.walk(top, followlinks=True):
        folders[:] = [
            name
            for name in folders
            if not name.startswith((".", "_")) and inside(Path(root, name), folder) and not _loops(Path(root, name))
        ]
        within = root[len(top) :].strip(os.sep).replace(os.sep, "/")
        before = f"{within}/" if within else ""
        for name in names:
            stem, dot, suffix = name.rpartition(".")
            if dot + suffix in suffixes and not name.startswith((".", "_")):
                found.append((f"{before}{stem}", os.path.join(root, name)))  # noqa: PTH118 - see above
    for diagram_id, path in sorted(found):
        yield diagram_id, Path(path)


def read_file(path: Path, folder: Path, limit: int) -> str:
    """Return the text of *path*, a file below *folder* of at most *limit* bytes.

    Raises:
        ProblemsError: it leaves the folder, is too large, cannot be read or is not UTF-8.
    """
    if not inside(path, folder):
        raise _refused(path, "leads out of its data folder; copy the file into it")
    try:
        if not path.is_file():
            raise _refused(path, "is not a regular file")
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except OSError as error:
        raise _refused(path, f"cannot be read: {error.strerror}") from None
    if len(content) > limit:
        raise _refused(path, f"is larger than {limit:,} bytes; split the diagram")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problem = Problem(str(path), line, 0, Code.FILE, "The file is not UTF-8 here; save it as UTF-8.")
        raise ProblemsError([problem]) from None


def inside(path: Path, folder: Path) -> bool:
    """Tell whether *path* is below *folder* when all links are followed."""
    # os.path does this in a third of the time that Path takes; it is done for every file of a site.
    real = os.path.realpath(path)
    top = os.path.realpath(folder)
    return real == top or real.startswith(top.rstrip(os.sep) + os.sep)


def _loops(path: Path) -> bool:
    """Tell whether a linked folder leads back to one that holds it."""
    if not path.is_symlink():
        return False
    target = path.resolve()
    return any(parent.resolve() == target for parent in path.parents)


def _refused(path: Path, why: str) -> ProblemsError:
    return ProblemsError([Problem(str(path), 0, 0, Code.FILE, f"The file {why}.")])
