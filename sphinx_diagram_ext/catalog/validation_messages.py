"""Validation messages: errors of pydantic in words by which an author can fix them."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from sphinx_diagram_ext.errors import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from sphinx_diagram_ext.errors import Hints
    from sphinx_diagram_ext.yaml_source import Path, YamlSource

MAX_COMPLAINTS = 200
"""Wrong values of a file that have a message of their own."""

_WANTED = {
    "string_type": "text",
    "dict_type": "a mapping (key: value)",
    "mapping_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "list_type": "a list (- item)",
    "tuple_type": "a list (- item)",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "float_parsing": "a number",
    "float_type": "a number",
}


def complaints(error: ValidationError, spec: type[BaseModel], source: YamlSource, root: Path) -> Iterator[Problem]:
    """Yield a problem for everything in *error*, at its location in *source* below *root*."""
    details = error.errors(include_url=False, include_context=True)
    if len(details) > MAX_COMPLAINTS:
        more = len(details) - MAX_COMPLAINTS
        yield source.problem(
            Code.SCHEMA, f"{more:,} values are wrong besides those that are listed; correct these first.", root
        )
    for detail in details[:MAX_COMPLAINTS]:
        path = (*root, *detail["loc"])
        kind = detail["type"]
        if kind == "missing":
            name = str(detail["loc"][-1])
            message = f"The key {name!r} is missing here."
            yield source.problem(Code.SCHEMA, message, path[:-1])
        elif kind == "extra_forbidden":
            name = str(detail["loc"][-1])
            known = known_keys(spec, detail["loc"][:-1])
            hint = source.hints.did_you_mean(name, known) or f" Known here: {', '.join(sorted(known))}."
            yield source.problem(Code.UNKNOWN_KEY, f"Unknown key {name!r}.{hint}", path, key=True)
        else:
            yield source.problem(Code.SCHEMA, _sentence(detail, source.hints), path)


def known_keys(spec: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """Return the keys that the model at *path* below *spec* knows."""
    model: Any = spec
    for part in path:
        if isinstance(model, type) and issubclass(model, BaseModel):
            fields = {field.alias or name: field for name, field in model.model_fields.items()}
            # Only where keys are free do they have a kind of their own.
            free = inspect.get_annotations(model, eval_str=True).get("__pydantic_extra__")
            if part not in fields and free is None:
                continue
            model = fields[str(part)].annotation if part in fields else free
        model = _inner(model)
    if isinstance(model, type) and issubclass(model, BaseModel):
        return [field.alias or name for name, field in model.model_fields.items()]
    return []


def _inner(annotation: Any) -> Any:
    """Return the model that *annotation* (a list, mapping or union of it) is about."""
    while not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        arguments = [item for item in getattr(annotation, "__args__", ()) if item not in (type(None), Ellipsis)]
        models = [item for item in arguments if not (isinstance(item, type) and issubclass(item, str))]
        if not models:
            return annotation
        annotation = models[-1]
    return annotation


def _sentence(detail: ErrorDetails, hints: Hints) -> str:
    kind = detail["type"]
    found = _described(detail["input"])
    context = detail.get("ctx", {})
    if kind in _WANTED:
        return f"Found {found}, wanted {_WANTED[kind]}."
    if kind in ("literal_error", "enum"):
        word = detail["input"] if isinstance(detail["input"], str) else ""
        known = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
        return f"Found {found}, wanted one of {', '.join(known)}.{hints.did_you_mean(word, known)}"
    if kind == "unknown_name":
        hint = hints.did_you_mean(str(detail["input"]), context["known"])
        return f"Found {found}: {detail['msg']}.{hint}"
    if kind == "value_error":
        said = str(context.get("error", detail["msg"]))
        return f"Found {found}: {said}" if said.endswith("?") else f"Found {found}: {said}."
    if kind == "string_pattern_mismatch":
        return f"Found {found}, which does not have the form wanted here ({context.get('pattern')})."
    message = detail["msg"]
    return f"Found {found}: {message[:1].lower()}{message[1:]}."


def _described(value: object) -> str:
    if isinstance(value, str):
        return repr(value if len(value) <= 60 else value[:57] + "...")
    if isinstance(value, dict):
        return f"a mapping of {len(value)}"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return "nothing" if value is None else repr(value)
