"""Reader of data files: from their text to a checked diagram."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from pydantic import ValidationError

from sphinx_diagram_ext.catalog.second_pass import further_problems
from sphinx_diagram_ext.catalog.text_bounds import too_much_text
from sphinx_diagram_ext.catalog.validation_messages import complaints
from sphinx_diagram_ext.errors import Code, Problem, ProblemsError, did_you_mean
from sphinx_diagram_ext.limits import DEFAULT_LIMITS, Limits
from sphinx_diagram_ext.mermaid_keywords import looks_like_mermaid
from sphinx_diagram_ext.model import (
    Body,
    Diagram,
    Message,
    Meta,
    Node,
    RawMermaid,
    map_nodes,
)
from sphinx_diagram_ext.types import TYPES
from sphinx_diagram_ext.types.builder import Builder
from sphinx_diagram_ext.types.icons import NO_ICONS
from sphinx_diagram_ext.types.locations import ROOT
from sphinx_diagram_ext.types.references import references
from sphinx_diagram_ext.types.shared import NOTHING_SHARED
from sphinx_diagram_ext.yaml_source import YamlSource, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_diagram_ext.types import DiagramType
    from sphinx_diagram_ext.types.base import DiagramSpec
    from sphinx_diagram_ext.types.icons import Icons
    from sphinx_diagram_ext.types.shared import Shared
    from sphinx_diagram_ext.yaml_source import Data

_MERMAID = (
    "This is Mermaid text, and a data file is YAML. Write 'diagram:', below it 'type: mermaid', a title and"
    " 'source: |', and indent the text below that."
)
_NO_DIAGRAM = "A data file has one key at the top, 'diagram:'; that of a plan is 'plan:', and a plan cannot be shown."
_NO_REGISTRY = "A registry, a file with the key 'sources:', belongs below 'sources/' of a data folder."


def read_diagram(
    text: str,
    diagram_id: str,
    path: str,
    limits: Limits = DEFAULT_LIMITS,
    first_line: int = 1,
    types: Mapping[str, DiagramType] = TYPES,
    icons: Icons = NO_ICONS,
    shared: Shared = NOTHING_SHARED,
) -> Diagram:
    """Return the diagram in *text*, the content of *path* from the line *first_line* on.

    ``types`` are the types that it may have, ``icons`` those that its nodes may name, ``shared`` the registries of
    its project.

    Raises:
        ProblemsError: with everything that is wrong with it.
    """
    source = _parsed(text, path, limits, first_line)
    name, beside = _type_of(source, types)
    kind = types[name]
    data = source.data["diagram"] if isinstance(source.data, dict) else None
    try:
        spec = kind.spec.model_validate(data)
    except ValidationError as error:
        said = [*beside, *complaints(error, kind.spec, source, ROOT)]
        raise ProblemsError(sorted({*said, *further_problems(data, error, kind, source, shared)})) from None
    builder = Builder(spec, source, icons, shared)
    builder.problems += beside
    body = _explained(kind.build(spec, builder), spec, builder)
    diagram = Diagram(
        id=diagram_id,
        type=name,
        title=builder.message(spec.title, "title"),
        body=body,
        summary=builder.message(spec.summary, "summary") if spec.summary else None,
        meta=_meta(spec, builder),
        claims=builder.claims.all(),
        aliases=tuple(spec.aliases),
        path=path,
        line=builder.locations.mark(()).line,
        digest=text_digest(text),
    )
    twice = sorted(key for key, count in Counter(node.key for node in diagram.nodes).items() if count > 1)
    for key in () if builder.problems else twice:
        builder.problem(Code.DUPLICATE_ID, f"Two nodes are called {key!r}; rename one of them.")
    problems = [*builder.problems, *_too_much(diagram, source, limits)]
    if problems:
        raise ProblemsError(sorted(problems))
    return diagram


def _parsed(text: str, path: str, limits: Limits, first_line: int) -> YamlSource:
    """Return *text* parsed, or raise that it is Mermaid text where it is."""
    try:
        source = parse_yaml(text, path, limits, first_line)
    except ProblemsError:
        if not looks_like_mermaid(text):
            raise
    else:
        if isinstance(source.data, dict) or not looks_like_mermaid(text):
            return source
    raise ProblemsError([Problem(path, first_line, 1, Code.SCHEMA, _MERMAID)])


def text_digest(text: str) -> str:
    """Return a digest that changes with the content of a data file."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _type_of(source: YamlSource, types: Mapping[str, DiagramType]) -> tuple[str, list[Problem]]:
    """Return the diagram's type and what is wrong beside it, or raise what is wrong above it."""
    data = source.data
    if not isinstance(data, dict) or "diagram" not in data:
        raise ProblemsError([source.problem(Code.SCHEMA, _without_diagram(data))])
    problems = [
        source.problem(Code.UNKNOWN_KEY, f"Unknown key {key!r}; everything stands below 'diagram:'.", (key,), key=True)
        for key in data
        if key != "diagram"
    ]
    inner = data["diagram"]
    if not isinstance(inner, dict):
        problems.append(source.problem(Code.SCHEMA, "'diagram:' holds a mapping (key: value).", ROOT))
    elif inner.get("type") is None:
        known = ", ".join(types)
        problems.append(source.problem(Code.SCHEMA, f"The key 'type' is missing here; one of {known}.", ROOT))
    else:
        name = inner["type"]
        if isinstance(name, str) and name in types:
            return name, problems
        near = source.hints.did_you_mean(name, types) if isinstance(name, str) else ""
        hint = f".{near}" if near else f"; one of {', '.join(types)}."
        problems.append(
            source.problem(
                Code.UNKNOWN_TYPE,
                f"There is no diagram type {name!r}{hint}",
                (*ROOT, "type"),
            )
        )
    raise ProblemsError(problems)


