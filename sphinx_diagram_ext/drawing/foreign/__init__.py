"""Adapter for the SVG of an engine: safe, small, stable, with its labels and the anchors of its nodes."""

from __future__ import annotations

from sphinx_diagram_ext.drawing.foreign.adapt import adapt
from sphinx_diagram_ext.drawing.foreign.labels import Labels

__all__ = ["Labels", "adapt"]
