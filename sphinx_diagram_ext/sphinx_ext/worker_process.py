"""Worker processes that Sphinx forks to read or write a few pages."""

from __future__ import annotations

import gc
import os


class WorkerProcess:
    """Tells whether this is the process that the build began in or one forked from it."""

    def __init__(self) -> None:
        self._process = os.getpid()
        self._settled = self._process

    @property
    def forked(self) -> bool:
        """Whether this is another process."""
        return os.getpid() != self._process

    def settle(self) -> None:
        """In a forked process, leave alone what it inherited.

        It will not outlive the few pages it is for, and yet its garbage collector would walk
        everything that the main process holds, the doctrees of all pages that wait included,
        several times a page; and copy the memory by touching it. See :func:`gc.freeze`.
        """
        if self.forked and self._settled != os.getpid():
            self._settled = os.getpid()
            gc.freeze()
