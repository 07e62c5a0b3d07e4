"""Chooses the emitter for a diagram's body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.expand.expansion import Expansion
from sphinx_diagram_ext.expand.flowchart import flowchart
from sphinx_diagram_ext.expand.sequence import sequence
from sphinx_diagram_ext.expand.timeline import timeline
from sphinx_diagram_ext.model import Graph, MermaidSource, Sequence

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Diagram


def expand(diagram: Diagram) -> Expansion:
    """Return *diagram* as Mermaid."""
    body = diagram.body
    if isinstance(body, MermaidSource):
        nodes = {node.key: node.key for node in body.nodes}
        return Expansion("mermaid", body.source, body.source, nodes=nodes)
    if isinstance(body, Graph):
        return flowchart(body)
    if isinstance(body, Sequence):
        return sequence(body)
    return timeline(body)
