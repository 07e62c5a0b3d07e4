"""Places between two axes as Mermaid quadrant charts (https://mermaid.js.org/syntax/quadrantChart.html)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.fonts import CHART_LINE_HEIGHT, wrap
from sphinx_diagram_ext.mermaid.source import MermaidSource, MermaidWriter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_diagram_ext.model import Matrix, Message

WIDTH, HEIGHT = 720, 560
"""Size of a chart in CSS pixels whose labels are short."""

POINT_WIDTH = 150.0
TITLE_WIDTH = 230.0
SIDE_WIDTH = 200.0


def matrix(body: Matrix) -> MermaidSource:
    """Return *body* as a quadrant chart."""
    writer = MermaidWriter(quoted=True)
    writer.write("quadrantChart")
    for name, (low, high), width in (("x", body.x, TITLE_WIDTH), ("y", body.y, SIDE_WIDTH)):
        writer.write(f'  {name}-axis "{writer.flat([low], width)}" --> "{writer.flat([high], width)}"')
    for number, title in enumerate(body.quadrants, 1):
        if title:
            writer.write(f'  quadrant-{number} "{writer.flat([title], TITLE_WIDTH)}"')
    for place in body.places:
        label = writer.flat([place.node.label, *place.node.details], POINT_WIDTH)
        writer.write(f'  "{label}": [{place.x:f}, {place.y:f}]')
    order = tuple(node.key for node in body.nodes)
    return writer.finish("quadrantChart", order=order, config={"quadrantChart": _size(body)})


def _size(body: Matrix) -> dict[str, object]:
    """Return a size that leaves labels of many lines as much room as others."""
    below, beside = _rows(body.x, TITLE_WIDTH), _rows(body.y, SIDE_WIDTH)
    titles = max((_rows([title], TITLE_WIDTH) for title in body.quadrants if title), default=0)
    points = max(sum(_rows([text], POINT_WIDTH) for text in (p.node.label, *p.node.details)) for p in body.places)
    plot = max(HEIGHT - 50, 2 * CHART_LINE_HEIGHT * (titles + points + 2))
    return {
        "chartWidth": WIDTH + 2 * CHART_LINE_HEIGHT * (beside - 1),
        "chartHeight": plot + 50 + 2 * CHART_LINE_HEIGHT * (below - 1),
        "pointLabelFontSize": 14,
        "xAxisLabelPadding": 5 + CHART_LINE_HEIGHT * (below - 1),
        "yAxisLabelPadding": 5 + CHART_LINE_HEIGHT * (beside - 1),
    }


def _rows(labels: Iterable[Message], width: float) -> int:
    return max(len(wrap(label.text, width)) for label in labels)
