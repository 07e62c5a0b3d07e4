"""Subprocess guard: an engine in a process of its own, where it can hang, crash and run out of memory alone."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sphinx_diagram_ext.engine.protocol import EngineError
from sphinx_diagram_ext.mermaid import EmitError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from sphinx_diagram_ext.engine.layout import Layout
    from sphinx_diagram_ext.engine.protocol import Drawing, Engine, Structure
    from sphinx_diagram_ext.mermaid import MermaidSource


_LONGER = 5
"""Seconds after the deadline at which the engine's process ends by itself."""


_LOOK = 2
"""Seconds between looks whether the process that asks is still there."""

_T = TypeVar("_T")


def within(engine: Engine, function: Callable[..., _T], *arguments: object) -> _T:
    """Return what *function* does with *arguments*, within the bounds of the engine's process if it has one.

    Function, arguments and answer must pickle.

    Raises:
        EngineError: it took too much time or memory.
        EmitError: *function* raised it.
    """
    return engine.run(function, *arguments) if isinstance(engine, Guard) else function(*arguments)


def guarded(engine: Engine, seconds: int, megabytes: int) -> Engine:
    """Return *engine* behind a guard, or as it is where a process cannot fork (Windows)."""
    return Guard(engine, seconds, megabytes) if hasattr(os, "fork") and engine.checks else engine


class Guard:
    """Runs the engine in a process, started by the first question and again after each failure.

    Both bounds are for one question: ``seconds`` until the answer, ``megabytes`` of memory more
    than the process starts with.
    """

    def __init__(self, engine: Engine, seconds: int, megabytes: int) -> None:
        self.name, self.version = engine.name, engine.version
        self.draws, self.checks = engine.draws, engine.checks
        self._engine = engine
        self._seconds = seconds
        self._megabytes = megabytes
        self._process: Any = None
        self._pipe: Connection[Any, Any] | None = None

    def parse(self, source: str) -> Structure:
        """Return what is in *source*."""
        found: Structure = self._ask("parse", source)
        return found

    def draw(self, source: MermaidSource) -> Drawing:
        """Return the picture."""
        drawing: Drawing = self._ask("draw", source)
        return drawing

    def layout(self, source: MermaidSource) -> Layout:
        """Return where everything is."""
        layout: Layout = self._ask("layout", source)
        return layout

    def draw_text(self, source: str, width: int) -> str | None:
        """Return the picture in characters."""
        text: str | None = self._ask("draw_text", source, width)
        return text

    def run(self, function: Callable[..., _T], *arguments: object) -> _T:
        """Return what *function* does with *arguments* in the engine's process."""
        answer: _T = self._ask(function, *arguments)
        return answer

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                # An engine that runs commands has made processes too: all are in the group.
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def _ask(self, method: str | Callable[..., Any], *arguments: object) -> Any:
        if self._pipe is None:
            self._pipe = self._start()
        answered = False
        try:
            self._pipe.send((method, arguments))
            if not self._pipe.poll(self._seconds):
                raise EngineError(f"{self.name} did not finish in {self._seconds} seconds")
            answer, error = self._pipe.recv()
            answered = True
        except (EOFError, OSError):
            self._process.join()
            raise EngineError(f"{self.name} crashed ({_reason(self._process.exitcode)})") from None
        finally:
            if not answered:
                # Also when this process was interrupted: the next question would be given this answer.
                self.close()
        if error is not None:
            raise error
        return answer

    def _start(self) -> Connection[Any, Any]:
        # Not the default of Python 3.14, which begins afresh and would import Sphinx for each engine. Python 3.12 and
        # later warn of a fork beside threads, since a lock that one holds stays held: then the deadline ends the child.
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(ours, theirs, self._engine, self._seconds, self._megabytes), daemon=True
        )
        self._process.start()
        theirs.close()
        return ours


def _serve(
    ours: Connection[Any, Any], theirs: Connection[Any, Any], engine: Engine, seconds: int, megabytes: int
) -> None:
    """Answer questions until the other process ends."""
    ours.close()
    asking = os.getppid()
    os.setsid()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # where the engine's runtime says why it gives up
        os.dup2(nowhere, stream)
    _bound_memory(megabytes)
    with contextlib.suppress(EOFError, OSError):
        while True:
            # A process that was killed may leave the other end of the pipe open in one that it forked.
            while not theirs.poll(_LOOK):
                if os.getppid() != asking:
                    return
            method, arguments = theirs.recv()
            answer, error = None, None
            # Should the other process be killed before it can end this one.
            signal.alarm(seconds + _LONGER)
            try:
                answer = (getattr(engine, method) if isinstance(method, str) else method)(*arguments)
            except (EngineError, EmitError) as refused:
                error = refused
            except Exception as failed:  # noqa: BLE001 - whatever an engine raises is its answer
                error = EngineError(f"{engine.name} failed: {type(failed).__name__}: {failed}".rstrip(": ")[:400])
            signal.alarm(0)
            theirs.send((answer, error))


def _bound_memory(megabytes: int) -> None:
    """Limit this process to *megabytes* more memory than it has, where the system tells how much that is."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        return
    wanted = pages * resource.getpagesize() + megabytes * 1_000_000
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _reason(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit status {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
