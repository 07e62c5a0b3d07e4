"""Choice of the engine of a build, with its warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.engine import EngineUnavailableError, select_engine
from sphinx_diagram_ext.engine.browser import ClientEngine
from sphinx_diagram_ext.engine.subprocess_guard import guarded
from sphinx_diagram_ext.engine.supported_versions import untested
from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.sphinx_ext.logging import warn

if TYPE_CHECKING:
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.sphinx_ext.config_values import Options


def find_engine(options: Options) -> Engine:
    """Return the engine that *options* ask for, behind the guard, or the browser where it does not work here."""
    try:
        choice = select_engine(options.engine)
    except EngineUnavailableError as error:
        warn(
            Code.ENGINE,
            "The engine %r does not work here: %s. Diagrams are drawn in the reader's browser.",
            options.engine,
            error,
            once=True,
        )
        return ClientEngine()
    if choice.message:
        warn(Code.ENGINE, "%s", choice.message[:1].upper() + choice.message[1:], once=True)
    untried = untested(choice.engine)
    if untried:
        warn(Code.ENGINE, "%s", untried, once=True)
    bounds = options.bounds()
    return guarded(choice.engine, bounds.seconds, bounds.megabytes)
