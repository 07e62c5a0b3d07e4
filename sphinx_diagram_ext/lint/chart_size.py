"""Width and height of charts, asked of their emitters, which decide them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_diagram_ext.fonts import LINE_HEIGHT, text_width, wrap
from sphinx_diagram_ext.mermaid import chart, matrix, shares
from sphinx_diagram_ext.mermaid.entities import ENTITY_WIDTH
from sphinx_diagram_ext.model import Chart, Matrix, Shares

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_diagram_ext.model import Body, Entity, Message

_PIE = 445.0
_ROW_HEIGHT = 43.0
_COLUMN = 24.0


class Size(NamedTuple):
    """Width and height in CSS pixels."""

    width: float
    height: float


def chart_size(body: Body) -> Size | None:
    """Return the size of a chart, None for any other body."""
    if isinstance(body, Chart):
        config: Any = chart.chart(body).config["xyChart"]
        return Size(config["width"], config["height"])
    if isinstance(body, Matrix):
        return Size(matrix.WIDTH, matrix.HEIGHT)
    if isinstance(body, Shares):
        legend = (text for part in body.parts for text in (part.node.label, *part.node.details))
        return Size(_PIE + _widest(legend, shares.LABEL_WIDTH), 424.0)
    return None


def entity_size(entity: Entity) -> Size:
    """Return the size of the box of an entity with its attributes."""
    title = _widest((entity.node.label, *entity.node.details), ENTITY_WIDTH) + 3 * _COLUMN
    rows = [
        [text_width(part.kind.text), text_width(part.name.text), text_width(", ".join(part.keys))]
        + ([text_width(part.remark.text)] if part.remark else [])
        for part in entity.attributes
    ]
    columns = [max(row[index] for row in rows if index < len(row)) for index in range(max(map(len, rows), default=0))]
    table = sum(width + _COLUMN for width in columns if width)
    return Size(max(title, table), _ROW_HEIGHT * (len(rows) + 1) + LINE_HEIGHT * len(entity.node.details))


def _widest(texts: Iterable[Message], width: float) -> float:
    return max(text_width(row) for text in texts for row in wrap(text.text, width))
