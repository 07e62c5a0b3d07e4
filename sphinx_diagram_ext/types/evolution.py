"""``type: evolution``: an architecture at one size after another, and why it changed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Direction, Edge, Graph, Group, Node, Tone
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec
from sphinx_diagram_ext.types.builder import Builder, Names, titled
from sphinx_diagram_ext.types.nodes import EdgeSpec, NodeSpec
from sphinx_diagram_ext.types.texts import Key, Words


class EvolutionStageSpec(ClaimSpec):
    """The architecture at one size."""

    scale: Words | None = Field(None, description="The size, such as 100K users; stands above the title.")
    name: Words | None = Field(None, description="Title; the key, made readable, if left out.")
    why: Words | None = Field(None, description="What made it necessary; stands on the arrow that leads here.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the stage means.")
    nodes: dict[Key, NodeSpec | None] = Field(min_length=1, description="Nodes by key.")
    flows: list[EdgeSpec] = Field([], description="What flows from node to node of this stage.")


class EvolutionSpec(DiagramSpec):
    """Stages next to each other."""

    type: Literal["evolution"]
    stages: dict[Key, EvolutionStageSpec] = Field(min_length=2, description="Stages by key, from small to large.")


def build(spec: EvolutionSpec, builder: Builder) -> Graph:
    """Return the graph of an evolution: a group a stage, joined by arrows."""
    names = Names((stage, key) for stage, part in spec.stages.items() for key in part.nodes)
    nodes: list[Node] = []
    edges: list[Edge] = []
    groups: list[Group] = []
    joints = []
    for stage, part in spec.stages.items():
        path = ("stages", stage)
        keys = tuple(names.key(stage, name) for name in part.nodes)
        for key, (name, node) in zip(keys, part.nodes.items(), strict=True):
            nodes.append(builder.node(key, node or NodeSpec(), *path, "nodes", name, name=name))
        edges += builder.edges(part.flows, names, *path, "flows", within=stage)
        label = titled(builder, stage, part.name, *path, above=part.scale)
        groups.append(Group(stage, label, keys, part.tone, Direction.TB))
        joints.append(builder.message(part.why, *path, "why") if part.why else None)
    if joints[0]:
        message = "Nothing leads to the first stage; say why at the one that follows."
        builder.problem(Code.SCHEMA, message, "stages", groups[0].key, "why", key=True)
    _refuse_crossing(spec, names, builder)
    direction = spec.direction or Direction.LR
    return Graph(tuple(nodes), tuple(edges), tuple(groups), direction, beside=True, joints=tuple(joints[1:]))


def _refuse_crossing(spec: EvolutionSpec, names: Names, builder: Builder) -> None:
    """Note flows that leave their stage: stages are pictures of their own."""
    home = {names.key(stage, key): stage for stage, part in spec.stages.items() for key in part.nodes}
    for stage, part in spec.stages.items():
        for index, flow in enumerate(part.flows):
            one, other = (names.find(end, stage) for end in (flow.source, flow.target))
            if isinstance(one, str) and isinstance(other, str) and home[one] != home[other]:
                message = f"The flow from {one!r} to {other!r} leaves its stage."
                builder.problem(Code.SCHEMA, message, "stages", stage, "flows", index)
