"""Diagrams drawn in characters, for plain text, manual pages and terminals."""

from __future__ import annotations

from sphinx_diagram_ext.characters.columns import columns
from sphinx_diagram_ext.characters.drawing import in_characters

__all__ = ["columns", "in_characters"]
