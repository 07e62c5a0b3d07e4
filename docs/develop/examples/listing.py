"""The listing engine: lines of Mermaid text one below the other, an example of an engine."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from sphinx_diagram_ext.engine.protocol import Drawing, EngineError, Structure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_diagram_ext.engine.layout import Layout
    from sphinx_diagram_ext.mermaid import MermaidSource

ROW = 20


class ListingEngine:
    """Writes the lines of Mermaid text one below the other."""

    name = "listing"
    version = "1"
    draws = True
    checks = True

    def parse(self, source: str) -> Structure:
        """Refuse a source without text; it reports no nodes."""
        if not source.strip():
            raise EngineError("the source is empty", 1)
        return Structure("")

    def draw(self, source: MermaidSource) -> Drawing:
        """Return the picture; its labels are placeholders."""
        rows = source.skeleton.splitlines()
        texts = "".join(f'<text x="0" y="{ROW * number}">{escape(row)}</text>' for number, row in enumerate(rows, 1))
        size = f'viewBox="0 0 600 {ROW * (len(rows) + 1)}"'
        return Drawing(f'<svg xmlns="http://www.w3.org/2000/svg" id="cdc" {size}>{texts}</svg>', set_aside=True)

    def layout(self, source: MermaidSource, sizes: Mapping[str, tuple[float, float]] | None = None) -> Layout:
        """Refuse: there is none."""
        del source, sizes
        raise EngineError("listing has no layout")

    def draw_text(self, source: str, width: int) -> str | None:
        """Draw nothing: the extension has lists of its own."""
        del source, width
        return None
