"""``type: architecture``: layers of components with their metrics, flows and scale."""

from __future__ import annotations

import difflib
from typing import Any, Literal

from pydantic import ConfigDict, Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Direction, Edge, EdgeStyle, Graph, Group, Message, Node, Role, Tone
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec, FactSpec
from sphinx_diagram_ext.types.builder import Builder, Names, readable
from sphinx_diagram_ext.types.nodes import EdgeSpec, NodeSpec
from sphinx_diagram_ext.types.texts import Key, Words

SCALE_KEY = "scale"


class ComponentSpec(NodeSpec):
    """A component; every further key is a metric, shown below the name as it is written."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, FactSpec] = Field(init=False)

    metrics: dict[str, FactSpec] = Field({}, description="Metrics whose names clash with a key of the node.")

    def all_metrics(self) -> dict[str, FactSpec]:
        """Return every metric in the order of the file."""
        return {**(self.model_extra or {}), **self.metrics}


class LayerSpec(ClaimSpec):
    """How a layer is shown."""

    name: Words | None = Field(None, description="Title; the key, made readable, if left out.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the layer means.")
    direction: Direction | None = Field(None, description="Where the layer grows to.")


class ArchitectureSpec(DiagramSpec):
    """Layers of components, and what flows between them."""

    type: Literal["architecture"]
    components: dict[Key, dict[Key, ComponentSpec | None]] = Field(
        min_length=1, description="Components by layer, from the edge inwards."
    )
    layers: dict[Key, LayerSpec] = Field({}, description="Names and tones of layers.")
    flows: list[EdgeSpec] = Field([], description="What flows from component to component.")
    scale: dict[Key, FactSpec] = Field({}, description="Figures of the whole system.")


def build(spec: ArchitectureSpec, builder: Builder) -> Graph:
    """Return the graph of an architecture."""
    names = Names((layer, key) for layer, parts in spec.components.items() for key in parts)
    nodes: list[Node] = []
    groups: list[Group] = []
    for layer, parts in spec.components.items():
        keys = []
        for name, given in parts.items():
            key = names.key(layer, name)
            path = ("components", layer, name)
            part = given or ComponentSpec()
            nodes.append(builder.node(key, part, *path, name=name, details=_metrics(part, builder, path)))
            keys.append(key)
        if keys:
            groups.append(_group(layer, spec.layers.get(layer, LayerSpec()), keys, builder))
        else:
            builder.problem(Code.SCHEMA, f"The layer {layer!r} has no components.", "components", layer)
    for layer in spec.layers:
        if layer not in spec.components:
            builder.problem(Code.UNKNOWN_KEY, f"There is no layer {layer!r} in components.", "layers", layer, key=True)
    edges = builder.edges(spec.flows, names, "flows")
    direction = spec.direction or Direction.TB
    scale = _scale(spec, builder)
    if scale and any(node.key == SCALE_KEY for node in nodes):
        layer = next(layer for layer, parts in spec.components.items() if SCALE_KEY in parts)
        message = f"The key {SCALE_KEY!r} is that of the figures below 'scale:'; give the component another."
        builder.problem(Code.DUPLICATE_ID, message, "components", layer, SCALE_KEY, key=True)
    elif scale:
        nodes.insert(0, scale)
        if nodes[1:]:
            edges.insert(0, Edge(scale.key, nodes[1].key, None, EdgeStyle.PLAIN, Tone.NEUTRAL))
    return Graph(tuple(nodes), tuple(edges), tuple(groups), direction, stacked=True)


def _metrics(part: ComponentSpec, builder: Builder, path: tuple[str, ...]) -> list[Message]:
    known = {field.alias or name for name, field in ComponentSpec.model_fields.items()}
    lines = []
    for name, fact in part.all_metrics().items():
        where = (*path, "metrics", name) if name in part.metrics else (*path, name)
        typo = difflib.get_close_matches(name, known, n=1, cutoff=0.84)
        if typo and name not in part.metrics:
            builder.problem(
                Code.UNKNOWN_KEY,
                f"Unknown key {name!r}. Did you mean {typo[0]!r}? A metric of that name goes below 'metrics:'.",
                *where,
                key=True,
            )
            continue
        lines.append(builder.message(f"{name.replace('_', ' ')}: {fact.value}", *where))
    return lines


def _group(layer: str, spec: LayerSpec, keys: list[str], builder: Builder) -> Group:
    path: tuple[Any, ...] = ("layers", layer, "name") if spec.name else ("components", layer)
    label = builder.message(spec.name or readable(layer), *path)
    return Group(layer, label, tuple(keys), spec.tone, spec.direction)


def _scale(spec: ArchitectureSpec, builder: Builder) -> Node | None:
    if not spec.scale:
        return None
    lines = tuple(
        builder.message(f"{name.replace('_', ' ')}: {fact.value}", "scale", name) for name, fact in spec.scale.items()
    )
    return Node(SCALE_KEY, lines[0], lines[1:], Role.NOTE, plain=True)
