"""Renderer of charts: bars or curves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.renderers import bars, curve
from sphinx_diagram_ext.model import Plot

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.drawing.scene import Scene
    from sphinx_diagram_ext.model import Chart, Diagram


def draw(diagram: Diagram, body: Chart, space: Space) -> Scene:
    """Return the chart as its ``plot`` says."""
    return (curve.draw if body.plot is Plot.CURVE else bars.draw_chart)(diagram, body, space)
