"""Table below a plot whose points have no room for their figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.renderers.chart_parts import lines_of
from sphinx_diagram_ext.drawing.scene import DETAIL, STRONG, Align, Hook, Line, Text
from sphinx_diagram_ext.fonts import wrap

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.renderers.curve_plot import Curve, CurvePlot
    from sphinx_diagram_ext.drawing.scene import Item
    from sphinx_diagram_ext.model import Measure, Message

_GAP = 24.0
"""Between the columns."""
_HEAD = 112.0
"""Widest head of a column of figures."""
_HEAD_ROWS = 3
"""Most lines of a head; a longer one says no more than the axes do."""
_LEAST = 96.0
"""Narrowest column of remarks; where there is less room they are below their figures."""
_ROW = DETAIL.line + 3


def add_table(plot: CurvePlot, y: float) -> None:
    """Add load, figure and remarks of every measure to its node, in lines from *y* on."""
    table = _Table(plot)
    nodes = {item.key: item for item in plot.scene.of(Hook.NODE)}
    for curve in plot.curves:
        if curve.name:
            y = table.name(curve, y)
        y = table.rows(curve, nodes, table.heads(y)) + 12


@dataclass(slots=True)
class _Table:
    """Columns of loads, figures and remarks; where nothing is remarked, as many tables beside each other as fit."""

    plot: CurvePlot
    left: float = 0.0
    right: float = 0.0
    blocks: int = 1

    def __post_init__(self) -> None:
        body, numbers = self.plot.body, self.plot.numbers
        loads = max((DETAIL.width(numbers.text(load)) for load in self.plot.loads), default=0.0)
        figures = max((STRONG.width(numbers.text(one.value)) for one in body.measures), default=0.0)
        self.left = max(loads, _width(body.across))
        self.right = self.left + _GAP + max(figures, _width(body.scale))
        if not any(one.remarks for one in body.measures):
            self.blocks = max(1, int((self.plot.space.width + 2 * _GAP) // (self.right + 2 * _GAP)))

    def name(self, curve: Curve, y: float) -> float:
        """Write the name of a curve behind a sample of its line."""
        rows = tuple(wrap(curve.name, self.plot.space.width - 32, STRONG.size, bold=True))
        line = Line([(0, y + STRONG.line / 2), (24, y + STRONG.line / 2)], f"{curve.tone}-stroke", 2)
        self.plot.scene.add(Hook.AXIS, line, Text(32, y, rows, STRONG, align=Align.START))
        return y + STRONG.line * len(rows) + 4

    def heads(self, y: float) -> float:
        """Write what the columns are, and return where their figures begin."""
        body = self.plot.body
        columns = [(text, x) for text, x in ((body.across, self.left), (body.scale, self.right)) if text]
        rows = [(tuple(lines_of([text], _HEAD)), x) for text, x in columns]
        most = max((len(lines) for lines, _ in rows), default=0)
        if most > _HEAD_ROWS:
            return y
        for lines, x in rows:
            top = y + DETAIL.line * (most - len(lines))
            self.plot.scene.add(Hook.AXIS, Text(x, top, lines, DETAIL, "muted", Align.END))
        y += DETAIL.line * most + 4
        self.plot.scene.add(Hook.AXIS, Line([(0, y), (self.right, y)], "group-line", 0.8))
        return y + 4

    def rows(self, curve: Curve, nodes: dict[str, Item], y: float) -> float:
        """Write the figures of a curve, and return where they end."""
        share = -(-len(curve.measures) // self.blocks)
        bottoms = [y]
        for block in range(self.blocks if share else 0):
            top = y
            for measure in curve.measures[block * share : (block + 1) * share]:
                top += self._row(measure, nodes[measure.node.key], block * (self.right + 2 * _GAP), top)
            bottoms.append(top)
        return max(bottoms)

    def _row(self, measure: Measure, node: Item, x: float, y: float) -> float:
        """Write a line of the table and return its height."""
        numbers = self.plot.numbers
        load = numbers.text(measure.at) if measure.at is not None else measure.node.label.text
        node.parts.append(Text(x + self.left, y, (load,), DETAIL, align=Align.END))
        node.parts.append(Text(x + self.right, y, (numbers.text(measure.value),), STRONG, align=Align.END))
        if not measure.remarks:
            return _ROW
        start = self.right + _GAP
        beside = self.plot.space.width - start >= _LEAST
        start, top = (start, y) if beside else (0.0, y + DETAIL.line)
        lines = tuple(lines_of(measure.remarks, self.plot.space.width - start))
        node.parts.append(Text(start, top, lines, DETAIL, "muted", Align.START))
        return _ROW + DETAIL.line * (len(lines) - beside)


def _width(head: Message | None) -> float:
    return max(map(DETAIL.width, lines_of([head], _HEAD))) if head else 0.0
