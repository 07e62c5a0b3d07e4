"""What a rule knows besides the diagram it looks at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sphinx_diagram_ext.atlas import atlas
from sphinx_diagram_ext.lint.texts import words
from sphinx_diagram_ext.model import RawMermaid

if TYPE_CHECKING:
    import datetime as dt

    from sphinx_diagram_ext.lint.settings import Settings, Thresholds
    from sphinx_diagram_ext.model import Diagram


@dataclass(frozen=True)
class Context:
    """A run of the linter: every diagram of it, its settings and the day it is made on."""

    diagrams: tuple[Diagram, ...]
    settings: Settings
    today: dt.date
    shown: frozenset[str] | None = None

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
    def has_atlas(self) -> bool:
        """Whether a diagram has a category of the atlas."""
        return any(atlas().category(diagram.meta.category or "") for diagram in self.diagrams)

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
