"""Journal of a build: lines that its processes write and its main process reads."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import weakref
from typing import Any

if sys.platform != "win32":
    import fcntl


class Journal:
    """Lines that the processes of a build write and its main process reads.

    Sphinx's writing processes return nothing. They inherit this file, which has no name and so
    leaves nothing behind. It takes each line at its end: on a position that they share, two could
    write to the same place.
    """

    def __init__(self) -> None:
        self._file = _unnamed_file()
        self._closed = weakref.finalize(self, os.close, self._file)

    def note(self, *entry: object) -> None:
        """Add an entry."""
        os.write(self._file, json.dumps(entry).encode() + b"\n")

    def entries(self) -> list[list[Any]]:
        """Return every entry so far; no other process may write meanwhile."""
        with os.fdopen(os.dup(self._file), "rb") as stream:
            stream.seek(0)
            return [json.loads(line) for line in stream]

    def close(self) -> list[list[Any]]:
        """Return every entry and forget them."""
        entries = self.entries()
        self._closed()
        return entries


def _unnamed_file() -> int:
    if hasattr(os, "memfd_create"):
        file = os.memfd_create("cdc-journal")
    else:
        with tempfile.TemporaryFile(buffering=0) as stream:
            file = os.dup(stream.fileno())
    if sys.platform != "win32":  # where no process is forked either
        fcntl.fcntl(file, fcntl.F_SETFL, fcntl.fcntl(file, fcntl.F_GETFL) | os.O_APPEND)
    return file
