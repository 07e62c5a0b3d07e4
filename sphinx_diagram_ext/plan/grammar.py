"""Grammar of plan files: the keys below ``plan:``, checked with pydantic.

What one part of a file says about another (the elements of a view, its types) is checked with
the validation context, so that every such error comes with those of the shape, at its location.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from sphinx_diagram_ext.errors import did_you_mean
from sphinx_diagram_ext.model import Role, Tone
from sphinx_diagram_ext.plan.expressions import compiled
from sphinx_diagram_ext.plan.names import slug
from sphinx_diagram_ext.types.base import Spec
from sphinx_diagram_ext.types.texts import LongWords, Words

if TYPE_CHECKING:
    from collections.abc import Callable

ELEMENTS = "elements"
"""Key of the validation context: the names of the plan's elements."""

TYPES = "types"
"""Key of the validation context: the names of the diagram types."""


def _is_id(value: str) -> str:
    if not value or slug(value) != value:
        wanted = f", such as {slug(value)!r}" if slug(value) else ""
        raise ValueError(f"wanted lower-case letters, digits and single hyphens between them{wanted}")
    return value


def _known(what: str, context_key: str) -> Callable[[str, ValidationInfo], str]:
    """Return a validator that takes only names of the validation context; any name where it has none."""

    def check(value: str, info: ValidationInfo) -> str:
        known = (info.context or {}).get(context_key)
        if known is not None and value not in known:
            hint = did_you_mean(value, known) or f" One of {', '.join(sorted(known)) or 'none'}."
            raise ValueError(f"there is no {what} of that name.{hint}".removesuffix("."))
        return value

    return check


PartId = Annotated[str, AfterValidator(_is_id)]
"""The id of a category, a view or an element: lower-case letters and digits of any script, with hyphens."""

ElementId = Annotated[str, AfterValidator(_known("element", ELEMENTS))]
"""The id of an element below ``elements:`` of the plan."""

TypeName = Annotated[str, AfterValidator(_known("diagram type", TYPES))]
"""The name of a diagram type, one of the project's own too."""

Number = Annotated[int, Field(ge=1)]
"""A whole number from 1 on."""


class PlanPart(Spec):
    """A mapping of the file, whose keys are written with hyphens."""

    model_config = ConfigDict(alias_generator=lambda name: name.replace("_", "-"))


class _Optional(PlanPart):
    """A mapping of which nothing need be said, not even an empty one."""

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_enough(cls, data: Any) -> Any:
        return {} if data is None else data


class Check(PlanPart):
    """How an element is told from the data of a diagram; everything that is given must hold."""

    text: str | None = Field(None, description="Regular expression over every text of the picture, in any case.")
    at_least: Number = Field(1, description="At how many different places the expression must be found.")
    nodes: Number = Field(0, description="Number of nodes, at least.")
    edges: Number = Field(0, description="Number of edges, at least.")
    labelled_edges: Number = Field(0, description="Number of edges with a label, at least.")
    groups: Number = Field(0, description="Number of groups, layers or sections, at least.")
    explained: Number = Field(0, description="Number of explained nodes, at least.")
    sources: Number = Field(0, description="Number of sources, at least.")
    systems: Number = Field(0, description="Number of systems, at least.")
    roles: dict[Role, Number] = Field({}, description="Number of nodes of each role, at least.")
    tones: list[Tone] = Field([], description="Tones of which a node, an edge or a group has one.")
    types: list[TypeName] = Field([], description="Types of which the diagram is one.")
    illustration: bool = Field(
        default=False, description="The diagram, or a claim in it, is marked as an illustration."
    )
    any: list[Check] = Field([], description="Checks of which one must hold.")

    @field_validator("text")
    @classmethod
    def _compiles(cls, text: str) -> str:
        compiled(text)
        return text


class ElementSpec(PlanPart):
    """Something that a complete diagram shows."""

    description: Words = Field(description="What is wanted, as the linter says it.")
    check: Check = Field(description="How it is told from the data.")

    @field_validator("check", mode="before")
    @classmethod
    def _asks_for_something(cls, check: object) -> object:
        if check == {}:
            raise ValueError("wanted something to check: text, nodes, roles, tones ...")
        return check


class ViewSpec(_Optional):
    """One way to look at a subject."""

    title: Words | None = Field(None, description="Title; the id, made readable, if left out.")
    purpose: LongWords | None = Field(None, description="What the view shows, in a sentence.")
    aliases: list[Words] = Field([], description="Other names that diagrams may give it.")
    types: list[TypeName] = Field([], description="Diagram types that fit, besides `mermaid`; any if left out.")
    elements: list[ElementId] = Field([], description="Ids of the elements that a complete diagram shows.")


class CategorySpec(_Optional):
    """Diagrams of one kind. What is said of numbers must add up."""

    title: Words | None = Field(None, description="Title; the id, made readable, if left out.")
    purpose: LongWords | None = Field(None, description="What the diagrams are for, in a sentence.")
    aliases: list[Words] = Field([], description="Other names that diagrams may give it.")
    subjects: Number | None = Field(None, description="How many subjects there are to be.")
    names: list[Words] = Field([], description="The names of the subjects.")
    diagrams_per_subject: Number | None = Field(None, description="How many diagrams each subject has.")
    count: Number | None = Field(None, description="How many diagrams there are to be: subjects times diagrams.")
    views: dict[PartId, ViewSpec] = Field({}, description="Views by id; none is checked if left out.")

    @field_validator("names")
    @classmethod
    def _named(cls, names: list[str], info: ValidationInfo) -> list[str]:
        subjects = info.data.get("subjects")
        if names and subjects not in (None, len(names)):
            raise ValueError(f"{len(names)} names for {subjects} subjects")
        return names

    @field_validator("count")
    @classmethod
    def _adds_up(cls, count: int, info: ValidationInfo) -> int:
        subjects = info.data.get("subjects") or len(info.data.get("names") or ())
        each = info.data.get("diagrams_per_subject")
        if subjects and each and subjects * each != count:
            raise ValueError(f"{subjects} x {each} is {subjects * each}, not {count}")
        return count


class PlanSpec(PlanPart):
    """The keys below ``plan:``."""

    categories: dict[PartId, CategorySpec] = Field(min_length=1, description="Categories by id.")
    elements: dict[PartId, ElementSpec] = Field({}, description="What complete diagrams show, by id.")


def context(data: Any, types: Any) -> dict[str, Any]:
    """Return the validation context for the *data* below ``plan:`` and the names of the diagram *types*."""
    elements = data.get("elements") if isinstance(data, dict) else None
    return {ELEMENTS: set(elements) if isinstance(elements, dict) else set(), TYPES: set(types)}
