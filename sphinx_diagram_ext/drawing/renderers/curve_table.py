"""Table below a plot whose points have no room for their figures."""

from __future__ import annotations

from dataclasses import dataclass, field
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
_ROWS = 12
"""Rows from which on a table has a second one beside it."""
_HEAD_ROWS = 3
"""Most lines of a head; a longer one says no more than the axes do."""
_LEAST = 96.0
"""Narrowest column of remarks; where there is less room they are below their figures."""
_ROW = DETAIL.line + 3


def add_table(plot: CurvePlot, y: float) -> None:
    """Add load, figure and remarks of every measure to its node, in lines from *y* on."""
    table = _Table(plot)
    nodes = {item.key: item for item in plot.scene.of(Hook.NODE)}
    joint = _JointTable(plot)
    if joint.fits:
        joint.draw(nodes, y)
        return
    for curve in plot.curves:
        if curve.name:
            y = table.name(curve, y)
        y = table.rows(curve, nodes, table.heads(y)) + 12


@dataclass(slots=True)
class _JointTable:
    """Table of several curves: a row for each load, a column for each curve below its name."""

    plot: CurvePlot
    left: float = 0.0
    """Right end of the column of loads."""
    rights: list[float] = field(default_factory=list)
    """Right end of the column of each curve."""

    def __post_init__(self) -> None:
        numbers = self.plot.numbers
        loads = (DETAIL.width(numbers.text(load)) for load in self.plot.loads)
        self.left = x = max([*loads, _width(self.plot.body.across)], default=0.0)
        for curve in self.plot.curves:
            figures = (STRONG.width(numbers.text(one.value)) for one in curve.measures)
            x += _GAP + max([*figures, *map(STRONG.width, self._name(curve))], default=0.0)
            self.rights.append(x)

    @property
    def fits(self) -> bool:
        """Whether there are several curves that it says everything of."""
        curves = self.plot.curves
        plain = all(one.at is not None and not one.remarks for one in self.plot.body.measures)
        low = all(len(self._name(curve)) <= _HEAD_ROWS for curve in curves)
        return len(curves) > 1 and plain and low and self.rights[-1] <= self.plot.space.width

    def draw(self, nodes: dict[str, Item], y: float) -> None:
        """Add figures to the nodes from *y* on; the load of a row is said by the first of its nodes."""
        across = self.plot.body.across
        loads = lines_of([across], _HEAD) if across else []
        heads = [(tuple(self._name(curve)), x, STRONG) for curve, x in zip(self.plot.curves, self.rights, strict=True)]
        most = max(len(loads), *(len(rows) for rows, _, _ in heads))
        if 0 < len(loads) <= _HEAD_ROWS:
            heads.append((tuple(loads), self.left, DETAIL))
        rule = y + DETAIL.line * most + 4
        for rows, x, font in heads:
            if rows:
                ink = "muted" if font is DETAIL else "text"
                top = y + DETAIL.line * (most - len(rows))
                self.plot.scene.add(Hook.AXIS, Text(x, top, rows, font, ink, Align.END))
        self.plot.scene.add(Hook.AXIS, Line([(0, rule), (self.left, rule)], "group-line", 0.8))
        places = {load: rule + 6 + _ROW * number for number, load in enumerate(self.plot.loads)}
        said = set()
        start = self.left + _GAP
        for curve, right in zip(self.plot.curves, self.rights, strict=True):
            self.plot.scene.add(Hook.AXIS, Line([(start, rule), (right, rule)], f"{curve.tone}-stroke", 2))
            start = right + _GAP
            for measure in curve.measures:
                if measure.at is not None:
                    top, parts = places[measure.at], nodes[measure.node.key].parts
                    if measure.at not in said:
                        said.add(measure.at)
                        load = self.plot.numbers.text(measure.at)
                        parts.append(Text(self.left, top, (load,), DETAIL, align=Align.END))
                    figure = self.plot.numbers.text(measure.value)
                    parts.append(Text(right, top, (figure,), STRONG, align=Align.END))

    def _name(self, curve: Curve) -> list[str]:
        return wrap(curve.name, _HEAD, STRONG.size, bold=True) if curve.name else []


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
            rows = max((len(curve.measures) for curve in self.plot.curves), default=1)
            room = int((self.plot.space.width + 2 * _GAP) // (self.right + 2 * _GAP))
            self.blocks = max(1, min(room, -(-rows // _ROWS)))

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
        end = y + DETAIL.line * most + 4
        for start in (block * (self.right + 2 * _GAP) for block in range(self.blocks)):
            for lines, x in rows:
                top = y + DETAIL.line * (most - len(lines))
                self.plot.scene.add(Hook.AXIS, Text(start + x, top, lines, DETAIL, "muted", Align.END))
            self.plot.scene.add(Hook.AXIS, Line([(start, end), (start + self.right, end)], "group-line", 0.8))
        return end + 4

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
