"""``type: schema``: entities, their attributes and relations."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from sphinx_diagram_ext.model import Attribute, Count, Direction, Entities, Entity, Relation
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec
from sphinx_diagram_ext.types.builder import Builder, Names
from sphinx_diagram_ext.types.nodes import IconSpec, ItemSpec
from sphinx_diagram_ext.types.texts import Key, Words


class AttributeSpec(ClaimSpec):
    """An attribute; plain text instead of the mapping is its kind."""

    kind: Words = Field(description="Its kind, such as bigint.")
    keys: list[Literal["PK", "FK", "UK"]] = Field([], description="Keys that it is part of.")
    remark: Words | None = Field(None, description="A short remark.")

    plain: ClassVar[str | None] = "kind"


class EntitySpec(ItemSpec, IconSpec):
    """A table or a record."""

    attributes: dict[Key, AttributeSpec] = Field({}, description="Attributes by name.")


class RelationSpec(ClaimSpec):
    """A relation between two entities."""

    source: Key = Field(alias="from", description="Entity that it starts at.")
    target: Key = Field(alias="to", description="Entity that it leads to.")
    label: Words = Field(description="What the relation means.")
    source_count: Count = Field(Count.ONE, alias="from_count", description="How many of the first take part.")
    target_count: Count = Field(Count.MANY, alias="to_count", description="How many of the second take part.")
    weak: bool = Field(False, description="Neither needs the other to exist; dashed.")


class SchemaSpec(DiagramSpec):
    """Entities and relations."""

    type: Literal["schema"]
    entities: dict[Key, EntitySpec | None] = Field(min_length=1, description="Entities by key.")
    relations: list[RelationSpec] = Field([], description="How they relate.")


def build(spec: SchemaSpec, builder: Builder) -> Entities:
    """Return the entities."""
    names = Names(("", key) for key in spec.entities)
    found = tuple(_entity(key, given or EntitySpec(), builder) for key, given in spec.entities.items())
    relations = (_relation(item, names, builder, index) for index, item in enumerate(spec.relations))
    return Entities(found, tuple(filter(None, relations)), spec.direction or Direction.TB)


def _entity(key: str, spec: EntitySpec, builder: Builder) -> Entity:
    attributes = []
    for name, part in spec.attributes.items():
        path = ("entities", key, "attributes", name)
        remark = builder.message(part.remark, *path, "remark") if part.remark else None
        kind = builder.message(part.kind, *path, "kind")
        attributes.append(Attribute(builder.message(name, *path), kind, tuple(part.keys), remark))
    return Entity(builder.node(key, spec, "entities", key, name=key), tuple(attributes))


def _relation(spec: RelationSpec, names: Names, builder: Builder, index: int) -> Relation | None:
    path = ("relations", index)
    source = builder.known(spec.source, names, *path, "from")
    target = builder.known(spec.target, names, *path, "to")
    if not (source and target):
        return None
    builder.about(path, source, target)
    label = builder.message(spec.label, *path, "label")
    return Relation(source, target, label, (spec.source_count, spec.target_count), spec.weak)
