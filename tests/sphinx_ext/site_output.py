"""What a build wrote, as tests compare it."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def drawn(built) -> int:
    return int(re.search(r"^cdc: .*: (\d+) drawn", built.app.status.getvalue(), re.MULTILINE)[1])


def tree(folder: Path) -> dict[str, str]:
    skipped = {".doctrees", ".buildinfo"}
    return {
        str(path.relative_to(folder)): hashlib.sha256(content(path)).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not skipped & set(path.parts) and path.suffix != ".pickle"
    }


def content(path: Path) -> bytes:
    """Return what a file says; a later build of Sphinx's search data forgets the entries of the general index."""
    text = path.read_bytes()
    return re.sub(rb'"indexentries":{.*?},"', b'"', text) if path.name == "searchindex.js" else text


def times(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_mtime_ns for name in tree(folder)}
