"""Mermaid text of a diagram; every text of an author is quoted in one module."""

from __future__ import annotations

from sphinx_diagram_ext.mermaid.custom import EmitError
from sphinx_diagram_ext.mermaid.emit import emit
from sphinx_diagram_ext.mermaid.raw import cleaned, with_elk
from sphinx_diagram_ext.mermaid.source import Line, MermaidSource

__all__ = ["EmitError", "Line", "MermaidSource", "cleaned", "emit", "with_elk"]
