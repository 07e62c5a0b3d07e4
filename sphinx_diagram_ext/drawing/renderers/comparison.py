"""Renderer of comparisons: a table of sides and rows, with arrows where one row leads to the next."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.marks import SIZE, mark
from sphinx_diagram_ext.drawing.renderers.comparison_cells import (
    ABOVE,
    BAR,
    MARKED,
    Cell,
    around,
    natural_width,
    row_labels,
    shaped,
    shown_nodes,
    side_ink,
)
from sphinx_diagram_ext.drawing.renderers.comparison_flows import sort_flows, visible
from sphinx_diagram_ext.drawing.renderers.comparison_grid import RULE, Columns, Grid, bands
from sphinx_diagram_ext.drawing.scene import DETAIL, NAME, TITLE, Align, Box, Hook, Line, Scene, Text
from sphinx_diagram_ext.drawing.shapes import wrapped
from sphinx_diagram_ext.model import Message, reading_order

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.drawing.scene import Part
    from sphinx_diagram_ext.model import Comparison, Diagram, Edge, Node, Side

GUTTER = 16.0
"""Between columns."""

CLOSE = 12.0
"""Between columns on a phone."""

LEAST = 136.0
"""Width of the narrowest column."""

MOST = 300.0
"""Width of the widest column."""

NAMES = 96.0
"""Width of the widest name of a side that is before its cell."""

BAND = 32.0
"""Between sides that are below each other."""


def draw(diagram: Diagram, body: Comparison, space: Space) -> Scene:
    """Return the scene of a comparison.

    Where there are flows or things with a shape, the cells have outlines. On a phone, two sides whose words fit
    stay beside each other; else cells that correspond are below each other, and sides with flows as a whole.
    """
    flows = visible(body)
    outlined = bool(flows) or shaped(body.nodes)
    if not space.narrow:
        return _columns(diagram, body, space.width, flows, outlined=outlined)
    if len(body.sides) == 2 and _fit(body, (space.width - CLOSE) / 2, outlined=outlined):
        return _columns(diagram, body, space.width, flows, outlined=outlined, narrow=True)
    if outlined and len(flows) * 2 > len(body.nodes):
        return _columns(diagram, body, space.width, flows, outlined=True, narrow=True, beside=1)
    return _row_by_row(diagram, body, space.width, flows)


def _fit(body: Comparison, width: float, *, outlined: bool) -> bool:
    """Tell whether no word breaks in a column of *width*."""
    return all(
        font.width(word) <= width - around(node, outlined=outlined)
        for node in body.nodes
        for font, texts in ((NAME, (node.label,)), (DETAIL, node.details))
        for text in texts
        for word in text.text.split()
    ) and all(TITLE.width(word) <= width - MARKED - 24 for side in body.sides for word in side.label.text.split())


def _columns(
    diagram: Diagram,
    body: Comparison,
    width: float,
    edges: list[Edge],
    *,
    outlined: bool,
    narrow: bool = False,
    beside: int = 0,
) -> Scene:
    """Draw sides as columns, *beside* of them at once, or as many as fit."""
    gutter = CLOSE if narrow else GUTTER
    most = beside or max(int((width + gutter) / (LEAST + gutter)), 1)
    parts = bands(len(body.sides), most)
    factored = len(parts) == 1
    labels = row_labels(body, factored=factored)
    columns = [[row.cells[side] for row in body.rows] for side in range(len(body.sides))]
    grids = []
    leaving: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        leaving[edge.source].append(edge)
    for part in parts:
        rows = [at for at in range(len(body.rows)) if any(columns[side][at] for side in part)]
        cells = [[columns[side][at] for at in rows] for side in part]
        own = [edge for column in cells for key in column for edge in leaving.get(key or "", ())]
        flows = sort_flows(diagram, own, cells, across=not narrow)
        grids.append((part, cells, [labels[at] for at in rows], flows))
    told = {key: texts for *_, flows in grids for key, texts in flows.told.items()}
    nodes = shown_nodes(body, told, factored=factored)
    wanted = natural_width(nodes.values(), body.sides, MOST, outlined=outlined)
    scene, top, rects = Scene(), 0.0, dict[str, tuple[Cell, Rect]]()
    for part, cells, texts, flows in grids:
        grid = Grid([body.sides[side] for side in part], cells, nodes, texts, flows)
        sizes = Columns([] if narrow else texts, grid.gutters(gutter), width, max(wanted, LEAST))
        top = grid.draw(scene, sizes, top, outlined=outlined, above=narrow) + BAND
        rects |= {key: (grid.contents[key], rect) for key, rect in grid.rects.items()}
    _add_nodes(scene, diagram, rects)
    return scene


def _add_nodes(scene: Scene, diagram: Diagram, rects: dict[str, tuple[Cell, Rect]]) -> None:
    """Draw the nodes below the labels of edges."""
    labels = scene.of(Hook.EDGE_LABEL)
    scene.items = [item for item in scene.items if item.hook is not Hook.EDGE_LABEL]
    links = {node.key: node.link or "" for node in diagram.nodes}
    for key in reading_order(diagram):
        cell, rect = rects[key]
        scene.add(Hook.NODE, *cell.parts(rect), key=key, link=links[key])
    scene.items += labels


def _row_by_row(diagram: Diagram, body: Comparison, width: float, edges: list[Edge]) -> Scene:
    """Draw the rows below each other, and in each the sides with their names."""
    labels = row_labels(body, factored=True)
    nodes = shown_nodes(body, sort_flows(diagram, edges, []).told, factored=True)
    words = [word for side in body.sides for word in side.label.text.split()]
    column = max((DETAIL.width(side.label.text[:80]) for side in body.sides), default=0.0)
    marked = MARKED if any(side.tone.mark for side in body.sides) else 0.0
    beside = min(column, NAMES) + marked if all(DETAIL.width(word) <= NAMES for word in words) else 0.0
    scene, y, rects = Scene(), 0.0, dict[str, tuple[Cell, Rect]]()
    for label, row in zip(labels, body.rows, strict=True):
        if y:
            scene.add(Hook.AXIS, Line([(0, y), (width, y)], "group-line", RULE))
            y += 12
        if label:
            text = Text(0, y, tuple(wrapped(Message(label), width, TITLE)), TITLE, "text", Align.START)
            scene.add(Hook.NONE, text)
            y += text.height + 8
        for side, key in zip(body.sides, row.cells, strict=True):
            if key:
                parts, rects[key] = _one(side, nodes[key], Rect(0, y, width, y), beside, marked)
                scene.add(Hook.NONE, *parts)
                y = rects[key][1].bottom + (4 if beside else 12)
        y += 8 if beside else 0
    _add_nodes(scene, diagram, rects)
    return scene


def _one(side: Side, node: Node, rect: Rect, beside: float, marked: float) -> tuple[list[Part], tuple[Cell, Rect]]:
    """Return bar and name of a side, and its cell: beside the name and its mark if they are *beside* wide, or below."""
    left, y = BAR + 8, rect.top
    shift = marked if beside or side.tone.mark else 0.0
    start = left + beside + 8 if beside else left
    cell = Cell(node, rect.right - start, outlined=False)
    rows = tuple(wrapped(side.label, (beside or rect.right - left) - shift + 1, DETAIL))
    caption = Text(left + shift, y, rows, DETAIL, "muted", Align.START)
    if beside:
        # Name of the side and first line of the cell have one baseline.
        caption.y += ABOVE + (NAME.line - DETAIL.line) / 2 + 0.35 * (NAME.size - DETAIL.size)
        bottom = y + max(cell.height, caption.height + 2 * ABOVE)
    else:
        y += caption.height + 4
        bottom = y + cell.height
    signs = mark(side.tone, left + SIZE / 2, caption.y + DETAIL.line / 2)
    bar = Box(Rect(0, rect.top, BAR, bottom), side_ink(side), radius=0)
    return [bar, *signs, caption], (cell, Rect(start, y, rect.right, bottom))
