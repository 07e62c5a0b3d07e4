"""From the model to Mermaid text; every text of an author is quoted in one place."""

from __future__ import annotations

from sphinx_diagram_ext.mermaid.custom import ExpandError
from sphinx_diagram_ext.mermaid.emit import expand
from sphinx_diagram_ext.mermaid.source import Expansion, Line

__all__ = ["ExpandError", "Expansion", "Line", "expand"]
