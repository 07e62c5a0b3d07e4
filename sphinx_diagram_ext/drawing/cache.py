"""Picture cache: pictures drawn before, by the digest of everything they depend on."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

_HEAD = b"cdc2 "
_SUFFIX = ".picture"
_PART = ".part"
_ABANDONED = 3_600
"""Age in seconds from which a part of a picture was left behind by a process that was killed."""


class PictureCache:
    """A folder of pictures; a damaged or missing entry is the same as none.

    Several processes and builds may use one folder at the same time: an entry appears whole or
    not at all, and one that vanishes is drawn again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """Return the picture, or None; note that it was used."""
        path = self._path(key)
        try:
            content = _read(path)
        except OSError:
            return None
        head, _, picture = content.partition(b"\n")
        if head != _HEAD + _checksum(picture):
            return None
        with contextlib.suppress(OSError):  # a folder that cannot be written to serves as well
            os.utime(path)
        return picture

    def put(self, key: str, picture: bytes) -> str | None:
        """Keep the picture; return why that is not possible, or None."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=_PART)
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(b"%s%s\n%s" % (_HEAD, _checksum(picture), picture))
                Path(name).replace(path)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            return (
                f"Pictures cannot be kept in {self.folder} ({error.strerror});"
                " the build goes on and draws them again each time."
            )
        return None

    def prune(self, limit: int, used: AbstractSet[str]) -> int:
        """Remove what was used longest ago until at most *limit* bytes are left.

        Pictures whose keys are in *used* stay in any case. Returns the number of those removed.
        """
        entries = sorted(self._entries())
        size = sum(bytes_ for _, bytes_, _ in entries)
        kept = {self._path(key) for key in used}
        removed = 0
        for _, bytes_, path in entries:
            if size <= limit:
                break
            if path not in kept:
                with contextlib.suppress(OSError):  # another build was faster, or the folder is read-only
                    path.unlink()
                    removed += 1
                size -= bytes_
        return removed

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """Yield time of last use, size in bytes and path of each picture; drop abandoned parts."""
        for folder in _scan(self.folder):
            for item in _scan(folder) if folder.is_dir(follow_symlinks=False) else ():
                try:
                    found = item.stat(follow_symlinks=False)
                    if item.name.endswith(_PART) and found.st_mtime < time.time() - _ABANDONED:
                        Path(item).unlink()
                except OSError:
                    continue
                if item.name.endswith(_SUFFIX) and stat.S_ISREG(found.st_mode):
                    yield found.st_mtime, found.st_size, Path(item)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key[2:]}{_SUFFIX}"


def _read(path: Path) -> bytes:
    """Return the content of a regular file; a pipe in its place is not waited for.

    Raises:
        OSError: it cannot be read, or is no regular file.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError
        return stream.read()


def _scan(folder: Path | os.DirEntry[str]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


def _checksum(picture: bytes) -> bytes:
    return hashlib.sha256(picture).hexdigest().encode("ascii")
