"""``type: cascade``: how a failure spreads from stage to stage, and where it is stopped."""

from __future__ import annotations

import dataclasses
from typing import Literal

from pydantic import Field

from sphinx_diagram_ext.model import Direction, Edge, EdgeStyle, Graph, Group, Node, Tone
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec
from sphinx_diagram_ext.types.builder import Builder, Names, titled
from sphinx_diagram_ext.types.nodes import EdgeSpec, LinkSpec, NodeSpec
from sphinx_diagram_ext.types.texts import Key, Words


class CascadeStageSpec(ClaimSpec):
    """What happens at one time."""

    time: Words | None = Field(None, description="When; any text.")
    name: Words | None = Field(None, description="Title; the key, made readable, if left out.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the stage means; also that of its events without one.")
    events: dict[Key, NodeSpec | None] = Field(min_length=1, description="What happens, by key.")


class SpreadSpec(LinkSpec):
    """What a failure spreads to."""

    stopped_by: Words | None = Field(None, description="What keeps it from spreading; the arrow ends in a cross.")


class CascadeSpec(DiagramSpec):
    """Stages over time, and what spreads from one to the next."""

    type: Literal["cascade"]
    stages: dict[Key, CascadeStageSpec] = Field(min_length=1, description="Stages by key, in time.")
    spread: list[SpreadSpec] = Field([], description="What spreads to what.")
    flows: list[EdgeSpec] = Field([], description="Anything else that flows.")


def build(spec: CascadeSpec, builder: Builder) -> Graph:
    """Return the graph of a cascade: a group a stage, one below the other."""
    names = Names((stage, key) for stage, part in spec.stages.items() for key in part.events)
    nodes: list[Node] = []
    groups: list[Group] = []
    for stage, part in spec.stages.items():
        keys = []
        for name, given in part.events.items():
            key = names.key(stage, name)
            node = builder.node(key, given or NodeSpec(), "stages", stage, "events", name, name=name)
            own = given is not None and "tone" in given.model_fields_set
            nodes.append(node if own else dataclasses.replace(node, tone=part.tone))
            keys.append(key)
        label = titled(builder, stage, part.name, "stages", stage, above=part.time)
        groups.append(Group(stage, label, tuple(keys), part.tone))
    edges = [*_spread(spec, names, builder), *builder.edges(spec.flows, names, "flows")]
    direction = spec.direction or Direction.TB
    return Graph(tuple(nodes), tuple(edges), tuple(groups), direction, stacked=True)


def _spread(spec: CascadeSpec, names: Names, builder: Builder) -> list[Edge]:
    edges = []
    for index, item in enumerate(spec.spread):
        edge = builder.edge(item, names, "spread", index, more=item.stopped_by)
        if edge and item.stopped_by:
            edges.append(Edge(edge.source, edge.target, edge.label, EdgeStyle.SOLID, Tone.HEALTHY, stopped=True))
        elif edge:
            edges.append(Edge(edge.source, edge.target, edge.label, EdgeStyle.THICK, Tone.PROBLEM))
    return edges
