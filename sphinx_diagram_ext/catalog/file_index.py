"""Index of data files: what was found in each, so that a file that did not change is not read again.

Like git's index it trusts what the system says of a file: size, times of its content and of its entry, and its number.
It does not trust

- a file that changed less than two seconds before it was read: another change within the resolution of the times, which
  is two seconds on FAT, would not show (https://git-scm.com/docs/racy-git);
- links: where one leads is looked at each time, by whoever reads the file;
- an index that is damaged, of another format or made under other limits: all files are read.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel, TypeAdapter, ValidationError

from sphinx_diagram_ext.catalog.files import read_file
from sphinx_diagram_ext.catalog.plan_files import is_plan
from sphinx_diagram_ext.catalog.reader import text_digest
from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.types.locations import ROOT
from sphinx_diagram_ext.types.texts import Key
from sphinx_diagram_ext.yaml_source import parse_yaml

if TYPE_CHECKING:
    from sphinx_diagram_ext.limits import Limits

FORMAT = 1
"""Raise it with any change of what is found in the text of a file."""

SETTLED = 2_000_000_000
"""Nanoseconds after which a change of a file shows in its times."""

_ALIASES = TypeAdapter(list[Key])


class Content(NamedTuple):
    """What the catalog needs to know of a file: the digest of its text, and what few files have.

    These are whether it is a plan, its aliases, and the line of the diagram that has them.
    """

    digest: str
    is_plan: bool = False
    aliases: tuple[str, ...] = ()
    line: int = 0


class _Stored(BaseModel):
    """What is kept: the state and the digest of each file as one text, and the rest of :class:`Content` of a few."""

    format: int
    limits: str
    files: dict[str, str]
    more: dict[str, tuple[bool, tuple[str, ...], int]]


class FileIndex:
    """The contents of data files, those of the last build in *path* if there is one, where they did not change."""

    def __init__(self, path: Path | None, limits: Limits) -> None:
        self._path = path
        self._limits = limits
        self._before = self._empty()
        if path is not None:
            self._before = _load(path, self._before) or self._before
        self._now = self._empty()

    def _empty(self) -> _Stored:
        return _Stored(format=FORMAT, limits=repr(self._limits), files={}, more={})

    def content(self, path: str, folder: Path) -> Content:
        """Return what is in the file *path* below *folder*, which is read if it may have changed.

        Raises:
            ProblemsError: it cannot be read.
        """
        when = time.time_ns()
        state, changed = _state(path)
        known = self._before.files.get(path, "")
        if state and known.startswith(state):
            found = Content(known[len(state) :], *self._before.more.get(path, ()))
        else:
            found = content_of(read_file(Path(path), folder, self._limits.file_bytes), path, self._limits)
        if state and changed + SETTLED < when:
            self._now.files[path] = state + found.digest
            if found.is_plan or found.aliases:
                self._now.more[path] = found[1:]
        return found

    def save(self) -> None:
        """Keep what was found for the next build, whole or not at all; without it that build reads all files."""
        if self._path is None or self._now == self._before:
            return
        content = self._now.model_dump_json().encode()
        part = self._path.with_suffix(f".{os.getpid()}.part")
        with contextlib.suppress(OSError):
            part.write_bytes(_checksum(content) + content)
            part.replace(self._path)


def content_of(text: str, path: str, limits: Limits) -> Content:
    """Return what is in *text*, that of the file *path*."""
    digest = text_digest(text)
    if is_plan(text):
        return Content(digest, is_plan=True)
    # Few files have aliases, and YAML takes far longer than to look for the word.
    if "aliases" not in text:
        return Content(digest)
    try:
        source = parse_yaml(text, path, limits)
        diagram = source.data["diagram"] if isinstance(source.data, dict) else None
        aliases = _ALIASES.validate_python(diagram["aliases"] if isinstance(diagram, dict) else [])
    except (ProblemsError, ValidationError, KeyError):
        # Whoever shows the diagram says what is wrong with it.
        return Content(digest)
    return Content(digest, aliases=tuple(aliases), line=source.mark(ROOT).line)


def _state(path: str) -> tuple[str, int]:
    """Return what changes with a file, and when it changed last; "" for what is no regular file."""
    try:
        found = os.lstat(path)
    except OSError:
        return "", 0
    if not stat.S_ISREG(found.st_mode):
        return "", 0
    state = f"{found.st_mtime_ns} {found.st_ctime_ns} {found.st_size} {found.st_ino} "
    return state, max(found.st_mtime_ns, found.st_ctime_ns)


def _load(path: Path, wanted: _Stored) -> _Stored | None:
    """Return what was kept, None if it is damaged or not like *wanted*."""
    try:
        content = path.read_bytes()
        checksum, content = content[:_LENGTH], content[_LENGTH:]
        if checksum != _checksum(content):
            return None
        found = _Stored.model_validate_json(content)
    except (OSError, ValidationError):
        return None
    same = (found.format, found.limits) == (wanted.format, wanted.limits)
    return found if same else None


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode() + b"\n"


_LENGTH = len(_checksum(b""))
