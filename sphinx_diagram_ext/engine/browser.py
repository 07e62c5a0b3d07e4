"""Engine ``client``: the reader's browser draws, through sphinxcontrib-mermaid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_diagram_ext.engine.protocol import Drawing, EngineError, Structure

if TYPE_CHECKING:
    from sphinx_diagram_ext.engine.layout import Layout
    from sphinx_diagram_ext.mermaid import MermaidSource


_DIRECTION = re.compile(r"\Atimeline (?:TD|LR)$", re.MULTILINE)


def for_browser(source: str) -> str:
    """Return *source* as Mermaid 11 reads it too, which takes the direction of a timeline for a period."""
    return _DIRECTION.sub("timeline", source)


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

    def draw(self, source: MermaidSource) -> Drawing:
        """Refuse: there is nothing to draw with."""
        del source
        message = "the browser draws this diagram"
        raise EngineError(message)

    def layout(self, source: MermaidSource) -> Layout:
        """Refuse: there is none."""
        del source
        raise EngineError("the browser has no layout")

    def draw_text(self, source: str, width: int) -> str | None:
        """Draw nothing."""
        del source, width
        return None
