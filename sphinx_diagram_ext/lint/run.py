"""Run of the linter over diagrams."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sphinx_diagram_ext.lint.context import Context
from sphinx_diagram_ext.lint.finding import Finding
from sphinx_diagram_ext.lint.layout import Layouts
from sphinx_diagram_ext.lint.rules import RULES
from sphinx_diagram_ext.lint.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.lint.rule import Rule
    from sphinx_diagram_ext.model import Diagram


def active_rules(settings: Settings) -> list[Rule]:
    """Return the rules that hold, in their order."""
    if settings.rules:
        return [rule for rule in RULES.values() if rule.id in settings.rules]
    return [rule for rule in RULES.values() if rule.default]


def lint(
    diagrams: Iterable[Diagram],
    settings: Settings | None = None,
    *,
    shown: AbstractSet[str] | None = None,
    today: dt.date | None = None,
    engine: Engine | None = None,
) -> list[Finding]:
    """Return what the rules find in *diagrams*, in the order of files and lines.

    The nodes of Mermaid source must be known already (:func:`sphinx_diagram_ext.drawing.pipeline.inspect`).
    *shown* are the ids that pages show; without it no diagram counts as shown nowhere. *engine* lays out the pictures
    that some rules look at; without it these rules find nothing.
    """
    settings = settings or Settings()
    context = Context(
        diagrams=tuple(diagrams),
        settings=settings,
        today=today or dt.datetime.now(tz=dt.UTC).date(),
        shown=None if shown is None else frozenset(shown),
        layouts=Layouts(engine),
    )
    rules = active_rules(settings)
    return sorted(
        {
            Finding(
                diagram.path,
                hit.line or diagram.line,
                0,
                rule.code,
                hit.message,
                settings.severity.get(rule.id, rule.severity),
                diagram.id,
            )
            for diagram in context.diagrams
            for rule in rules
            if rule.id not in diagram.meta.lint_ignore and not settings.ignores(rule.id, diagram.path)
            for hit in rule.check(diagram, context)
        }
    )
