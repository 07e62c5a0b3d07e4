"""Rules about the plan of a project: categories, subjects, views and what makes a view complete."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_diagram_ext.errors import did_you_mean
from sphinx_diagram_ext.lint.finding import Hit, Severity
from sphinx_diagram_ext.lint.rule import rule
from sphinx_diagram_ext.lint.texts import key_line
from sphinx_diagram_ext.lint.view_elements import holds
from sphinx_diagram_ext.plan import slug
from sphinx_diagram_ext.plan.expressions import SECONDS, TooSlowError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.lint.context import Context
    from sphinx_diagram_ext.model import Diagram


@rule("category-unknown", Severity.WARNING)
def category_unknown(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """The category is neither in the project's plan nor in its settings.

    Diagrams of one category stand together in indexes; a misspelt one stands alone. Your categories
    are those of your plan and those that the setting `categories` names; with
    neither, the rule is silent. Where no diagram has one of them, only names that are close to one
    are reported.
    """
    name = diagram.meta.category
    if not name or not context.categories or context.knows_category(diagram):
        return
    hint = did_you_mean(slug(name), context.categories)
    if hint or context.uses_categories:
        known = ", ".join(context.categories)
        yield Hit(key_line(diagram, "category"), f"There is no category {name!r}; one of {known}.{hint}")


@rule("view-unknown", Severity.WARNING)
def view_unknown(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """The view is none of those that its category has in the plan.

    Each category of your plan has its views, so that readers find the same ones
    for every subject. Without a plan the rule is silent.
    """
    category = context.category(diagram)
    name = diagram.meta.view
    if category and category.views and name and not category.view(name):
        known = list(category.views)
        yield Hit(
            key_line(diagram, "view"),
            f"The category {category.id!r} has no view {name!r}; one of {', '.join(known)}."
            f"{did_you_mean(slug(name), known)}",
        )


@rule("type-unfit", Severity.INFO)
def type_unfit(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """The diagram type does not fit the view.

    A type knows what belongs together: a `timeline` knows times, a `decision` its answers. With a
    type that fits, the data says more, and the build can check more. Your plan
    says which types fit a view; Mermaid text fits every one. Without a plan the rule is silent.
    """
    view = context.view(diagram)
    if view and not view.fits(diagram.type):
        yield Hit(
            key_line(diagram, "type"),
            f"The type {diagram.type!r} does not fit the view {view.id!r}; one of {', '.join(view.types)}.",
        )


@rule("view-element-missing", Severity.INFO)
def view_element_missing(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """The diagram lacks something that its view must show.

    In your plan a view has elements without which it is not complete, such as
    percentiles on a latency distribution. They are found in the data: by words on the picture, roles,
    tones, groups, labels or sources. What Mermaid text does not tell counts as there. Without a plan
    the rule is silent.
    """
    view = context.view(diagram)
    if not view:
        return
    for element in view.elements:
        if element.id in context.slow_elements:
            continue
        try:
            held = holds(element.check, diagram)
        except TooSlowError:
            context.slow_elements.add(element.id)
            message = (
                f"The expression of the element {element.id!r} takes longer than {SECONDS} s here, so that nothing is"
                " checked for it; make it simpler in the plan."
            )
            yield Hit(key_line(diagram, "view"), message)
            continue
        if not held:
            description = re.sub(r"\.$", "", element.description)
            yield Hit(key_line(diagram, "view"), f"The view {view.id!r} lacks {element.id!r}: {description}.")


@rule("subject-unknown", Severity.WARNING, default=False)
def subject_unknown(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """The subject is none of its category, or a source is about other subjects.

    `Netflx` has a page of its own that nobody finds, and a fact about one company is none about another. The
    subjects of a category are the `names` of the plan; a source of the registry says with `about:` which subjects and
    systems it is about. Off unless you switch it on.
    """
    subject = diagram.meta.subject
    category = context.category(diagram)
    if category and category.subject_names:
        known = {slug(name) for name in category.subject_names}
        if not subject:
            some = ", ".join(category.subject_names[:8])
            yield Hit(diagram.title.line, f"The diagram has no subject; the category {category.id!r} has {some} ...")
        elif slug(subject) not in known:
            hint = did_you_mean(slug(subject), known)
            yield Hit(key_line(diagram, "subject"), f"The category {category.id!r} has no subject {subject!r}.{hint}")
    own = {slug(name) for name in (subject, *diagram.meta.systems) if name}
    for source in diagram.meta.sources:
        about = source.entry.about if source.entry else ()
        if about and own and own.isdisjoint(map(slug, about)):
            yield Hit(
                source.line,
                f"The source {source.id!r} is about {', '.join(about)}, not {subject or diagram.meta.systems[0]}.",
            )


@rule("id-layout", Severity.WARNING, default=False)
def id_layout(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """The file is not where its category, subject and view say.

    Among a thousand files one is found by its path, and a copy that nobody adapted lies beside the original. The id
    ends in `category/subject/view`, each in lower case with hyphens. Off unless you switch it on.
    """
    del context
    meta = diagram.meta
    parts = {"category": meta.category, "subject": meta.subject, "view": meta.view}
    missing = [name for name, value in parts.items() if not value]
    if missing:
        yield Hit(diagram.title.line, f"The diagram has no {' and no '.join(map(repr, missing))}, so it has no place.")
        return
    wanted = "/".join(slug(value or "") for value in parts.values())
    if diagram.id != wanted and not diagram.id.endswith(f"/{wanted}"):
        yield Hit(
            key_line(diagram, "category"),
            f"The id {diagram.id!r} does not end in {wanted!r}; move the file, or correct category, subject or view.",
        )
