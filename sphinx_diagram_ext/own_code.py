"""Tells one state of this package's code from another, where both have the same version."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

_APART = frozenset({"__pycache__", "atlas", "cli", "lint", "locale", "sphinx_ext", "templates"})
"""Folders that draw nothing; one that comes anew counts until it is named here."""

_SUFFIXES = (".py", ".json")


@cache
def own_digest() -> str:
    """Return the digest of the code that draws: pictures of another one may look otherwise."""
    return code_digest(Path(__file__).parent)


def code_digest(package: Path) -> str:
    """Return the digest of the files that draw in the folder *package*, whatever the system calls them first."""
    found = hashlib.sha256()
    for name, path in sorted(_files(package, "")):
        found.update(f"{name}\0".encode())
        found.update(hashlib.sha256(Path(path).read_bytes()).digest())
    return found.hexdigest()


def _files(folder: Path | str, within: str) -> list[tuple[str, str]]:
    """Return name and path of each file; half the time of ``Path.rglob``, and every build waits for it."""
    found: list[tuple[str, str]] = []
    with os.scandir(folder) as items:
        for item in items:
            name = f"{within}{item.name}"
            if item.is_dir():
                found += [] if item.name in _APART else _files(item.path, f"{name}/")
            elif item.name.endswith(_SUFFIXES):
                found.append((name, item.path))
    return found
