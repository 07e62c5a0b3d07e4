"""No engine at all: the reader's browser draws, through sphinxcontrib-mermaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.engine.protocol import Drawing, EngineError, Structure

if TYPE_CHECKING:
    from sphinx_diagram_ext.expand import Expansion


class ClientEngine:
    """Neither checks nor draws."""

    name = "client"
    version = ""
    draws = False
    checks = False

    def parse(self, source: str) -> Structure:
        """Accept any source."""
        del source
        return Structure("")

    def draw(self, expansion: Expansion) -> Drawing:
        """Refuse: there is nothing to draw with."""
        del expansion
        message = "the browser draws this diagram"
        raise EngineError(message)

    def draw_text(self, source: str, width: int) -> str | None:
        """Draw nothing."""
        del source, width
        return None
