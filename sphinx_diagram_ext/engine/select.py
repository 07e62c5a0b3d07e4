"""Selection of an engine that works here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.engine.browser import ClientEngine
from sphinx_diagram_ext.engine.merman.adapter import MermanEngine
from sphinx_diagram_ext.engine.mmdr import MmdrEngine
from sphinx_diagram_ext.engine.protocol import EngineUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_diagram_ext.engine.protocol import Engine

ENGINES: Mapping[str, Callable[[], Engine]] = {
    "merman": MermanEngine,
    "mmdr": MmdrEngine,
    "client": ClientEngine,
}
"""Every engine, in the order in which ``auto`` tries them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The engine that was found; ``message`` says why it is not the first one."""

    engine: Engine
    message: str = ""


def select_engine(wanted: str = "auto", engines: Mapping[str, Callable[[], Engine]] = ENGINES) -> Choice:
    """Return the *wanted* engine, or for ``auto`` the first that works.

    Raises:
        EngineUnavailableError: the engine asked for by name does not work here.
    """
    if wanted != "auto":
        if wanted not in engines:
            message = f"there is no engine {wanted!r}; one of {', '.join(engines)}"
            raise EngineUnavailableError(message)
        return Choice(engines[wanted]())
    reasons = []
    for name, make in engines.items():
        try:
            engine = make()
        except EngineUnavailableError as error:
            reasons.append(str(error))
            continue
        if not reasons:
            return Choice(engine)
        use = "diagrams are drawn in the reader's browser" if name == "client" else f"using {name}"
        said = "; ".join(reasons)
        return Choice(engine, f"{use}, because {said}. Install merman or set 'cdc_diagram_engine'.")
    message = "; ".join(reasons)
    raise EngineUnavailableError(message)
