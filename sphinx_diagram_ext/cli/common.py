"""Wrong usage and the guarded engine, for every command."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from sphinx_diagram_ext.engine import select_engine
from sphinx_diagram_ext.engine.subprocess_guard import Guard, guarded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.limits import Limits


class UsageError(Exception):
    """The command cannot be carried out as it was given."""


@contextlib.contextmanager
def guarded_engine(name: str, bounds: Limits) -> Iterator[Engine]:
    """Give the engine *name* within the *bounds* on time and memory, as a build has it.

    Raises:
        EngineUnavailableError: it does not work here.
    """
    found = guarded(select_engine(name).engine, bounds.seconds, bounds.megabytes)
    try:
        yield found
    finally:
        if isinstance(found, Guard):
            found.close()
