"""Plan of a project's diagrams, with every part found by its names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from sphinx_diagram_ext.plan.names import slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_diagram_ext.plan.grammar import Check

FREE_TYPES = frozenset({"mermaid"})
"""Types that fit every view: Mermaid text can be any family."""


class _Named(Protocol):
    @property
    def names(self) -> tuple[str, ...]: ...


_Part = TypeVar("_Part", bound=_Named)


@dataclass(frozen=True, slots=True)
class Element:
    """Something that a complete diagram shows, and how to find it in the data."""

    id: str
    description: str
    check: Check


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a subject."""

    id: str
    title: str
    purpose: str
    aliases: tuple[str, ...]
    types: tuple[str, ...]
    elements: tuple[Element, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What a diagram may call the view."""
        return (self.id, self.title, *self.aliases)

    def fits(self, diagram_type: str) -> bool:
        """Tell whether a diagram of this type can be the view."""
        return not self.types or diagram_type in self.types or diagram_type in FREE_TYPES


@dataclass(frozen=True, slots=True)
class Category:
    """Diagrams of one kind.

    Where each subject has one diagram, the views are those it may be; elsewhere it has all of them.
    A number that the plan does not tell is None.
    """

    id: str
    title: str
    purpose: str
    aliases: tuple[str, ...]
    subjects: int | None
    subject_names: tuple[str, ...]
    diagrams_per_subject: int | None
    count: int | None
    views: dict[str, View]

    @property
    def names(self) -> tuple[str, ...]:
        """What a diagram may call the category."""
        return (self.id, self.title, *self.aliases)

    def view(self, name: str) -> View | None:
        """Return the view that *name*, an id, a title or an alias, means."""
        return _called(name, self.views.values())


@dataclass(frozen=True, slots=True)
class Plan:
    """Every category by its id, in the order of the file."""

    categories: dict[str, Category]

    @property
    def count(self) -> int:
        """How many diagrams there are to be, as far as the categories tell."""
        return sum(category.count or 0 for category in self.categories.values())

    def category(self, name: str) -> Category | None:
        """Return the category that *name*, an id, a title or an alias, means."""
        return _called(name, self.categories.values())


def _called(name: str, parts: Iterable[_Part]) -> _Part | None:
    wanted = slug(name)
    return next((part for part in parts if wanted in map(slug, part.names)), None)
