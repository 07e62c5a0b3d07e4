"""Data files: what is known of one before it is read, and its text; nothing outside its folder is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.catalog.listing import inside
from sphinx_diagram_ext.errors import Code, Problem, ProblemsError

if TYPE_CHECKING:
    from pathlib import Path


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


def _refused(path: Path, why: str) -> ProblemsError:
    return ProblemsError([Problem(str(path), 0, 0, Code.FILE, f"The file {why}.")])
