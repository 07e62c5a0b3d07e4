"""Grammar of a registry of elements."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from pydantic import Field

from sphinx_diagram_ext.catalog.bindings import broken, repository
from sphinx_diagram_ext.errors import Code, did_you_mean
from sphinx_diagram_ext.model import Backing, Element, Message, Role
from sphinx_diagram_ext.types.base import FactSpec, Spec
from sphinx_diagram_ext.types.texts import IconName, LongWords, SourceId, Url, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_diagram_ext.catalog.files import DataFile
    from sphinx_diagram_ext.errors import Problem
    from sphinx_diagram_ext.model import Reference
    from sphinx_diagram_ext.yaml_source import YamlSource

ELEMENTS = "elements"


class ElementSpec(Spec):
    """A system, or a part of one, that many diagrams show."""

    name: Words = Field(description="Name of the nodes that show it.")
    role: Role | None = Field(None, description="What it is; gives the shape.")
    icon: IconName | None = Field(None, description="Small picture before the name.")
    link: Url | None = Field(None, description="Address that nodes lead to.")
    explain: LongWords | None = Field(None, description="Explanation of the nodes; may hold roles and links.")
    facts: list[FactSpec] = Field([], description="What is known of it, each with its source.")
    within: SourceId | None = Field(None, description="The element that it is a part of.")
    binding: Words | None = Field(
        None, alias="is", description="What it stands for in the repository: `file` or `file#part`."
    )


class ElementsSpec(Spec):
    """Elements of one file."""

    elements: dict[SourceId, ElementSpec] = Field(description="Elements by id.")


def element(name: str, spec: ElementSpec, file: DataFile, source: YamlSource) -> Element:
    """Return the element called *name*; what it stands for is looked for now."""
    path = (ELEMENTS, name)

    def fact(index: int, item: FactSpec) -> Message:
        line = source.mark((*path, "facts", index)).line
        return Message(item.value, line, Backing(item.cites, item.illustration) if item.cites else None)

    return Element(
        id=name,
        name=spec.name,
        role=spec.role,
        icon=spec.icon or "",
        link=spec.link or "",
        explain=spec.explain or "",
        facts=tuple(fact(index, item) for index, item in enumerate(spec.facts)),
        within=spec.within or "",
        binding=spec.binding or "",
        broken=broken(spec.binding, repository(file.folder)) if spec.binding else "",
        path=str(file.path),
        line=source.mark((*path, "is") if spec.binding else path, key=True).line,
    )


def problems(
    name: str, elements: Mapping[str, Element], sources: Mapping[str, Reference], source: YamlSource
) -> Iterator[Problem]:
    """Yield what is wrong with an element beside others: what it is part of, and the sources of its facts."""
    own = elements[name]
    path = (ELEMENTS, name)
    chain = [name]
    while (outer := elements[chain[-1]].within) and outer in elements and outer not in chain:
        chain.append(outer)
    if own.within == name:
        yield source.problem(Code.CYCLE, f"The element {name!r} names itself; leave 'within' out.", (*path, "within"))
    elif own.within and own.within not in elements:
        hint = did_you_mean(own.within, elements)
        yield source.problem(Code.UNKNOWN_ELEMENT, f"There is no element {own.within!r}.{hint}", (*path, "within"))
    elif outer == name:
        said = " -> ".join((*chain, name))
        yield source.problem(Code.CYCLE, f"The element {name!r} is within itself ({said}).", (*path, "within"))
    for index, item in enumerate(own.facts):
        for cited in item.backing.sources if item.backing else ():
            if cited not in sources:
                hint = did_you_mean(cited, sources) or " Add it to a file below 'sources/' of a data folder."
                message = f"There is no source {cited!r} in the registry.{hint}"
                yield source.problem(Code.UNKNOWN_SOURCE, message, (*path, "facts", index, "source"))


def content(found: Element) -> Element:
    """Return what pages show of an element: where it is written does not matter to them."""
    facts = tuple(dataclasses.replace(item, line=0) for item in found.facts)
    return dataclasses.replace(found, path="", line=0, facts=facts)
