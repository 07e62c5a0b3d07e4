"""Grid of a comparison: sides as columns, what corresponds in level rows, flows between them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing import shapes
from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers.comparison_cells import Cell, Head, label_rows
from sphinx_diagram_ext.drawing.renderers.comparison_flows import ACROSS, line
from sphinx_diagram_ext.drawing.scene import DETAIL, NAME, STRONG, Align, Box, Hook, Line, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.renderers.comparison_flows import Flows
    from sphinx_diagram_ext.drawing.scene import Part, Scene
    from sphinx_diagram_ext.model import Edge, Node, Side

BESIDE = 16.0
"""Between the labels of rows and the first column."""

APART = 12.0
"""Between cells with outlines that nothing leads through."""

INDENT = 24.0
"""Room for a trunk beside the cells that it leads to."""

TRUNK = 12.0
"""How far from the left of its column a trunk is."""

ARROW = 32.0
"""Least length of an arrow between two cells."""

LABELS = 120.0
"""Width of the labels of rows."""

RULE = 0.7
"""Width of a line between rows."""

CLEAR = 5.0
"""Between such a line and the cells."""


class Columns:
    """Widths across a grid: labels of rows, columns of one width, and the room between them."""

    def __init__(self, labels: Sequence[str], gutters: Sequence[float], width: float, wanted: float) -> None:
        self.label_width = max((STRONG.width(row) for text in labels for row in label_rows(text, LABELS)), default=0.0)
        self.start = self.label_width + BESIDE if self.label_width else 0.0
        self.cell = max(min(wanted, (width - self.start - sum(gutters)) / (len(gutters) + 1)), 64.0)
        self.gutters = gutters

    def left(self, column: int) -> float:
        """Return the left of a column."""
        return self.start + column * self.cell + sum(self.gutters[:column])

    def right(self, column: int) -> float:
        """Return the right of a column."""
        return self.left(column) + self.cell


class Grid:
    """Some sides of a comparison and their rows; ``cells`` are keys of nodes, by side and then by row."""

    def __init__(
        self,
        sides: Sequence[Side],
        cells: Sequence[Sequence[str | None]],
        nodes: dict[str, Node],
        labels: Sequence[str],
        flows: Flows,
    ) -> None:
        self.sides, self.cells, self.nodes, self.labels, self.flows = sides, cells, nodes, labels, flows
        self.place = {key: (at, row) for at, column in enumerate(cells) for row, key in enumerate(column) if key}
        self.rects: dict[str, Rect] = {}
        self.contents: dict[str, Cell] = {}
        self.indented: set[str] = set()
        self.aside = False

    def gutters(self, least: float) -> list[float]:
        """Return the room between the columns, with that for labels between them."""
        found = [least] * (len(self.sides) - 1)
        for edge in self.flows.across:
            at = min(self.place[edge.source][0], self.place[edge.target][0])
            label = max((DETAIL.width(row) for row in _label(edge, ACROSS)), default=0.0)
            found[at] = max(found[at], label + 48 if label else 40.0)
        return found

    def draw(self, scene: Scene, columns: Columns, top: float, *, outlined: bool, above: bool) -> float:
        """Draw all but the nodes and return the bottom; ``above`` puts labels of rows above them."""
        indents = self._indents()
        self.indented = set(indents)
        self.aside = self._aside(columns)
        for key, (at, _) in self.place.items():
            wide = columns.cell - indents.get(key, 0.0)
            self.contents[key] = Cell(self.nodes[key], wide, outlined=outlined)
            self.rects[key] = Rect(columns.right(at) - wide, 0, columns.right(at), 0)
        heads = [Head(side, columns.cell) for side in self.sides]
        under = top + max(head.height for head in heads)
        bottom = self._rows(scene, columns, under + (8 if outlined else 0), outlined=outlined, above=above)
        for at, head in enumerate(heads):
            rect = Rect(columns.left(at), top, columns.right(at), bottom)
            *signs, title = head.title(rect)
            scene.add(Hook.GROUP, Box(rect), head.bar(rect), *signs, key=head.side.key)
            scene.add(Hook.TITLE, title)
        self._edges(scene, columns)
        return bottom

    def _rows(self, scene: Scene, columns: Columns, y: float, *, outlined: bool, above: bool) -> float:
        """Place the rows below each other and draw what stands before them."""
        gaps = self._gaps(columns)
        right = columns.right(len(self.sides) - 1)
        last = len(self.labels) - 1
        for row, label in enumerate(self.labels):
            keys = [column[row] for column in self.cells if column[row]]
            if not outlined:
                scene.add(Hook.AXIS, Line([(0, y), (right, y)], "group-line", RULE))
                y += CLEAR
            if above and label:
                rows = tuple(label_rows(label, right))
                scene.add(Hook.NONE, Text(columns.start, y, rows, STRONG, "muted", Align.START))
                y += STRONG.line * len(rows) + 4
            high = max((self.contents[key].height for key in keys if key), default=0.0)
            if label and not above:
                high = max(high, self._label(scene, label, y, high, outlined=outlined))
            for key in keys:
                if key:
                    self.rects[key] = Rect(self.rects[key].left, y, self.rects[key].right, y + high)
            y += high + ((gaps.get(row, APART) if row < last else 0) if outlined else CLEAR)
        return y

    def _label(self, scene: Scene, label: str, y: float, high: float, *, outlined: bool) -> float:
        """Draw the label of a row beside its cells and return its height."""
        rows = tuple(label_rows(label, LABELS))
        # The first baselines of labels and names are level.
        down = 8 + (NAME.line - STRONG.line) / 2 + 0.35 * (NAME.size - STRONG.size)
        if outlined:
            down = max((high - STRONG.line * len(rows)) / 2, 4)
        text = Text(0, y + down, rows, STRONG, "muted", Align.START)
        scene.add(Hook.NONE, text)
        return text.height + 16

    def _indents(self) -> dict[str, float]:
        """Return by key how much narrower the cells are that a trunk passes."""
        found: dict[str, float] = {}
        for source, edges in self.flows.branches.items():
            column, row = self.place[source]
            last = max(self.place[edge.target][1] for edge in edges)
            found |= {key: INDENT for key in self.cells[column][row + 1 : last + 1] if key}
        return found

    def _gaps(self, columns: Columns) -> dict[int, float]:
        """Return by row the room below it, where arrows or labels need more than usual."""
        found: dict[int, float] = {}
        for edge in self.flows.straight:
            row = min(self.place[edge.source][1], self.place[edge.target][1])
            rows = _label(edge, self._label_width(columns))
            found[row] = max(found.get(row, 0), ARROW, len(rows) * DETAIL.line + 20 if rows else 0)
        return found

    def _label_width(self, columns: Columns) -> float:
        """Return the room beside an arrow."""
        return columns.cell - 44 if self.aside else columns.cell / 2 - 24

    def _aside(self, columns: Columns) -> bool:
        """Tell whether arrows are at the left of their columns, so that labels have room beside them."""
        pairs = {(edge.source, edge.target) for edge in self.flows.straight}
        both = any((target, source) in pairs for source, target in pairs)
        return columns.cell < 200 and not both and any(edge.label for edge in self.flows.straight)

    def _edges(self, scene: Scene, columns: Columns) -> None:
        labels: list[tuple[Edge, Text]] = []
        pairs = {(edge.source, edge.target) for edge in self.flows.straight}
        for edge in self.flows.straight:
            labels += self._straight(scene, edge, columns, both=(edge.target, edge.source) in pairs)
        for source, edges in self.flows.branches.items():
            for edge in edges:
                self._branch(scene, source, edge)
        for edge in self.flows.across:
            labels += self._across(scene, edge)
        for edge, text in labels:
            scene.add(Hook.EDGE_LABEL, text, ends=(edge.source, edge.target))

    def _straight(self, scene: Scene, edge: Edge, columns: Columns, *, both: bool) -> list[tuple[Edge, Text]]:
        one, other = self.rects[edge.source], self.rects[edge.target]
        down = one.top < other.top
        left = max(one.left, other.left)
        x = left + 28 if self.aside else (left + one.right) / 2
        side = -1 if both and not down else 1
        x += 10 * side if both else 0
        ends = [(x, one.bottom), (x, other.top)] if down else [(x, one.top), (x, other.bottom)]
        scene.add(Hook.EDGE, line(edge, [self._on(edge.source, ends[0]), ends[1]]), ends=(edge.source, edge.target))
        rows = tuple(_label(edge, self._label_width(columns)))
        if not rows:
            return []
        y = (ends[0][1] + ends[1][1] - DETAIL.line * len(rows)) / 2
        align = Align.START if side > 0 else Align.END
        return [(edge, Text(x + 9 * side, y, rows, DETAIL, "muted", align))]

    def _on(self, key: str, point: Point) -> Point:
        """Return where a line that leaves a cell at *point* meets its outline."""
        cell = self.contents[key]
        return shapes.border_point(cell.node.role, self.rects[key], point) if cell.outlined else point

    def _branch(self, scene: Scene, source: str, edge: Edge) -> None:
        one, other = self.rects[source], self.rects[edge.target]
        x, y = other.left - INDENT + TRUNK, other.centre[1]
        start = self._on(source, (x, one.bottom))
        end = self._on(edge.target, (other.left, y))
        scene.add(Hook.EDGE, line(edge, [start, (x, y), end]), ends=(edge.source, edge.target))

    def _across(self, scene: Scene, edge: Edge) -> list[tuple[Edge, Text]]:
        one, other = self.rects[edge.source], self.rects[edge.target]
        forth = one.left < other.left
        start = (one.right if forth else one.left, one.centre[1])
        end = (other.left if forth else other.right, other.centre[1])
        start, end = self._on(edge.source, start), self._on(edge.target, end)
        if not forth and edge.source in self.indented:
            start = start[0], start[1] + 10
        middle = (start[0] + end[0]) / 2
        level = abs(start[1] - end[1]) < 1
        points = [start, end] if level else [start, (middle, start[1]), (middle, end[1]), end]
        rows = tuple(_label(edge, ACROSS))
        if not rows:
            scene.add(Hook.EDGE, line(edge, points), ends=(edge.source, edge.target))
            return []
        high = DETAIL.line * len(rows)
        y = (start[1] + end[1]) / 2
        text = Text(middle, y - high / 2, rows, DETAIL, "muted")
        if level:
            half = (text.width / 2 + 5) * (1 if forth else -1)
            parts = [[start, (middle - half, y)], [(middle + half, y), end]]
        else:
            half = (high / 2 + 4) * (1 if start[1] < end[1] else -1)
            parts = [[start, (middle, start[1]), (middle, y - half)], [(middle, y + half), (middle, end[1]), end]]
        lines: list[Part] = [line(edge, parts[0], head=False), line(edge, parts[1])]
        scene.add(Hook.EDGE, *lines, ends=(edge.source, edge.target))
        return [(edge, text)]


def _label(edge: Edge, width: float) -> list[str]:
    return shapes.wrapped(edge.label, max(width, 24), DETAIL) if edge.label else []


def bands(sides: int, most: int) -> list[range]:
    """Return the sides that are beside each other, at most *most* at once and as even as can be."""
    count = -(-sides // most)
    ends = [round(sides * at / count) for at in range(count + 1)]
    return [range(start, end) for start, end in itertools.pairwise(ends)]
