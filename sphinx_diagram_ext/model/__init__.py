"""The neutral model of a diagram: what every type becomes and every emitter reads."""

from __future__ import annotations

from sphinx_diagram_ext.model.diagram import (
    Body,
    Diagram,
    MermaidSource,
    Meta,
    Reference,
    messages,
    translate,
)
from sphinx_diagram_ext.model.graph import Direction, Edge, EdgeStyle, Graph, Group, Message, Node, Role, Tone
from sphinx_diagram_ext.model.sequence import Arrow, Block, Exchange, Note, Sequence, Step
from sphinx_diagram_ext.model.timeline import Event, Period, Timeline

__all__ = [
    "Arrow",
    "Block",
    "Body",
    "Diagram",
    "Direction",
    "Edge",
    "EdgeStyle",
    "Event",
    "Exchange",
    "Graph",
    "Group",
    "MermaidSource",
    "Message",
    "Meta",
    "Node",
    "Note",
    "Period",
    "Reference",
    "Role",
    "Sequence",
    "Step",
    "Timeline",
    "Tone",
    "messages",
    "translate",
]
