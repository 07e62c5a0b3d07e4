"""Renderer of curves: what is reached under a growing load, with the figures at the points or in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.renderers.chart_parts import lines_of, radius
from sphinx_diagram_ext.drawing.renderers.curve_plot import CurvePlot
from sphinx_diagram_ext.drawing.renderers.curve_table import add_table
from sphinx_diagram_ext.drawing.renderers.label_placement import above_and_below, around
from sphinx_diagram_ext.drawing.scene import DETAIL, STRONG, Align, Text
from sphinx_diagram_ext.fonts import wrap

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Rect
    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.drawing.scene import Font, Part, Scene
    from sphinx_diagram_ext.model import Chart, Diagram, Measure

_MOST_LABELS = 40
"""Points whose figures can be at the points."""
_LABEL = 112.0
"""Widest label of a point."""


def draw(diagram: Diagram, body: Chart, space: Space) -> Scene:
    """Return the curves: with the figures at the points where there is room for all, else with a table below."""
    del diagram
    plot = CurvePlot(body, space)
    labels = _labels(plot) if len(body.measures) <= _MOST_LABELS else None
    if labels is not None:
        plot.draw(labels, plot.loads)
        return plot.scene
    plot = CurvePlot(body, space)
    plot.place_limit()
    end = plot.draw([[] for _ in body.measures], plot.ticks())
    add_table(plot, end + 20)
    return plot.scene


def _labels(plot: CurvePlot) -> list[list[Part]] | None:
    """Return the labels of all points, None if there is no room for them, for the limit or for the loads."""
    if len(plot.fitting(plot.loads)) < len(plot.loads) or not plot.place_limit():
        return None
    found = []
    for curve in plot.curves:
        for measure, (x, y) in zip(curve.measures, curve.points, strict=True):
            lines = _lines(measure, plot)
            if curve.name and measure is curve.measures[-1]:
                lines = [*((row, STRONG) for row in wrap(curve.name, _LABEL, STRONG.size, bold=True)), *lines]
            rect = _place(lines, x, y, radius(measure.node.tone), plot)
            if rect is None:
                return None
            plot.room.take(rect)
            found.append(_stacked(lines, rect, x))
    return found


def _place(lines: list[tuple[str, Font]], x: float, y: float, mark: float, plot: CurvePlot) -> Rect | None:
    """Return where a label covers neither a curve nor anything else, None if nowhere."""
    width, height = max(font.width(row) for row, font in lines), sum(font.line for _, font in lines)
    places = (*above_and_below(x, y, mark, width, height), *around(x, y, mark, width, height))
    return next((one for one in places if plot.room.free(one) and not plot.crosses(one.grown(3, 2))), None)


def _lines(measure: Measure, plot: CurvePlot) -> list[tuple[str, Font]]:
    """Return the figure of a point and what is said besides."""
    figure = plot.numbers.text(measure.value)
    return [(figure, STRONG), *((row, DETAIL) for row in lines_of(measure.remarks, _LABEL))]


def _stacked(lines: list[tuple[str, Font]], rect: Rect, x: float) -> list[Part]:
    """Return the lines of a label in *rect*, aligned to the point at *x*."""
    align = Align.START if rect.left > x else Align.END if rect.right < x else Align.MIDDLE
    anchor = {Align.START: rect.left, Align.END: rect.right, Align.MIDDLE: rect.centre[0]}[align]
    parts: list[Part] = []
    y = rect.top
    for font, ink in ((STRONG, "text"), (DETAIL, "muted")):
        rows = tuple(row for row, own in lines if own is font)
        if rows:
            parts.append(Text(anchor, y, rows, font, ink, align))
            y += font.line * len(rows)
    return parts
