"""``type: topology``: regions, zones and replicas, and how far behind each is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Direction, Edge, EdgeStyle, Graph, Group, Node, Tone
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec
from sphinx_diagram_ext.types.builder import Builder, Names, titled
from sphinx_diagram_ext.types.nodes import LinkSpec, NodeSpec
from sphinx_diagram_ext.types.texts import Key, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.yaml_source import Path

_STYLES = {"sync": EdgeStyle.SOLID, "async": EdgeStyle.DASHED}


class ZoneSpec(ClaimSpec):
    """A zone: what fails together inside a region."""

    name: Words | None = Field(None, description="Title; the key, made readable, if left out.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the zone means.")
    replicas: dict[Key, NodeSpec | None] = Field(min_length=1, description="What runs there, by key.")


class RegionSpec(ClaimSpec):
    """A region of zones, or of replicas where zones do not matter."""

    name: Words | None = Field(None, description="Title; the key, made readable, if left out.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the region means.")
    zones: dict[Key, ZoneSpec] = Field({}, description="Zones by key.")
    replicas: dict[Key, NodeSpec | None] = Field({}, description="What runs in no zone of its own, by key.")


class ReplicationSpec(LinkSpec):
    """A link between replicas."""

    mode: Literal["sync", "async"] = Field("sync", description="Whether the sender waits; async is dashed.")
    lag: Words | None = Field(None, description="How long it takes or how far behind it is, with its unit.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the link means.")


class TopologySpec(DiagramSpec):
    """Regions and what is replicated between them."""

    type: Literal["topology"]
    regions: dict[Key, RegionSpec] = Field(min_length=1, description="Regions by key.")
    links: list[ReplicationSpec] = Field([], description="What is replicated from where to where.")


def build(spec: TopologySpec, builder: Builder) -> Graph:
    """Return the graph of a topology: zones are groups inside the groups of their regions."""
    homes = list(_homes(spec))
    names = Names((group, key) for group, _, replicas in homes for key in replicas)
    nodes: list[Node] = []
    inside: dict[str, tuple[str, ...]] = {}
    for group, path, replicas in homes:
        keys = tuple(names.key(group, key) for key in replicas)
        inside[group] = keys
        for own, (key, given) in zip(keys, replicas.items(), strict=True):
            nodes.append(builder.node(own, given or NodeSpec(), *path, "replicas", key, name=key))
    direction = spec.direction or Direction.TB
    groups = tuple(
        group for key, region in spec.regions.items() for group in _groups(key, region, inside, direction, builder)
    )
    edges = _links(spec, names, builder)
    return Graph(tuple(nodes), tuple(edges), groups, direction)


def _homes(spec: TopologySpec) -> Iterator[tuple[str, Path, dict[str, NodeSpec | None]]]:
    """Yield the name of every group, its path and the replicas in it."""
    for key, region in spec.regions.items():
        yield key, ("regions", key), region.replicas
        for zone, part in region.zones.items():
            yield f"{key}.{zone}", ("regions", key, "zones", zone), part.replicas


def _groups(
    key: str, region: RegionSpec, inside: dict[str, tuple[str, ...]], direction: Direction, builder: Builder
) -> Iterator[Group]:
    if not (region.zones or region.replicas):
        builder.problem(Code.SCHEMA, f"The region {key!r} has neither zones nor replicas.", "regions", key)
    # A line break is in no key, so the key of a zone is never that of a region.
    # A region that nothing leaves would be drawn across the direction of the whole.
    label = titled(builder, key, region.name, "regions", key)
    yield Group(key, label, inside[key], region.tone, direction)
    for name, zone in region.zones.items():
        label = titled(builder, name, zone.name, "regions", key, "zones", name)
        yield Group(f"{key}\n{name}", label, inside[f"{key}.{name}"], zone.tone, None, key)


def _links(spec: TopologySpec, names: Names, builder: Builder) -> Iterator[Edge]:
    for index, link in enumerate(spec.links):
        edge = builder.edge(link, names, "links", index, more=link.lag)
        if edge:
            yield Edge(edge.source, edge.target, edge.label, _STYLES[link.mode], link.tone)
