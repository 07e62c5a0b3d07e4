"""Rows: a chain that is too long for one row, written as text is, from the left to the right and then below."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.drawing import shapes
from sphinx_diagram_ext.drawing.geometry import Rect, union
from sphinx_diagram_ext.drawing.renderers.graph.frames import set_titles
from sphinx_diagram_ext.drawing.renderers.graph.parts import PAD, Route, label_size, title_height
from sphinx_diagram_ext.drawing.renderers.graph.placement import Placement, measured
from sphinx_diagram_ext.model import Direction

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.renderers.graph.parts import Measures
    from sphinx_diagram_ext.model import Edge, Graph


class _Spacing(NamedTuple):
    """Distance of two boxes, room of an edge beside its label, and at the left for the edge to the next row."""

    gap: float
    beside: float
    turn: float


_ONE_ROW, _SEVERAL = _Spacing(28, 20, 0), _Spacing(36, 28, 18)
_BETWEEN = 44.0
"""Distance of two rows."""
_MOST = 24


def chain(graph: Graph) -> list[str] | None:
    """Return the nodes of a graph in which one edge leads from each to the next, None for any other graph."""
    if graph.direction is not Direction.LR or len(graph.nodes) > _MOST or len(graph.edges) != len(graph.nodes) - 1:
        return None
    leads = {edge.source: edge.target for edge in graph.edges}
    starts = [node.key for node in graph.nodes if node.key not in leads.values()]
    if len(starts) != 1 or len(leads) != len(graph.edges):
        return None
    found = [starts[0]]
    while found[-1] in leads and len(found) <= len(leads):
        found.append(leads[found[-1]])
    whole = len(found) == len(set(found)) == len(graph.nodes)
    return found if whole and all(group.parent is None for group in graph.groups) else None


def in_rows(graph: Graph, measures: Measures, width: float) -> Placement | None:
    """Return the chain *graph* in rows of at most *width* pixels, None if it is none or does not fit.

    One row is worth closer boxes that are as wide as their texts.
    """
    order = chain(graph)
    if order is None:
        return None
    for spacing in (_ONE_ROW, _SEVERAL):
        found, rows = measured(graph, Direction.LR, measures, even=spacing is _SEVERAL)
        blocks = _blocks(found, order)
        if blocks is None:
            return None
        row = _Row(found, dict(zip((edge.source for edge in graph.edges), rows, strict=True)), spacing)
        lines = row.broken(blocks, width - spacing.turn)
        if lines is not None and (spacing is _SEVERAL or len(lines) == 1):
            break
    if lines is None:
        return None
    top = 0.0
    for line in lines:
        top = row.place(line, top) + _BETWEEN
    for edge, labels in zip(graph.edges, rows, strict=True):
        found.routes.append(_route(found, edge, labels, lines))
    set_titles(found)
    return found


def _blocks(found: Placement, order: list[str]) -> list[list[str]] | None:
    """Return what cannot be torn apart: the nodes of a group, each other one by itself; None if groups interleave."""
    blocks = [
        list(keys) for _, keys in itertools.groupby(order, key=lambda key: found.chains.get(key, (f" {key}",))[0])
    ]
    homes = [found.chains[block[0]][0] for block in blocks if block[0] in found.chains]
    return blocks if len(homes) == len(set(homes)) else None


@dataclass(frozen=True, slots=True)
class _Row:
    """Rows of blocks. ``labels`` are the lines of the label behind each node."""

    found: Placement
    labels: dict[str, tuple[str, ...]]
    spacing: _Spacing

    def broken(self, blocks: list[list[str]], width: float) -> list[list[list[str]]] | None:
        """Return *blocks* in as few rows as possible whose widths are as even as possible, None if one is too wide."""
        widths = [self._width(block) for block in blocks]

        def length(start: int, end: int) -> float:
            return sum(widths[start:end]) + sum(self._gap(blocks[at][-1]) for at in range(start, end - 1))

        # For each number of blocks: the best (rows, widest row, where the last row begins).
        best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
        for end in range(1, len(blocks) + 1):
            ways = [
                (best[start][0] + 1, max(best[start][1], size), start)
                for start in range(end)
                if (size := length(start, end)) <= width and best[start][0] >= 0
            ]
            best.append(min(ways, default=(-1, math.inf, 0)))
        if best[-1][0] < 1:
            return None
        rows: list[list[list[str]]] = []
        end = len(blocks)
        while end:
            start = best[end][2]
            rows.insert(0, blocks[start:end])
            end = start
        return rows

    def place(self, row: list[list[str]], top: float) -> float:
        """Place a row from the y *top* on; return the y below it."""
        found = self.found
        framed = [found.chains[block[0]][0] for block in row if block[0] in found.chains]
        strip = max((title_height(len(found.titles[key])) for key in framed), default=0.0)
        high = max(found.contents[key].height for block in row for key in block)
        middle, x = top + strip + high / 2, self.spacing.turn
        for block in row:
            inset = PAD if block[0] in found.chains else 0.0
            x += inset
            for key in block:
                content = found.contents[key]
                found.nodes[key] = Rect.around(x + content.width / 2, middle, content.width, content.height)
                x += content.width + (self._gap(key) if key != block[-1] else 0.0)
            x += inset
            if inset:
                inner = union(found.nodes[key] for key in block).grown(PAD, 14)
                found.frames[found.chains[block[0]][0]] = inner._replace(top=top, bottom=top + strip + high + 14)
            x += self._gap(block[-1]) if block[-1] in self.labels else 0.0
        return top + strip + high + (14 if framed else 0)

    def _gap(self, before: str) -> float:
        rows = self.labels[before]
        return label_size(rows)[0] + self.spacing.beside if rows else self.spacing.gap

    def _width(self, block: list[str]) -> float:
        inner = sum(self.found.contents[key].width for key in block) + sum(map(self._gap, block[:-1]))
        return inner + (2 * PAD if block[0] in self.found.chains else 0.0)


def _route(found: Placement, edge: Edge, rows: tuple[str, ...], lines: list[list[list[str]]]) -> Route:
    source, target = found.nodes[edge.source], found.nodes[edge.target]
    start: Point
    if target.left > source.right:
        start, end = (source.right, source.centre[1]), (target.left, target.centre[1])
        points = [start, end]
        at = (start[0] + end[0]) / 2, start[1]
    else:
        row = next(row for row in lines if any(edge.source in block for block in row))
        below = [found.frames[found.chains[block[0]][0]].bottom for block in row if block[0] in found.chains]
        y = max([*below, *(found.nodes[key].bottom for block in row for key in block)]) + _BETWEEN / 2
        start, end = (source.centre[0], source.bottom), (target.left, target.centre[1])
        points = [start, (start[0], y), (0.0, y), (0.0, end[1]), end]
        at = start[0] / 2, y
    points[0] = shapes.border_point(found.roles[edge.source], source, points[0])
    points[-1] = shapes.border_point(found.roles[edge.target], target, points[-1])
    return Route(edge, points, points, rows, Rect.around(*at, *label_size(rows)) if rows else None)
