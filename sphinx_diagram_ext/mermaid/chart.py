"""Charts as Mermaid XY charts (https://mermaid.js.org/syntax/xyChart.html)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sphinx_diagram_ext.fonts import CHART_LINE_HEIGHT, text_width, wrap
from sphinx_diagram_ext.mermaid.source import MermaidSource, MermaidWriter
from sphinx_diagram_ext.model import Chart, Message, Plot

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Node

LABEL_WIDTH = 210.0
POINT_WIDTH = 110.0
TITLE_WIDTH = 480.0
PLOT = 420
"""Width of the bars, or height of a curve, in CSS pixels."""


def chart(body: Chart) -> MermaidSource:
    """Return *body* as an XY chart; a title of a series is a category without a bar."""
    writer = MermaidWriter(quoted=True)
    bars = body.plot is Plot.BARS
    writer.write("xychart-beta horizontal" if bars else "xychart-beta")
    above = [message for message in (body.scale, _limit(body)) if message]
    if above:
        writer.write(f'  title "{writer.flat(above, TITLE_WIDTH)}"')
    labels, values = [], []
    order: list[str | None] = []
    for series in body.series:
        if series.label:
            labels.append(writer.flat([series.label], LABEL_WIDTH, bold=True))
            values.append(Decimal(0))
            order.append(None)
        for measure in series.measures:
            labels.append(writer.flat(_texts(measure.node), LABEL_WIDTH if bars else POINT_WIDTH))
            values.append(measure.value)
            order.append(measure.node.key)
    across = f'"{writer.flat([body.across], TITLE_WIDTH)}" ' if body.across else ""
    writer.write(f"  x-axis {across}[{', '.join(f'{chr(34)}{label}{chr(34)}' for label in labels)}]")
    limit = [body.limit.value] if body.limit else []
    writer.write(f"  y-axis 0 --> {body.top or max(*values, *limit, Decimal(0)) or 1:f}")
    writer.write(f"  {'bar' if bars else 'line'} [{', '.join(f'{value:f}' for value in values)}]")
    if body.limit:
        writer.write(f"  line [{', '.join([f'{body.limit.value:f}'] * len(values))}]")
    rows = sum(len(wrap(message.text, TITLE_WIDTH)) for message in above)
    return writer.finish("xychart", order=tuple(order), config={"xyChart": _size(body, rows)})


def _limit(body: Chart) -> Message | None:
    """Return the label of the limit, behind a sample of its line."""
    if body.limit is None:
        return None
    return Message(f"\u2013 \u2013 {body.limit.label.text}", body.limit.label.line)


def _texts(node: Node) -> list[Message]:
    return [node.label, *node.details]


def _size(body: Chart, rows: int) -> dict[str, object]:
    width = LABEL_WIDTH if body.plot is Plot.BARS else POINT_WIDTH
    texts = [_texts(measure.node) for measure in body.measures]
    texts += [[series.label] for series in body.series if series.label]
    lines = [[row for message in label for row in wrap(message.text, width, bold=True)] for label in texts]
    most = max(map(len, lines))
    widest = max(text_width(row, 14, bold=True) for label in lines for row in label)
    title = CHART_LINE_HEIGHT * rows + 20 if rows else 0
    size: dict[str, object] = {
        "showDataLabel": False,
        "plotReservedSpacePercent": 5,
        "titleFontSize": 16,
        "titlePadding": max(title - 16, 0) / 2,
    }
    if body.plot is Plot.BARS:
        return size | {
            "width": round(max(widest + 40, 160) + PLOT),
            "height": round(len(lines) * (most * CHART_LINE_HEIGHT + 16) + title + 60),
        }
    return size | {
        "width": round(max(len(lines) * (widest + 20) + 120, TITLE_WIDTH + 140)),
        "height": round(PLOT + title + 2 * most * CHART_LINE_HEIGHT),
        "xAxis": {"titlePadding": 5 + CHART_LINE_HEIGHT * most},
    }
