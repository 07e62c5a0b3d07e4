"""Nodes, edges and groups, as typed by authors."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Self

from pydantic import ConfigDict, Field, model_validator

from sphinx_diagram_ext.model import Direction, EdgeStyle, Role, Tone
from sphinx_diagram_ext.types.base import ClaimSpec, FactSpec, Spec
from sphinx_diagram_ext.types.texts import IconName, Key, LongWords, SourceId, TargetName, Url, Words

_ROLE = re.compile(r"[a-z][a-z0-9_]*:[a-z][a-z0-9_-]*")
"""A domain and a role of it."""


class TargetSpec(Spec):
    """Where a node leads to: one of the keys, or a domain and a role such as ``py:class``; plain text is an address."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, TargetName] = Field(init=False)

    url: Url | None = Field(None, description="Address, which starts with http://, https://, mailto:, / or #.")
    doc: TargetName | None = Field(None, description="Page of the site: its path from the top, without suffix.")
    ref: TargetName | None = Field(None, description="Label, as the role ref takes it.")
    any: TargetName | None = Field(None, description="Whatever of the site has that name, as the role any finds it.")
    diagram: TargetName | None = Field(None, description="Another diagram by its id, or a node of it as id#node.")

    plain: ClassVar[str | None] = "url"

    @model_validator(mode="after")
    def _one(self) -> Self:
        given = self.given
        known = "url, doc, ref, any, diagram or a domain and a role such as py:class"
        if len(given) != 1:
            message = f"wanted one of {known}"
            raise ValueError(message)
        if given[0][0] not in type(self).model_fields and not _ROLE.fullmatch(given[0][0]):
            message = f"{given[0][0]!r} is no kind of link, wanted one of {known}"
            raise ValueError(message)
        return self

    @property
    def given(self) -> list[tuple[str, str]]:
        """What was written, as key and value."""
        named: list[tuple[str, Any]] = [(name, getattr(self, name)) for name in type(self).model_fields]
        return [(key, value) for key, value in (*named, *(self.model_extra or {}).items()) if value]


class ElementUseSpec(Spec):
    """A node that may show an element of the registry."""

    element: SourceId | None = Field(
        None, description="Element of the registry that it shows, which gives what is left out here."
    )


class ItemSpec(ClaimSpec, ElementUseSpec):
    """Something with a label; plain text instead of the mapping is its name."""

    name: Words | None = Field(None, description="Label; the key, made readable, if left out.")
    details: list[FactSpec] = Field([], description="Further lines of the label.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the node means; gives its colour.")
    explain: LongWords | None = Field(None, description="Explanation; may hold roles and links.")
    link: TargetSpec | None = Field(None, description="What the node leads to: an address, or a page or object.")

    plain: ClassVar[str | None] = "name"

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_enough(cls, data: Any) -> Any:
        return {} if data is None else data


class IconSpec(Spec):
    """Something with a small picture before its name."""

    icon: IconName | None = Field(
        None,
        description="Small picture before the name: the path of an SVG file below a folder of icons, without suffix.",
    )


class NodeSpec(ItemSpec, IconSpec):
    """A node; plain text instead of the mapping is its name."""

    role: Role = Field(Role.SERVICE, description="What the node is; gives its shape.")


class LinkSpec(ClaimSpec):
    """What leads from one node to another."""

    source: Key = Field(alias="from", description="Node that the edge leaves.")
    target: Key = Field(alias="to", description="Node that the edge enters.")
    label: Words | None = Field(None, description="What flows.")


class EdgeSpec(LinkSpec):
    """An edge from one node to another."""

    style: EdgeStyle = Field(EdgeStyle.SOLID, description="How the edge is drawn.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the edge means.")


class GroupSpec(ClaimSpec):
    """A titled frame around nodes."""

    name: Words | None = Field(None, description="Title; the key, made readable, if left out.")
    nodes: list[Key] = Field(min_length=1, description="Keys of the nodes inside.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the group means.")
    direction: Direction | None = Field(None, description="Where the group grows to.")
