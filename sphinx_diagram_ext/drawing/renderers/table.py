"""Table of the renderers, by the body that each draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.renderers.bars import draw_shares
from sphinx_diagram_ext.drawing.renderers.chart import draw as draw_chart
from sphinx_diagram_ext.drawing.renderers.comparison import draw as draw_comparison
from sphinx_diagram_ext.drawing.renderers.entities import draw as draw_entities
from sphinx_diagram_ext.drawing.renderers.graph import draw as draw_graph
from sphinx_diagram_ext.drawing.renderers.matrix import draw as draw_matrix
from sphinx_diagram_ext.drawing.renderers.schedule import draw as draw_schedule
from sphinx_diagram_ext.drawing.renderers.sequence import draw as draw_sequence
from sphinx_diagram_ext.drawing.renderers.states import draw as draw_states
from sphinx_diagram_ext.drawing.renderers.timeline import draw as draw_timeline
from sphinx_diagram_ext.model import (
    Chart,
    Comparison,
    Entities,
    Graph,
    Matrix,
    Schedule,
    Sequence,
    Shares,
    StateMachine,
    Timeline,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_diagram_ext.drawing.renderers.renderer import Renderer

RENDERERS: Mapping[type[object], Renderer] = {
    Chart: draw_chart,
    Comparison: draw_comparison,
    Entities: draw_entities,
    Graph: draw_graph,
    Matrix: draw_matrix,
    Schedule: draw_schedule,
    Sequence: draw_sequence,
    Shares: draw_shares,
    StateMachine: draw_states,
    Timeline: draw_timeline,
}
"""Bodies that are not here (Mermaid of an author's own, types of a project's own) are drawn by the engine."""


def renderer_of(body: object) -> Renderer | None:
    """Return what draws *body*, None for the engine."""
    return RENDERERS.get(type(body))
