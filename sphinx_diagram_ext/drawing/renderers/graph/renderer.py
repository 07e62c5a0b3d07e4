"""Choice of a graph's picture: the author's direction where it fits, else the one that does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.renderers.graph import frames
from sphinx_diagram_ext.drawing.renderers.graph.compose import composed
from sphinx_diagram_ext.drawing.renderers.graph.labels import settle_labels
from sphinx_diagram_ext.drawing.renderers.graph.placement import Measures, Placement, placed
from sphinx_diagram_ext.drawing.renderers.graph.routing import route

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.drawing.scene import Scene
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.model import Diagram, Direction, Graph


def draw(diagram: Diagram, body: Graph, space: Space) -> Scene:
    """Return the scene of a graph.

    Raises:
        EngineError: the engine cannot lay it out.
    """
    return composed(arranged(body, body.direction, Measures(), space.engine), diagram)


def arranged(graph: Graph, direction: Direction, measures: Measures, engine: Engine) -> Placement:
    """Return *graph* with everything in its place."""
    placement = placed(graph, direction, measures, engine)
    frames.fit(placement)
    frames.level(placement)
    frames.set_titles(placement)
    route(placement)
    settle_labels(placement)
    frames.clear_titles(placement)
    return placement
