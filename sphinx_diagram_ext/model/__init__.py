"""The neutral model of a diagram: what every type becomes and every emitter reads."""

from __future__ import annotations

from sphinx_diagram_ext.model.anchors import anchor_parts
from sphinx_diagram_ext.model.chart import SUM, TIMES, Chart, Limit, Matrix, Measure, Place, Plot, Series, Shares
from sphinx_diagram_ext.model.claims import Claim
from sphinx_diagram_ext.model.command import Command
from sphinx_diagram_ext.model.custom import Custom
from sphinx_diagram_ext.model.diagram import (
    Body,
    Diagram,
    Meta,
    RawMermaid,
    Status,
    map_nodes,
    messages,
    redirected,
    shown_values,
    source_titles,
    tones_shown,
    translate,
)
from sphinx_diagram_ext.model.element import Element
from sphinx_diagram_ext.model.entities import Attribute, Count, Entities, Entity, Relation
from sphinx_diagram_ext.model.explained import Explained, explained
from sphinx_diagram_ext.model.graph import Direction, Edge, EdgeStyle, Graph, Group, Icon, Node, Role, Tone
from sphinx_diagram_ext.model.names import Name, names
from sphinx_diagram_ext.model.order import reading_order
from sphinx_diagram_ext.model.paths import Path, edge_numbers, paths
from sphinx_diagram_ext.model.schedule import Phase, Schedule, Task
from sphinx_diagram_ext.model.sequence import Arrow, Block, Exchange, Note, Sequence, Step, Stretch
from sphinx_diagram_ext.model.sources import Entry, Extent, Reference, SourceKind, StoredText
from sphinx_diagram_ext.model.state import State, StateMachine
from sphinx_diagram_ext.model.table import Comparison, Row, Side
from sphinx_diagram_ext.model.target import Target
from sphinx_diagram_ext.model.text import Backing, Message
from sphinx_diagram_ext.model.timeline import Event, Period, Timeline

__all__ = [
    "SUM",
    "TIMES",
    "Arrow",
    "Attribute",
    "Backing",
    "Block",
    "Body",
    "Chart",
    "Claim",
    "Command",
    "Comparison",
    "Count",
    "Custom",
    "Diagram",
    "Direction",
    "Edge",
    "EdgeStyle",
    "Element",
    "Entities",
    "Entity",
    "Entry",
    "Event",
    "Exchange",
    "Explained",
    "Extent",
    "Graph",
    "Group",
    "Icon",
    "Limit",
    "Matrix",
    "Measure",
    "Message",
    "Meta",
    "Name",
    "Node",
    "Note",
    "Path",
    "Period",
    "Phase",
    "Place",
    "Plot",
    "RawMermaid",
    "Reference",
    "Relation",
    "Role",
    "Row",
    "Schedule",
    "Sequence",
    "Series",
    "Shares",
    "Side",
    "SourceKind",
    "State",
    "StateMachine",
    "Status",
    "Step",
    "StoredText",
    "Stretch",
    "Target",
    "Task",
    "Timeline",
    "Tone",
    "anchor_parts",
    "edge_numbers",
    "explained",
    "map_nodes",
    "messages",
    "names",
    "paths",
    "reading_order",
    "redirected",
    "shown_values",
    "source_titles",
    "tones_shown",
    "translate",
]
