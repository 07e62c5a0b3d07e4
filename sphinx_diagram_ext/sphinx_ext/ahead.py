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
from typing import TYPE_CHECKING, Any

from sphinx.util.logging import LogCollector
from sphinx.util.parallel import parallel_available

from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.sphinx_ext.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_diagram_ext.sphinx_ext.session import Session

FIRST = 11
"""Pages that Sphinx writes at once: one to warm up, and the first part of the others."""


def note_pages(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Remember the pages that are read."""
    del app
    DiagramDomain.of(env).session.read_now.update(docnames)


def begin(app: Sphinx, builder: Builder) -> None:
    """Start to draw for a build with several processes and more pages than are written at once."""
    domain = DiagramDomain.of(app.env)
    session = domain.session
    before, now = session.views
    changed = {docname for docname, view in now.items() if before.get(docname) != view}
    pages = [docname for docname in sorted(session.read_now | changed) if docname in domain.shown][FIRST:]
    if parallel_available and builder.parallel_ok and builder.format == "html" and session.engine.draws and pages:
        session.ahead = multiprocessing.get_context("fork").Process(target=_draw, args=(app.env, pages, os.getpid()))
        session.ahead.start()


def written(app: Sphinx) -> Iterator[Any]:
    """Stop when every page is written, and add no page (``html-collect-pages``)."""
    end(DiagramDomain.of(app.env).session)
    return iter(())


def end(session: Session) -> None:
    """Stop drawing."""
    if session.ahead is not None:
        session.ahead.terminate()
        session.ahead.join()
        session.ahead.close()
        session.ahead = None


def _draw(env: BuildEnvironment, pages: list[str], parent: int) -> None:
    """Draw until everything is drawn, the cache takes nothing, or there is nobody to draw for."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    domain = DiagramDomain.of(env)
    domain.origin.settle()
    # A doctree that is gone is for Sphinx to stumble over.
    with LogCollector().collect(), contextlib.suppress(OSError):
        for docname in pages:
            for node in env.get_doctree(docname).findall(cdc_diagram):
                if os.getppid() != parent or not _drawn(domain, node):
                    return


def _drawn(domain: DiagramDomain, node: cdc_diagram) -> bool:
    """Draw a picture into the cache; tell whether the cache has it now."""
    try:
        return domain.session.draw_ahead(node.diagram, node.expansion)
    except ProblemsError:
        return True
