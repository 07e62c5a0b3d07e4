"""``type: flow``: nodes, groups of nodes and what flows between them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Direction, Graph, Group
from sphinx_diagram_ext.types.base import DiagramSpec
from sphinx_diagram_ext.types.builder import Builder, Names, readable
from sphinx_diagram_ext.types.nodes import EdgeSpec, GroupSpec, NodeSpec
from sphinx_diagram_ext.types.texts import Key


class FlowSpec(DiagramSpec):
    """Nodes and the flows between them."""

    type: Literal["flow"]
    nodes: dict[Key, NodeSpec | None] = Field(min_length=1, description="Nodes by key.")
    groups: dict[Key, GroupSpec] = Field({}, description="Frames around nodes.")
    flows: list[EdgeSpec] = Field([], description="What flows from node to node.")
    same_rank: list[Annotated[list[Key], Field(min_length=2)]] = Field(
        [], description="Lists of nodes that are to be level, as far along the flow as each other."
    )


def build(spec: FlowSpec, builder: Builder) -> Graph:
    """Return the graph of a flow."""
    names = Names(("", key) for key in spec.nodes)
    nodes = tuple(builder.node(key, node or NodeSpec(), "nodes", key, name=key) for key, node in spec.nodes.items())
    edges = builder.edges(spec.flows, names, "flows")
    groups = build_groups(spec.groups, names, builder)
    same_rank = _level(spec.same_rank, names, builder)
    return Graph(nodes, tuple(edges), groups, spec.direction or Direction.LR, same_rank=same_rank)


def _level(specs: list[list[str]], names: Names, builder: Builder) -> tuple[tuple[str, ...], ...]:
    """Return the sets of nodes that are to be level; a node may be in one only."""
    found = []
    taken: set[str] = set()
    for number, listed in enumerate(specs):
        level = []
        for index, name in enumerate(listed):
            node = builder.known(name, names, "same_rank", number, index)
            if node in taken:
                message = f"The node {node!r} is in a list of 'same_rank' already; put all that is level into one list."
                builder.problem(Code.SCHEMA, message, "same_rank", number, index)
            elif node is not None:
                taken.add(node)
                level.append(node)
        found.append(tuple(level))
    return tuple(found)


def build_groups(specs: dict[str, GroupSpec], names: Names, builder: Builder) -> tuple[Group, ...]:
    """Return the groups; a node may be in one group only."""
    groups = []
    home: dict[str, str] = {}
    for key, spec in specs.items():
        inside = []
        for index, name in enumerate(spec.nodes):
            node = builder.known(name, names, "groups", key, "nodes", index)
            if node is None:
                continue
            if node in home:
                builder.problem(
                    Code.SCHEMA,
                    f"The node {node!r} stands in the group {home[node]!r} already.",
                    "groups",
                    key,
                    "nodes",
                    index,
                )
                continue
            home[node] = key
            inside.append(node)
        label = builder.message(spec.name or readable(key), "groups", key, "name")
        if inside:
            groups.append(Group(key, label, tuple(inside), spec.tone, spec.direction))
    return tuple(groups)
