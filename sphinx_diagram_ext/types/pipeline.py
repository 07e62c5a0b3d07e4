"""``type: pipeline``: stages of delivery, the gates between them and the ways back."""

from __future__ import annotations

import itertools
from typing import Literal

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Direction, Edge, EdgeStyle, Graph, Node, Role, Tone
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec
from sphinx_diagram_ext.types.builder import Builder, Names
from sphinx_diagram_ext.types.nodes import LinkSpec, NodeSpec
from sphinx_diagram_ext.types.texts import Key, LongWords, Words


class GateSpec(ClaimSpec):
    """What must hold before the next stage."""

    ask: Words = Field(description="The question.")
    passed: Words | None = Field(None, description="The answer that leads on.")
    failed: Words | None = Field(None, description="The answer that leads back.")
    back: Key | None = Field(None, description="Stage that the other answer leads back to.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the gate means.")
    explain: LongWords | None = Field(None, description="Explanation; may hold roles and links.")


class PipelineStageSpec(NodeSpec):
    """A stage; plain text instead of the mapping is its name."""

    gate: GateSpec | None = Field(None, description="What must hold before the next stage.")


class PipelineSpec(DiagramSpec):
    """Stages in order."""

    type: Literal["pipeline"]
    stages: dict[Key, PipelineStageSpec | None] = Field(min_length=1, description="Stages by key, in order.")
    rollbacks: list[LinkSpec] = Field([], description="Ways back from a stage to an earlier one.")


def build(spec: PipelineSpec, builder: Builder) -> Graph:
    """Return the graph of a pipeline; the gate of the stage ``x`` has the key ``x.gate``."""
    names = Names(("", key) for key in spec.stages)
    stages = {key: given or PipelineStageSpec() for key, given in spec.stages.items()}
    nodes: list[Node] = []
    edges: list[Edge] = []
    for (key, stage), following in itertools.zip_longest(stages.items(), list(stages)[1:]):
        nodes.append(builder.node(key, stage, "stages", key, name=key))
        if stage.gate:
            nodes.append(_gate(key, stage.gate, stages, builder))
            edges += _answers(key, stage.gate, following, names, builder)
        elif following:
            edges.append(Edge(key, following, None, EdgeStyle.THICK))
    edges += _rollbacks(spec, names, builder)
    return Graph(tuple(nodes), tuple(edges), (), spec.direction or Direction.LR)


def _gate(stage: str, gate: GateSpec, stages: dict[str, PipelineStageSpec], builder: Builder) -> Node:
    key, path = f"{stage}.gate", ("stages", stage, "gate")
    if key in stages:
        message = f"The gate of {stage!r} has the key {key!r}; give the stage of that name another."
        builder.problem(Code.DUPLICATE_ID, message, "stages", key, key=True)
    builder.about(path, key)
    explain = builder.message(gate.explain, *path, "explain") if gate.explain else None
    return Node(key, builder.message(gate.ask, *path, "ask"), role=Role.DECISION, tone=gate.tone, explain=explain)


def _answers(stage: str, gate: GateSpec, following: str | None, names: Names, builder: Builder) -> list[Edge]:
    key, path = f"{stage}.gate", ("stages", stage, "gate")
    edges = [Edge(stage, key, None, EdgeStyle.THICK)]
    if following:
        label = builder.message(gate.passed, *path, "passed") if gate.passed else None
        edges.append(Edge(key, following, label, EdgeStyle.THICK))
    elif gate.passed:
        builder.problem(Code.SCHEMA, "No stage follows this gate.", *path, "passed", key=True)
    if gate.back:
        target = builder.known(gate.back, names, *path, "back")
        label = builder.message(gate.failed, *path, "failed") if gate.failed else None
        if target:
            edges.append(Edge(key, target, label, EdgeStyle.DASHED, Tone.PROBLEM))
    elif gate.failed:
        builder.problem(Code.SCHEMA, "Where does this lead? Name the stage in 'back'.", *path, "failed", key=True)
    return edges


def _rollbacks(spec: PipelineSpec, names: Names, builder: Builder) -> list[Edge]:
    edges = []
    order = list(spec.stages)
    for index, rollback in enumerate(spec.rollbacks):
        edge = builder.edge(rollback, names, "rollbacks", index)
        if edge and order.index(edge.target) >= order.index(edge.source):
            message = f"A rollback leads to an earlier stage; {edge.target!r} is not before {edge.source!r}."
            builder.problem(Code.SCHEMA, message, "rollbacks", index, "to")
        elif edge:
            edges.append(Edge(edge.source, edge.target, edge.label, EdgeStyle.DASHED, Tone.CAUTION))
    return edges
