"""The categories of the atlas, as ``categories.yaml`` beside this file has them."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from sphinx_diagram_ext.model import Role, Tone  # noqa: TC001  pydantic reads the types when the module is loaded

FREE_TYPES = frozenset({"mermaid"})
"""Types that fit every view: Mermaid text can be any family."""


def slug(name: str) -> str:
    """Return *name* as an id: ``Case studies`` and ``case_studies`` are ``case-studies``."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


class Part(BaseModel):
    """A mapping of the file; keys are written with hyphens, unknown ones are an error."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, alias_generator=lambda name: name.replace("_", "-")
    )


class Check(Part):
    """How an element is told from the data; everything that is given must hold."""

    text: str | None = Field(None, description="Regular expression over every text of the picture, in any case.")
    at_least: int = Field(1, description="How many different places the expression must be found at.")
    nodes: int = Field(0, description="Number of nodes, at least.")
    edges: int = Field(0, description="Number of edges, at least.")
    labelled_edges: int = Field(0, description="Number of edges with a label, at least.")
    groups: int = Field(0, description="Number of groups, layers or sections, at least.")
    explained: int = Field(0, description="Number of explained nodes, at least.")
    sources: int = Field(0, description="Number of sources, at least.")
    systems: int = Field(0, description="Number of systems, at least.")
    roles: dict[Role, int] = Field({}, description="Number of nodes of each role, at least.")
    tones: tuple[Tone, ...] = Field((), description="Tones of which a node, an edge or a group has one.")
    types: tuple[str, ...] = Field((), description="Types of which the diagram is one.")
    illustration: bool = Field(
        default=False, description="The diagram, or a claim in it, is marked as an illustration."
    )
    any: tuple[Check, ...] = Field((), description="Checks of which one must hold.")

    @field_validator("text")
    @classmethod
    def _compiles(cls, text: str | None) -> str | None:
        re.compile(text or "", re.IGNORECASE)
        return text


class Element(Part):
    """Something that a complete diagram shows."""

    id: str
    description: str
    check: Check


class View(Part):
    """One way to look at a subject."""

    id: str
    title: str
    purpose: str
    aliases: tuple[str, ...] = ()
    types: tuple[str, ...] = Field(min_length=1)
    elements: tuple[Element, ...] = Field(min_length=1)

    def fits(self, diagram_type: str) -> bool:
        """Tell whether a diagram of this type can be the view."""
        return diagram_type in self.types or diagram_type in FREE_TYPES


class Category(Part):
    """Diagrams of one kind: ``count`` is what ``subjects`` times ``diagrams_per_subject`` gives.

    Where each subject has one diagram, the views are those it may be; elsewhere it has all of them.
    """

    id: str
    title: str
    purpose: str
    aliases: tuple[str, ...] = ()
    count: int
    subjects: int
    diagrams_per_subject: int
    names: tuple[str, ...] = ()
    views: dict[str, View]

    @model_validator(mode="after")
    def _adds_up(self) -> Category:
        if self.subjects * self.diagrams_per_subject != self.count:
            message = f"{self.id}: {self.subjects} x {self.diagrams_per_subject} is not {self.count}"
            raise ValueError(message)
        if self.names and len(self.names) != self.subjects:
            message = f"{self.id}: {len(self.names)} names for {self.subjects} subjects"
            raise ValueError(message)
        return self

    def view(self, name: str) -> View | None:
        """Return the view that *name*, an id, a title or an alias, means."""
        wanted = slug(name)
        for view in self.views.values():
            if wanted == view.id or wanted in map(slug, (view.title, *view.aliases)):
                return view
        return None


class Atlas(Part):
    """Every category by its id, in the order of the plan."""

    categories: dict[str, Category]

    @property
    def count(self) -> int:
        """How many diagrams there are to be."""
        return sum(category.count for category in self.categories.values())

    def category(self, name: str) -> Category | None:
        """Return the category that *name*, an id, a title or an alias, means."""
        wanted = slug(name)
        for category in self.categories.values():
            if wanted == category.id or wanted in map(slug, (category.title, *category.aliases)):
                return category
        return None


@functools.cache
def atlas() -> Atlas:
    """Return the atlas."""
    text = Path(__file__).parents[2].joinpath("data", "atlas", "plan.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    elements = {name: {"id": name, **item} for name, item in data["elements"].items()}
    categories: dict[str, Any] = {}
    for name, category in data["categories"].items():
        views = {
            key: {**view, "id": key, "elements": [elements[item] for item in view["elements"]]}
            for key, view in category["views"].items()
        }
        categories[name] = {**category, "id": name, "views": views}
    return Atlas.model_validate({"categories": categories})
