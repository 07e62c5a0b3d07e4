"""Choice of a graph's picture: the author's direction where it fits, else the form that does."""

from __future__ import annotations

import dataclasses
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

_USUAL = Measures()
_TIGHT = Measures(name=128, question=118, label=104, title=180, between=18, ranks=34)
_PHONE = Measures(name=104, question=84, label=96, title=200, between=12, ranks=30)
_SMALL = Measures(name=84, question=70, label=80, title=200, between=10, ranks=30)


def draw(diagram: Diagram, body: Graph, space: Space) -> Scene:
    """Return the scene of a graph.

    Raises:
        EngineError: the engine cannot lay it out.
    """
    best: Placement | None = None
    for direction, measures in _forms(body, space):
        found = arranged(body, direction, measures, space)
        width = frames.extent(found).width
        if width <= space.width:
            return composed(found, diagram)
        if best is None or width < frames.extent(best).width:
            best = found
    if space.narrow or best is None:
        return draw_outline(diagram, body, space)
    return composed(best, diagram)


def _forms(graph: Graph, space: Space) -> Iterator[tuple[Direction, Measures]]:
    """Yield what to try, the author's own first."""
    if space.narrow:
        yield from ((_down(graph.direction), measures) for measures in (_PHONE, _SMALL))
        return
    if lanes.takes_lanes(graph):
        yield graph.direction, dataclasses.replace(_USUAL, gutter=True)
    yield graph.direction, _USUAL
    yield graph.direction, _TIGHT
    if sideways(graph.direction) and not graph.beside:
        yield _down(graph.direction), _USUAL
        yield _down(graph.direction), _TIGHT


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
        arrange_beside(placement, space.width)
    frames.level(placement)
    frames.set_titles(placement)
    route(placement)
    settle_labels(placement)
    frames.clear_titles(placement)
    return placement
