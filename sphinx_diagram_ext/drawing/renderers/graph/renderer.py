"""Choice of a graph's picture: the author's direction where it fits, else the form that does."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.renderers.graph import frames, lanes
from sphinx_diagram_ext.drawing.renderers.graph.axis import sideways
from sphinx_diagram_ext.drawing.renderers.graph.beside import arrange_beside
from sphinx_diagram_ext.drawing.renderers.graph.compose import composed
from sphinx_diagram_ext.drawing.renderers.graph.labels import settle_labels
from sphinx_diagram_ext.drawing.renderers.graph.outline import draw_outline
from sphinx_diagram_ext.drawing.renderers.graph.placement import Measures, Placement, placed
from sphinx_diagram_ext.drawing.renderers.graph.routing import route
from sphinx_diagram_ext.model import Direction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.drawing.scene import Scene
    from sphinx_diagram_ext.model import Diagram, Graph

_SLACK = 1.025
"""How much wider than its room a picture may be: what was 13 px is more than 12 px still."""

_USUAL = Measures()
_DENSE = Measures(between=14, ranks=36)
_TIGHT = Measures(name=128, question=118, label=104, title=180, between=18, ranks=34)
_CLOSE = Measures(name=104, question=100, label=88, title=150, between=12, ranks=34, word=150)
_PHONE = Measures(name=104, question=84, label=96, title=200, between=12, ranks=30, word=150)
_SMALL = Measures(name=84, question=70, label=80, title=200, between=10, ranks=30, word=120)


def draw(diagram: Diagram, body: Graph, space: Space) -> Scene:
    """Return the scene of a graph.

    Raises:
        EngineError: the engine cannot lay it out.
    """
    best: tuple[tuple[bool, int, float], Placement] | None = None
    for direction, measures in _forms(body, space):
        found = arranged(body, direction, measures, space)
        width = frames.extent(found).width
        cost = (width > space.width * _SLACK, frames.struck_titles(found), width)
        if best is None or cost < best[0]:
            best = cost, found
        if not cost[0] and not cost[1]:
            return composed(found, diagram)
    if best is None or (space.narrow and best[0][0]):
        return draw_outline(diagram, body, space)
    return composed(best[1], diagram)


def _forms(graph: Graph, space: Space) -> Iterator[tuple[Direction, Measures]]:
    """Yield what to try, the author's own first."""
    if space.narrow:
        yield from ((_down(graph.direction), measures) for measures in (_PHONE, _SMALL))
        return
    if lanes.takes_lanes(graph):
        yield graph.direction, dataclasses.replace(_USUAL, gutter=True)
        yield graph.direction, dataclasses.replace(_DENSE, gutter=True)
    if graph.beside and sideways(graph.direction):
        # One row is worth closer boxes.
        yield graph.direction, dataclasses.replace(_USUAL, one_row=True)
        yield graph.direction, dataclasses.replace(_TIGHT, one_row=True)
    yield graph.direction, _USUAL
    if lanes.may_take_lanes(graph) and not graph.stacked:
        yield graph.direction, dataclasses.replace(_USUAL, gutter=True)
    yield from ((graph.direction, measures) for measures in (_DENSE, _TIGHT, _CLOSE))
    if not graph.beside and not graph.stacked:
        other = _down(graph.direction) if sideways(graph.direction) else Direction.LR
        yield from ((other, measures) for measures in (_USUAL, _TIGHT, _CLOSE))


def _down(direction: Direction) -> Direction:
    return Direction.BT if direction is Direction.BT else Direction.TB


def arranged(graph: Graph, direction: Direction, measures: Measures, space: Space) -> Placement:
    """Return *graph* with everything in its place."""
    placement = placed(graph, direction, measures, space.engine)
    if measures.gutter and lanes.set_lanes(placement):
        route(placement)
        settle_labels(placement)
        return placement
    frames.fit(placement)
    if graph.beside:
        arrange_beside(placement, math.inf if measures.one_row else space.width)
    frames.level(placement)
    frames.set_titles(placement)
    route(placement)
    settle_labels(placement)
    frames.clear_titles(placement)
    return placement
