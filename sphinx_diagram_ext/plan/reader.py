"""Reader of plan files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pydantic import ValidationError

from sphinx_diagram_ext.catalog.files import read_file
from sphinx_diagram_ext.catalog.validation_messages import complaints
from sphinx_diagram_ext.errors import Code, Problem, ProblemsError
from sphinx_diagram_ext.limits import DEFAULT_LIMITS, Limits
from sphinx_diagram_ext.plan.grammar import CategorySpec, PlanSpec, ViewSpec, context
from sphinx_diagram_ext.plan.model import Category, Element, Plan, View
from sphinx_diagram_ext.plan.names import readable, slug
from sphinx_diagram_ext.types import TYPES
from sphinx_diagram_ext.yaml_source import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sphinx_diagram_ext.yaml_source import YamlSource

ROOT = ("plan",)


def read_plan(path: Path, limits: Limits = DEFAULT_LIMITS, types: Iterable[str] = TYPES) -> Plan:
    """Return the plan in the file *path*; views may name the diagram *types*.

    Raises:
        ProblemsError: with everything that is wrong with the file.
    """
    # Unlike Path.exists, this takes a path that the system refuses for one that is not there.
    if not os.path.exists(path):  # noqa: PTH110
        message = "The plan does not exist; create the file or fix the setting that names it."
        raise ProblemsError([Problem(str(path), 0, 0, Code.FILE, message)])
    text = read_file(path, path.resolve().parent, limits.file_bytes)
    source = parse_yaml(text, str(path), limits)
    beside = _beside(source)
    data = source.data["plan"] if isinstance(source.data, dict) else None
    try:
        spec = PlanSpec.model_validate(data, context=context(data, types))
    except ValidationError as error:
        raise ProblemsError(sorted({*beside, *complaints(error, PlanSpec, source, ROOT)})) from None
    problems = [*beside, *_ambiguous(spec, source)]
    if problems:
        raise ProblemsError(sorted(problems))
    return _plan(spec)


def _beside(source: YamlSource) -> list[Problem]:
    """Return what is wrong beside ``plan:``.

    Raises:
        ProblemsError: there is no ``plan:``.
    """
    if not isinstance(source.data, dict) or "plan" not in source.data:
        raise ProblemsError([source.problem(Code.SCHEMA, "A plan has one key at the top, 'plan:'.")])
    return [
        source.problem(Code.UNKNOWN_KEY, f"Unknown key {key!r}; everything is below 'plan:'.", (key,), key=True)
        for key in source.data
        if key != "plan"
    ]


def _ambiguous(spec: PlanSpec, source: YamlSource) -> Iterator[Problem]:
    """Yield a problem for each name that means two categories, or two views of one."""
    yield from _names_twice(spec.categories, "category", source, (*ROOT, "categories"))
    for name, category in spec.categories.items():
        yield from _names_twice(category.views, "view", source, (*ROOT, "categories", name, "views"))


def _names_twice(
    parts: Mapping[str, CategorySpec | ViewSpec], what: str, source: YamlSource, root: tuple[str, ...]
) -> Iterator[Problem]:
    owners = {name: name for name in parts}
    for key, part in parts.items():
        for name, path in _names(key, part):
            owner = owners.setdefault(slug(name), key)
            if owner != key:
                message = f"The name {name!r} means the {what} {owner!r} already; drop it here or there."
                yield source.problem(Code.DUPLICATE_ID, message, (*root, key, *path))


def _names(key: str, part: CategorySpec | ViewSpec) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Yield the title and the aliases of a part, each with its path below it."""
    yield part.title or readable(key), ("title",)
    for index, alias in enumerate(part.aliases):
        yield alias, ("aliases", index)


def _plan(spec: PlanSpec) -> Plan:
    elements = {name: Element(name, item.description, item.check) for name, item in spec.elements.items()}
    return Plan({name: _category(name, item, elements) for name, item in spec.categories.items()})


def _category(name: str, spec: CategorySpec, elements: Mapping[str, Element]) -> Category:
    return Category(
        id=name,
        title=spec.title or readable(name),
        purpose=spec.purpose or "",
        aliases=tuple(spec.aliases),
        subjects=spec.subjects or len(spec.names) or None,
        subject_names=tuple(spec.names),
        diagrams_per_subject=spec.diagrams_per_subject,
        count=spec.count,
        views={key: _view(key, view, elements) for key, view in spec.views.items()},
    )


def _view(name: str, spec: ViewSpec, elements: Mapping[str, Element]) -> View:
    return View(
        id=name,
        title=spec.title or readable(name),
        purpose=spec.purpose or "",
        aliases=tuple(spec.aliases),
        types=tuple(spec.types),
        elements=tuple(elements[key] for key in spec.elements),
    )
