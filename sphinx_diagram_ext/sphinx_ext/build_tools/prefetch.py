"""Draws the pictures of pages that wait to be written, in a process beside Sphinx's own.

With two processes Sphinx writes pages in one of them; the other one prepares doctrees and is
idle most of the time. What is drawn ahead goes to the cache, where the page finds it; what is not
there yet when a page is written is drawn then, and only then does anyone hear of an error.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from bisect import bisect_left
from mmap import mmap
from typing import TYPE_CHECKING, Any

from sphinx.util.logging import LogCollector
from sphinx.util.parallel import parallel_available

from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


FEWEST = 12
"""Pages that it pays to start a process for."""

NEXT = 2
"""The first page to draw, counted from the one that Sphinx writes; a nearer one would be drawn by both at once."""


class Ahead:
    """The process that draws, and the page that Sphinx is at, which all processes see."""

    def __init__(self, env: BuildEnvironment, pages: list[str]) -> None:
        self._numbers = {docname: number for number, docname in enumerate(pages)}
        self._place = mmap(-1, 8)
        self.process = multiprocessing.get_context("fork").Process(target=_draw, args=(env, pages, self, os.getpid()))

    @property
    def place(self) -> int:
        """The number of the page that is being written, -1 before the first."""
        return int.from_bytes(self._place[:8], "little") - 1

    def writes(self, docname: str) -> None:
        """Note that a page is being written."""
        if docname in self._numbers:
            self._place[:8] = (self._numbers[docname] + 1).to_bytes(8, "little")

    def order(self) -> Iterator[int]:
        """Yield the number of each page, next what follows the page that is being written.

        Sphinx writes parts of the pages, the first one first and then the last one of those that are
        prepared (:class:`sphinx.util.parallel.ParallelTasks`), each from its beginning.
        """
        waiting = list(range(len(self._numbers)))
        while waiting:
            following = bisect_left(waiting, self.place + NEXT)
            yield waiting.pop(min(following, len(waiting) - 1))

    def end(self) -> None:
        """Stop drawing."""
        self.process.terminate()
        self.process.join()
        self.process.close()


def note_pages(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Remember the pages that are read."""
    del app
    Build.of(env).read_now.update(docnames)


def begin(app: Sphinx, builder: Builder) -> None:
    """Start to draw for a build with several processes and more than a few pages."""
    domain = DiagramDomain.of(app.env)
    build = Build.of(domain.env)
    before, now = build.views
    changed = {docname for docname, view in now.items() if before.get(docname) != view}
    pages = [docname for docname in sorted(build.read_now | changed) if domain.page(docname).diagrams]
    possible = parallel_available and builder.parallel_ok and builder.format == "html" and build.engine.draws
    if possible and len(pages) >= FEWEST:
        build.ahead = Ahead(app.env, pages)
        build.ahead.process.start()


def written(app: Sphinx) -> Iterator[Any]:
    """Stop when every page is written, and add no page (``html-collect-pages``)."""
    end(Build.of(app.env))
    return iter(())


def end(build: Build) -> None:
    """Stop drawing."""
    if build.ahead is not None:
        build.ahead.end()
        build.ahead = None


def _draw(env: BuildEnvironment, pages: list[str], ahead: Ahead, parent: int) -> None:
    """Draw until everything is drawn, the cache takes nothing, or there is nobody to draw for."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    domain = DiagramDomain.of(env)
    domain.worker.settle()
    # A doctree that is gone is for Sphinx to stumble over.
    with LogCollector().collect(), contextlib.suppress(OSError):
        for number in ahead.order():
            for node in env.get_doctree(pages[number]).findall(cdc_diagram):
                if os.getppid() != parent or not _drawn(domain, node):
                    return


def _drawn(domain: DiagramDomain, node: cdc_diagram) -> bool:
    """Draw a picture into the cache; tell whether the cache has it now."""
    try:
        return Build.of(domain.env).draw_ahead(node.diagram, node.mermaid)
    except ProblemsError:
        return True
