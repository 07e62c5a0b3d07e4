"""Validation messages: errors of pydantic in words by which an author can fix them."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from sphinx_diagram_ext.errors import Code, Problem, nearest
from sphinx_diagram_ext.synonyms import synonyms
from sphinx_diagram_ext.types.texts import FORMS

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

_OF_KEYS = "[key]"
"""Where pydantic finds the key of a mapping itself wrong."""


def complaints(error: ValidationError, spec: type[BaseModel], source: YamlSource, root: Path) -> Iterator[Problem]:
    """Yield a problem for everything in *error*, at its location in *source* below *root*."""
    details = error.errors(include_url=False, include_context=True)
    if len(details) > MAX_COMPLAINTS:
        more = len(details) - MAX_COMPLAINTS
        yield source.problem(
            Code.SCHEMA, f"{more:,} values are wrong besides those that are listed; correct these first.", root
        )
    details = details[:MAX_COMPLAINTS]
    misspelt = {place for detail in details for place in _meant(detail, spec)}
    mistaken = _mistaken(details)
    misspelt |= {(*place[:-1], name) for place, name in mistaken.items()}
    for place, name in mistaken.items():
        yield source.problem(Code.SCHEMA, _other_use(spec, place, name), (*root, *place), key=True)
    for detail in details:
        path = (*root, *detail["loc"])
        kind = detail["type"]
        if detail["loc"][:-1] in mistaken:
            continue
        if kind == "missing":
            if detail["loc"] in misspelt:
                continue
            name = str(detail["loc"][-1])
            about = _description(spec, detail["loc"])
            message = f"The key {name!r} is missing here." + (f" Add '{name}: ...': {about}" if about else "")
            yield source.problem(Code.SCHEMA, message, path[:-1])
        elif kind == "extra_forbidden":
            name = str(detail["loc"][-1])
            known = known_keys(spec, detail["loc"][:-1])
            hint = source.hints.did_you_mean(name, known) or f" Known here: {', '.join(sorted(known))}."
            yield source.problem(Code.UNKNOWN_KEY, f"Unknown key {name!r}.{hint}", path, key=True)
        else:
            yield source.problem(Code.SCHEMA, _sentence(detail, spec, source.hints), path, key=path[-1] == _OF_KEYS)


def _meant(detail: ErrorDetails, spec: type[BaseModel]) -> Iterator[tuple[int | str, ...]]:
    """Yield the places of the keys that an unknown key was meant to be; that those are missing is no second mistake."""
    if detail["type"] == "extra_forbidden":
        *above, name = detail["loc"]
        for key in nearest(str(name), known_keys(spec, tuple(above))):
            yield (*above, key)


def _mistaken(details: list[ErrorDetails]) -> dict[tuple[int | str, ...], str]:
    """Return the places of keys with another use, and the missing key that the author took each for."""
    missing = [detail["loc"] for detail in details if detail["type"] == "missing"]
    found = {}
    for detail in details:
        *above, key, item = detail["loc"] if len(detail["loc"]) > 1 else ("", "")
        if detail["type"] != "string_type" or not isinstance(item, int):
            continue
        names = [str(place[-1]) for place in missing if place[:-1] == tuple(above)]
        found.update({(*above, key): name for name in synonyms(str(key), names)[:1]})
    return found


def _other_use(spec: type[BaseModel], place: tuple[int | str, ...], name: str) -> str:
    about = _description(spec, place).rstrip(".")
    return f"The key {str(place[-1])!r} is for something else: {about}. Did you mean {name!r}?"


def known_keys(spec: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """Return the keys that the model at *path* below *spec* knows."""
    model = _model_at(spec, path)
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _description(spec: type[BaseModel], path: tuple[int | str, ...]) -> str:
    """Return what the key at *path* below *spec* is for, "" where nothing says so."""
    model = _model_at(spec, path[:-1])
    fields = {field.alias or name: field for name, field in model.model_fields.items()} if model else {}
    field = fields.get(str(path[-1]))
    said = (field.description or "") if field else ""
    return f"{said[:1].lower()}{said[1:]}"


def _model_at(spec: type[BaseModel], path: tuple[int | str, ...]) -> type[BaseModel] | None:
    """Return the model at *path* below *spec*, None where there is none."""
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
    return model if isinstance(model, type) and issubclass(model, BaseModel) else None


def _inner(annotation: Any) -> Any:
    """Return the model that *annotation* (a list, mapping or union of it) is about."""
    while not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        arguments = [item for item in getattr(annotation, "__args__", ()) if item not in (type(None), Ellipsis)]
        models = [item for item in arguments if not (isinstance(item, type) and issubclass(item, str))]
        if not models:
            return annotation
        annotation = models[-1]
    return annotation


def _sentence(detail: ErrorDetails, spec: type[BaseModel], hints: Hints) -> str:
    kind = detail["type"]
    found = _described(detail["input"])
    context = detail.get("ctx", {})
    if kind in _WANTED:
        return f"Found {found}, wanted {_WANTED[kind]}.{_shape(detail, spec)}"
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
        return f"Found {found}, wanted {FORMS[str(context.get('pattern'))]}."
    message = detail["msg"]
    return f"Found {found}: {message[:1].lower()}{message[1:]}."


def _shape(detail: ErrorDetails, spec: type[BaseModel]) -> str:
    """Return how to write what is wanted, "" where its name says so."""
    kind, found = detail["type"], detail["input"]
    if kind in ("list_type", "tuple_type"):
        return " Begin each item with '- '." if isinstance(found, dict) else " Write [a, b], or a line '- a' for each."
    if kind not in ("dict_type", "mapping_type", "model_type"):
        return ""
    known = known_keys(spec, detail["loc"])
    if isinstance(found, str) and "->" in found and {"from", "to"} <= set(known):
        source, target = (part.strip() or "..." for part in found.split("->", 1))
        return f" Write {{from: {source[:40]}, to: {target[:40]}}}."
    if isinstance(found, list):
        return " Write a line 'key: value' for each, such as 'a: Name', without '- '."
    return ""


def _described(value: object) -> str:
    if isinstance(value, str):
        return repr(value if len(value) <= 60 else value[:57] + "...")
    if isinstance(value, dict):
        return f"a mapping of {len(value)}"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return "nothing" if value is None else repr(value)
