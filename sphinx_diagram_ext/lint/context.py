"""Context of a rule: everything it knows besides the diagram it looks at."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sphinx_diagram_ext.lint.layout import Layouts
from sphinx_diagram_ext.lint.near_copies import near_copies
from sphinx_diagram_ext.lint.texts import words
from sphinx_diagram_ext.model import RawMermaid
from sphinx_diagram_ext.plan import slug

if TYPE_CHECKING:
    import datetime as dt

    from sphinx_diagram_ext.lint.near_copies import NearCopy
    from sphinx_diagram_ext.lint.settings import Settings, Thresholds
    from sphinx_diagram_ext.model import Diagram
    from sphinx_diagram_ext.plan import Category, View


@dataclass(frozen=True)
class Context:
    """A run of the linter: every diagram of it, its settings and the day it is made on."""

    diagrams: tuple[Diagram, ...]
    settings: Settings
    today: dt.date
    shown: frozenset[str] | None = None
    slow_elements: set[str] = field(default_factory=set)
    """Ids of elements of the plan whose expressions took too long, which are not tried again."""
    layouts: Layouts = field(default_factory=lambda: Layouts(None))
    """Where everything is in the pictures; without an engine nothing is known."""

    @property
    def thresholds(self) -> Thresholds:
        """Where the rules draw the line."""
        return self.settings.thresholds

    @cached_property
    def first_with(self) -> dict[object, Diagram]:
        """The first diagram with each content."""
        found: dict[object, Diagram] = {}
        for diagram in self.diagrams:
            found.setdefault(content(diagram), diagram)
        return found

    @cached_property
    def near_copies(self) -> dict[str, NearCopy]:
        """The diagrams that are near copies of others; what leaves the rule out is no original either."""
        compared = (
            item
            for item in self.diagrams
            if "near-duplicate" not in item.meta.lint_ignore and not self.settings.ignores("near-duplicate", item.path)
        )
        return near_copies(compared, self.thresholds.near_duplicate)

    @cached_property
    def categories(self) -> list[str]:
        """The categories that diagrams may have: those of the plan, then those that the settings name."""
        planned = self.settings.plan.categories if self.settings.plan else {}
        return [*planned, *self.settings.categories]

    @cached_property
    def uses_categories(self) -> bool:
        """Whether a diagram has one of the categories."""
        return any(self.knows_category(diagram) for diagram in self.diagrams)

    def knows_category(self, diagram: Diagram) -> bool:
        """Tell whether a diagram has a category that the plan or the settings name."""
        name = diagram.meta.category
        return self.category(diagram) is not None or (
            name is not None and slug(name) in map(slug, self.settings.categories)
        )

    def category(self, diagram: Diagram) -> Category | None:
        """Return the category of a diagram that the plan has, if it has one."""
        plan, name = self.settings.plan, diagram.meta.category
        return plan.category(name) if plan and name else None

    def view(self, diagram: Diagram) -> View | None:
        """Return the view of a diagram that the plan has, if it has one."""
        category, name = self.category(diagram), diagram.meta.view
        return category.view(name) if category and name else None

    @cached_property
    def subjects(self) -> dict[str, list[Diagram]]:
        """The diagrams of each subject."""
        found: dict[str, list[Diagram]] = {}
        for diagram in self.diagrams:
            if diagram.meta.subject:
                found.setdefault(diagram.meta.subject.casefold(), []).append(diagram)
        return found


def content(diagram: Diagram) -> object:
    """Return what makes two diagrams the same picture: texts and structure, whatever the keys are."""
    body = diagram.body
    if isinstance(body, RawMermaid):
        return (diagram.type, " ".join(body.source.split()))
    number = {node.key: index for index, node in enumerate(body.nodes)}
    texts = tuple(item.text for item in words(diagram))
    edges = tuple((number.get(edge.source, -1), number.get(edge.target, -1), str(edge.style)) for edge in body.edges)
    return (diagram.type, texts, edges)
