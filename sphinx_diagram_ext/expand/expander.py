"""Chooses the emitter for a diagram's body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.expand.chart import chart
from sphinx_diagram_ext.expand.custom import custom
from sphinx_diagram_ext.expand.entities import entities
from sphinx_diagram_ext.expand.expansion import Expansion
from sphinx_diagram_ext.expand.flowchart import flowchart
from sphinx_diagram_ext.expand.matrix import matrix
from sphinx_diagram_ext.expand.schedule import schedule
from sphinx_diagram_ext.expand.sequence import sequence
from sphinx_diagram_ext.expand.shares import shares
from sphinx_diagram_ext.expand.state import state
from sphinx_diagram_ext.expand.timeline import timeline
from sphinx_diagram_ext.model import (
    Chart,
    Custom,
    Entities,
    Graph,
    Matrix,
    MermaidSource,
    Schedule,
    Sequence,
    Shares,
    StateMachine,
    Timeline,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_diagram_ext.model import Diagram


def expand(diagram: Diagram) -> Expansion:
    """Return *diagram* as Mermaid."""
    return _EMITTERS[type(diagram.body)](diagram.body)


def _as_it_is(body: MermaidSource) -> Expansion:
    nodes = {node.key: node.key for node in body.nodes}
    return Expansion("mermaid", body.source, body.source, nodes=nodes)


_EMITTERS: dict[type, Callable[[Any], Expansion]] = {
    Graph: flowchart,
    Sequence: sequence,
    Timeline: timeline,
    StateMachine: state,
    Chart: chart,
    Shares: shares,
    Matrix: matrix,
    Schedule: schedule,
    Entities: entities,
    Custom: custom,
    MermaidSource: _as_it_is,
}
