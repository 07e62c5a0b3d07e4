"""``type: comparison``: two or more sides next to each other."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sphinx_diagram_ext.model import Direction, Graph, Group, Tone
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec, EdgeSpec, Key, NodeSpec, Words
from sphinx_diagram_ext.types.builder import Builder, Names, readable


class SideSpec(ClaimSpec):
    """One side of a comparison."""

    name: Words | None = Field(None, description="Title; the key, made readable, if left out.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the side means.")
    direction: Direction | None = Field(None, description="Where the side grows to.")
    nodes: dict[Key, NodeSpec | None] = Field(min_length=1, description="Nodes by key.")
    flows: list[EdgeSpec] = Field([], description="What flows from node to node of this side.")


class ComparisonSpec(DiagramSpec):
    """Sides to compare."""

    type: Literal["comparison"]
    sides: dict[Key, SideSpec] = Field(min_length=2, description="Sides by key, from left to right.")
    flows: list[EdgeSpec] = Field([], description="What flows from side to side.")


def build(spec: ComparisonSpec, builder: Builder) -> Graph:
    """Return the graph of a comparison: a group a side."""
    names = Names((side, key) for side, part in spec.sides.items() for key in part.nodes)
    nodes = []
    edges = []
    groups = []
    for side, part in spec.sides.items():
        keys = []
        for name, node in part.nodes.items():
            key = names.key(side, name)
            nodes.append(builder.node(key, node or NodeSpec(), "sides", side, "nodes", name, name=name))
            keys.append(key)
        edges += builder.edges(part.flows, names, "sides", side, "flows", within=side)
        label = builder.message(part.name or readable(side), "sides", side, "name")
        groups.append(Group(side, label, tuple(keys), part.tone, part.direction or Direction.TB))
    edges += builder.edges(spec.flows, names, "flows")
    direction = spec.direction or Direction.LR
    return Graph(tuple(nodes), tuple(edges), tuple(groups), direction, beside=True)
