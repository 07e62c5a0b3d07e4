"""``type: ownership``: teams, the services they own and who is called at night."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Direction, Edge, EdgeStyle, Graph, Group, Node, Role, Tone
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec
from sphinx_diagram_ext.types.builder import Builder, Names, titled
from sphinx_diagram_ext.types.nodes import EdgeSpec, NodeSpec
from sphinx_diagram_ext.types.texts import Key, Words


class TeamSpec(ClaimSpec):
    """A team and what it owns."""

    name: Words | None = Field(None, description="Title; the key, made readable, if left out.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the team means.")
    on_call: Words | None = Field(None, description="Who is called: a rotation, a channel, a number.")
    escalates: Key | None = Field(None, description="Team that is called next.")
    services: dict[Key, NodeSpec | None] = Field(min_length=1, description="Services by key.")


class OwnershipSpec(DiagramSpec):
    """Teams and their services."""

    type: Literal["ownership"]
    teams: dict[Key, TeamSpec] = Field(min_length=1, description="Teams by key.")
    flows: list[EdgeSpec] = Field([], description="What flows between services.")


def build(spec: OwnershipSpec, builder: Builder) -> Graph:
    """Return the graph of an ownership: a group a team; who is on call has the key ``team.on_call``."""
    names = Names((team, key) for team, part in spec.teams.items() for key in part.services)
    nodes: list[Node] = []
    groups: list[Group] = []
    for team, part in spec.teams.items():
        path = ("teams", team)
        keys = [names.key(team, name) for name in part.services]
        for key, (name, service) in zip(keys, part.services.items(), strict=True):
            nodes.append(builder.node(key, service or NodeSpec(), *path, "services", name, name=name))
        if part.on_call:
            keys.append(f"{team}.on_call")
            nodes.append(Node(keys[-1], builder.message(part.on_call, *path, "on_call"), role=Role.ACTOR))
        groups.append(Group(team, titled(builder, team, part.name, *path), tuple(keys), part.tone))
    _refuse_twins(spec, names, builder)
    edges = [*builder.edges(spec.flows, names, "flows"), *_escalations(spec, builder)]
    return Graph(tuple(nodes), tuple(edges), tuple(groups), spec.direction or Direction.TB)


def _refuse_twins(spec: OwnershipSpec, names: Names, builder: Builder) -> None:
    """Note services with the key of who is on call."""
    called = {f"{team}.on_call" for team, part in spec.teams.items() if part.on_call}
    for team, part in spec.teams.items():
        for name in part.services:
            key = names.key(team, name)
            if key in called:
                message = f"{key!r} is the key of a service and of who is on call; rename the service."
                builder.problem(Code.DUPLICATE_ID, message, "teams", team, "services", name, key=True)


def _escalations(spec: OwnershipSpec, builder: Builder) -> list[Edge]:
    teams = Names(("", team) for team in spec.teams)
    edges = []
    for team, part in spec.teams.items():
        if part.escalates is None:
            continue
        path = ("teams", team, "escalates")
        target = builder.known(part.escalates, teams, *path)
        called = [key for key in (team, target) if key and spec.teams[key].on_call]
        if target and len(called) < 2:
            message = f"{team!r} and {target!r} both need 'on_call' for one to call the other."
            builder.problem(Code.SCHEMA, message, *path)
        elif target:
            edges.append(Edge(f"{team}.on_call", f"{target}.on_call", None, EdgeStyle.DASHED, Tone.CAUTION))
    return edges
