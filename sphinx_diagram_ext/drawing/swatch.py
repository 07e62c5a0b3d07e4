"""Swatches of tones: what a legend shows beside their names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.marks import mark
from sphinx_diagram_ext.drawing.shapes import outline
from sphinx_diagram_ext.drawing.svg_writer import write_untitled
from sphinx_diagram_ext.model import Role

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.picture import Picture
    from sphinx_diagram_ext.model import Tone

_BOX = Rect(0, 0, 29, 19)
_MARGIN = 1.5
"""Room for the border, half of which is outside the box."""


@cache
def swatch(tone: Tone) -> Picture:
    """Return the box of a node in *tone*, and in it the sign that says what its colour says."""
    parts = [*outline(Role.SERVICE, tone, _BOX), *mark(tone, *_BOX.centre)]
    return write_untitled(parts, _BOX.grown(_MARGIN))
