"""Fonts: the width of a text, and its line breaks."""

from __future__ import annotations

from sphinx_diagram_ext.fonts.metrics import FONT_FAMILY, FONT_SIZE, text_width
from sphinx_diagram_ext.fonts.wrap import wrap

__all__ = ["FONT_FAMILY", "FONT_SIZE", "text_width", "wrap"]
