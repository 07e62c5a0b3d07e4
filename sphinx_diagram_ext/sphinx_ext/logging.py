"""Warnings: all of type ``cdc``, each with a subtype and a location."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from sphinx_diagram_ext.errors import Code, printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Node

    from sphinx_diagram_ext.errors import Problem

_LOGGER = logging.getLogger(__name__)


def warn(
    code: Code,
    message: str,
    *args: Any,
    location: str | tuple[str | None, int | None] | Node | None = None,
    once: bool = False,
) -> None:
    """Log a warning of the kind *code*; *once* a build, whichever of its processes finds it."""
    if once:
        # Sphinx compares texts and arguments, and what comes from another process has none of these.
        message, args = message % args, ()
    _LOGGER.warning(message, *args, location=location, type="cdc", subtype=str(code), once=once)


def info(message: str, *args: Any) -> None:
    """Log a line of status."""
    _LOGGER.info(message, *args)


def warn_all(problems: Iterable[Problem], location: str | tuple[str | None, int | None] | Node | None = None) -> None:
    """Log every problem at its own location, or at *location* where it has none."""
    for problem in problems:
        found: Any = location
        message = problem.message
        if problem.code is Code.DATA_FOLDER:
            message = f"{problem.path}: {message}"
        elif problem.path:
            found = printable(f"{problem.path}:{max(problem.line, 1)}")
        warn(problem.code, "%s", printable(message), location=found)
