"""Places between two axes as Mermaid quadrant charts (https://mermaid.js.org/syntax/quadrantChart.html)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.expand.expansion import Expansion, Ink
from sphinx_diagram_ext.text import wrap

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Matrix, Message

WIDTH, HEIGHT = 720, 560
POINT_WIDTH = 120.0
TITLE_WIDTH = 230.0
ROW = 18


def matrix(body: Matrix) -> Expansion:
    """Return *body* as a quadrant chart."""
    ink = Ink(quoted=True)
    ink.write("quadrantChart")
    for name, (low, high) in (("x", body.x), ("y", body.y)):
        ink.write(f'  {name}-axis "{ink.flat([low], TITLE_WIDTH)}" --> "{ink.flat([high], TITLE_WIDTH)}"')
    for number, title in enumerate(body.quadrants, 1):
        if title:
            ink.write(f'  quadrant-{number} "{ink.flat([title], TITLE_WIDTH)}"')
    for place in body.places:
        label = ink.flat([place.node.label, *place.node.details], POINT_WIDTH)
        ink.write(f'  "{label}": [{place.x:f}, {place.y:f}]')
    config: dict[str, object] = {
        "chartWidth": WIDTH,
        "chartHeight": HEIGHT,
        "pointLabelFontSize": 14,
        "xAxisLabelPadding": 5 + ROW * (_rows(body.x) - 1),
        "yAxisLabelPadding": 5 + ROW * (_rows(body.y) - 1),
    }
    return ink.finish("quadrantChart", config={"quadrantChart": config})


def _rows(labels: tuple[Message, Message]) -> int:
    return max(len(wrap(label.text, TITLE_WIDTH)) for label in labels)
