"""Fonts: the width of a text, and its line breaks."""

from __future__ import annotations

from sphinx_diagram_ext.fonts.metrics import CHART_LINE_HEIGHT, FONT_FAMILY, FONT_SIZE, LINE_HEIGHT, text_width
from sphinx_diagram_ext.fonts.wrap import balanced, wrap

__all__ = ["CHART_LINE_HEIGHT", "FONT_FAMILY", "FONT_SIZE", "LINE_HEIGHT", "balanced", "text_width", "wrap"]
