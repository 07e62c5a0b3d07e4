"""``type: journey``: the way of a request, and what of its budget each step takes."""

from __future__ import annotations

import dataclasses
import itertools
from decimal import Decimal
from typing import Literal

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Direction, Edge, EdgeStyle, Graph, Node, Role
from sphinx_diagram_ext.types.base import DiagramSpec
from sphinx_diagram_ext.types.builder import Builder
from sphinx_diagram_ext.types.nodes import NodeSpec
from sphinx_diagram_ext.types.numbers import Amount, figure
from sphinx_diagram_ext.types.texts import Key, Words

BUDGET_KEY = "budget"


class JourneyStepSpec(NodeSpec):
    """A step of the way."""

    takes: Amount = Field(description="How much of the budget it takes.")
    via: Words | None = Field(None, description="How the request comes here; stands on the arrow.")


class JourneySpec(DiagramSpec):
    """Steps in order, and the budget that they share."""

    type: Literal["journey"]
    steps: dict[Key, JourneyStepSpec] = Field(min_length=1, description="Steps by key, in order.")
    budget: Amount = Field(description="What the whole way may take.")
    reserve: Amount = Field(Decimal(0), description="What of the budget no step takes.")
    unit: Words = Field(description="Unit of the figures, such as ms.")


def build(spec: JourneySpec, builder: Builder) -> Graph:
    """Return the graph of a journey; a note at the end adds the budget up."""
    if BUDGET_KEY in spec.steps:
        message = f"{BUDGET_KEY!r} is the key of the note at the end; give the step another."
        builder.problem(Code.DUPLICATE_ID, message, "steps", BUDGET_KEY, key=True)
    taken = sum((step.takes for step in spec.steps.values()), Decimal(0))
    if taken + spec.reserve != spec.budget:
        parts = f"The steps take {figure(taken, spec.unit)}" + (
            f" and {figure(spec.reserve, spec.unit)} are in reserve" if spec.reserve else ""
        )
        builder.problem(Code.SCHEMA, f"{parts}, but the budget is {figure(spec.budget, spec.unit)}.", "budget")
    nodes = [_step(key, step, spec.unit, builder) for key, step in spec.steps.items()]
    edges = [_way(one.key, other.key, spec, builder) for one, other in itertools.pairwise(nodes)]
    edges.append(Edge(nodes[-1].key, BUDGET_KEY, None, EdgeStyle.PLAIN))
    reserve = f"{figure(taken)} + {figure(spec.reserve)} = " if spec.reserve else "\u03a3 "
    label = builder.total(reserve + figure(spec.budget, spec.unit), nodes, "budget")
    nodes.append(Node(BUDGET_KEY, label, role=Role.NOTE))
    return Graph(tuple(nodes), tuple(edges), (), spec.direction or Direction.TB)


def _step(key: str, step: JourneyStepSpec, unit: str, builder: Builder) -> Node:
    node = builder.node(key, step, "steps", key, name=key)
    takes = builder.message(figure(step.takes, unit), "steps", key, "takes")
    return dataclasses.replace(node, details=(takes, *node.details))


def _way(one: str, other: str, spec: JourneySpec, builder: Builder) -> Edge:
    via = spec.steps[other].via
    return Edge(one, other, builder.message(via, "steps", other, "via") if via else None)
