"""Entities, their attributes and how they relate."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.model import graph

if TYPE_CHECKING:
    from sphinx_diagram_ext.model.graph import Node
    from sphinx_diagram_ext.model.text import Message


class Count(enum.StrEnum):
    """How many of an entity take part in a relation."""

    ONE = "one"
    """Exactly one."""
    OPTIONAL = "optional"
    """None or one."""
    MANY = "many"
    """None or more."""
    SOME = "some"
    """One or more."""


@dataclass(frozen=True)
class Attribute:
    """A column: its name, its kind, its keys (PK, FK, UK) and a remark."""

    name: Message
    kind: Message
    keys: tuple[str, ...] = ()
    remark: Message | None = None


@dataclass(frozen=True)
class Entity:
    """A table or a record."""

    node: Node
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True)
class Relation:
    """A relation; ``counts`` are how many of the source and of the target take part."""

    source: str
    target: str
    label: Message
    counts: tuple[Count, Count]
    weak: bool = False


@dataclass(frozen=True)
class Entities:
    """Entities and their relations."""

    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...] = ()
    direction: graph.Direction = graph.Direction.TB

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every entity's node, in order."""
        return tuple(entity.node for entity in self.entities)

    @property
    def edges(self) -> tuple[graph.Edge, ...]:
        """Every relation as an edge."""
        return tuple(graph.Edge(item.source, item.target, item.label) for item in self.relations)
