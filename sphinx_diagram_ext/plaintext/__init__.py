"""Diagrams drawn in characters, for plain text, manual pages and terminals."""

from __future__ import annotations

from sphinx_diagram_ext.plaintext.columns import columns
from sphinx_diagram_ext.plaintext.draw import draw_text
from sphinx_diagram_ext.plaintext.text_list import command_list, text_list

__all__ = ["columns", "command_list", "draw_text", "text_list"]