def _without_diagram(data: Data) -> str:
    """Return what is wrong with a file that has something else than ``diagram:`` at its top."""
    if not isinstance(data, dict):
        return f"{_NO_DIAGRAM} Found {'a list' if isinstance(data, list) else 'a text'} instead."
    if "type" in data or "title" in data:
        return (
            "The key 'diagram:' is missing. Write it as the first line, and indent everything below it by two spaces."
        )
    if "plan" in data:
        return _NO_DIAGRAM
    if "sources" in data:
        return f"{_NO_DIAGRAM} {_NO_REGISTRY}"
    first = next(iter(data), "")
    return f"{_NO_DIAGRAM} Found {first!r}.{did_you_mean(first, ('diagram', 'plan'))}"


def _meta(spec: DiagramSpec, builder: Builder) -> Meta:
    return Meta(
        category=spec.category,
        subject=spec.subject,
        view=spec.view,
        module=spec.module,
        difficulty=spec.difficulty,
        tags=tuple(spec.tags),
        systems=tuple(spec.systems),
        sources=references(spec, builder),
        reviewed=spec.reviewed,
        symptoms=tuple(spec.symptoms),
        messages=tuple(spec.messages),
        status=spec.status,
        written_by=spec.written_by or "",
        checked_by=spec.checked_by or "",
        illustration=spec.illustration,
        lint_ignore=tuple(spec.lint.ignore) if spec.lint else (),
    )


def _explained(body: Body, spec: DiagramSpec, builder: Builder) -> Body:
    """Return *body* with the explanations of ``explain:`` at their nodes."""
    if isinstance(body, RawMermaid) or not spec.explain:
        return body
    known = {node.key: node for node in body.nodes}
    groups = getattr(body, "groups", ())
    names = {f"{group.key}.{key}": key for group in groups for key in group.nodes} | {key: key for key in known}
    given: dict[str, Message] = {}
    for name, text in spec.explain.items():
        key = names.get(name, name)
        if key not in known:
            builder.problem(
                Code.UNKNOWN_NODE,
                f"There is no node {name!r} to explain.{builder.what_is_known(name, known)}",
                "explain",
                name,
                key=True,
            )
        elif key in given or _explains_itself(known[key], builder):
            builder.problem(
                Code.SCHEMA, f"The node {key!r} has an explanation of its own already.", "explain", name, key=True
            )
        else:
            given[key] = builder.message(text, "explain", name)

    def explained(node: Node) -> Node:
        return dataclasses.replace(node, explain=given[node.key]) if node.key in given else node

    return map_nodes(body, explained)


def _explains_itself(node: Node, builder: Builder) -> bool:
    """Tell whether a node has an explanation, and not that of the element that it shows."""
    element = builder.shared.elements.get(node.element)
    return node.explain is not None and (element is None or node.explain.text != element.explain)


def _too_much(diagram: Diagram, source: YamlSource, limits: Limits) -> list[Problem]:
    much = too_much_text(diagram)
    if much:
        return [source.problem(Code.SCHEMA, much, ROOT)]
    counts = (("nodes", len(diagram.nodes), limits.nodes), ("edges", len(diagram.edges), limits.edges))
    return [
        source.problem(Code.SCHEMA, f"The diagram has {count} {name}, more than {limit}; split it.", ROOT)
        for name, count, limit in counts
        if count > limit
    ]
