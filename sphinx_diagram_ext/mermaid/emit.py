"""Choice of the emitter for a diagram's body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.mermaid.chart import chart
from sphinx_diagram_ext.mermaid.custom import custom
from sphinx_diagram_ext.mermaid.entities import entities
from sphinx_diagram_ext.mermaid.flowchart import flowchart
from sphinx_diagram_ext.mermaid.matrix import matrix
from sphinx_diagram_ext.mermaid.raw import raw
from sphinx_diagram_ext.mermaid.schedule import schedule
from sphinx_diagram_ext.mermaid.sequence import sequence
from sphinx_diagram_ext.mermaid.shares import shares
from sphinx_diagram_ext.mermaid.state import state
from sphinx_diagram_ext.mermaid.timeline import timeline
from sphinx_diagram_ext.model import (
    Chart,
    Comparison,
    Custom,
    Entities,
    Graph,
    Matrix,
    RawMermaid,
    Schedule,
    Sequence,
    Shares,
    StateMachine,
    Timeline,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_diagram_ext.mermaid.source import MermaidSource
    from sphinx_diagram_ext.model import Diagram


def emit(diagram: Diagram) -> MermaidSource:
    """Return *diagram* as Mermaid."""
    return _EMITTERS[type(diagram.body)](diagram.body)


_EMITTERS: dict[type, Callable[[Any], MermaidSource]] = {
    Graph: flowchart,
    Comparison: lambda body: flowchart(body.graph),
    Sequence: sequence,
    Timeline: timeline,
    StateMachine: state,
    Chart: chart,
    Shares: shares,
    Matrix: matrix,
    Schedule: schedule,
    Entities: entities,
    Custom: custom,
    RawMermaid: raw,
}
