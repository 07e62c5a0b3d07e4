"""``type: loop``: steps in order, the last of which leads back."""

from __future__ import annotations

import itertools
from typing import Literal

from pydantic import Field

from sphinx_diagram_ext.model import Direction, Edge, EdgeStyle, Graph
from sphinx_diagram_ext.types.base import DiagramSpec
from sphinx_diagram_ext.types.builder import Builder, Names
from sphinx_diagram_ext.types.nodes import NodeSpec
from sphinx_diagram_ext.types.texts import Key


class LoopSpec(DiagramSpec):
    """Steps that repeat."""

    type: Literal["loop"]
    steps: dict[Key, NodeSpec | None] = Field(min_length=2, description="Steps by key, in order.")
    back: Key | None = Field(None, description="Step that the last one leads back to; the first one if left out.")


def build(spec: LoopSpec, builder: Builder) -> Graph:
    """Return the graph of a loop: each step leads to the next, the last one back."""
    names = Names(("", key) for key in spec.steps)
    nodes = tuple(builder.node(key, step or NodeSpec(), "steps", key, name=key) for key, step in spec.steps.items())
    keys = [node.key for node in nodes]
    edges = [Edge(one, other) for one, other in itertools.pairwise(keys)]
    back = builder.known(spec.back, names, "back") if spec.back else keys[0]
    if back:
        edges.append(Edge(keys[-1], back, None, EdgeStyle.DASHED))
    return Graph(nodes, tuple(edges), (), spec.direction or Direction.LR)
