"""Places of the JSON Schema that can grow, and data that is large at one of them.

Everything comes from the schema: a key that is added to a type is tested without another line.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.types import TYPES
from sphinx_diagram_ext.types.json_schema import json_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

LIST, MAPPING, TEXT, NESTING = "list", "mapping", "text", "nesting"
ITEM, VALUE = "[]", "{}"
"""Steps of a path: an item of a list, a value of a mapping with keys of the author's."""


@dataclass(frozen=True)
class Place:
    """Where a diagram of a type can grow; ``again`` is the part of the path that a nesting repeats."""

    type: str
    kind: str
    path: tuple[str, ...]
    again: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.type}: {self.kind} at {'.'.join(self.path)}"


@cache
def _definitions() -> dict[str, Any]:
    return json_schema()["definitions"]


def _resolved(schema: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the name of the definition that *schema* refers to, "" for none, and the definition."""
    name = ""
    while "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        schema = _definitions()[name]
    return name, schema


def _choices(schema: dict[str, Any]) -> list[dict[str, Any]]:
    found = schema.get("anyOf") or schema.get("oneOf")
    return [choice for choice in found if choice.get("type") != "null"] if found else [schema]


def _values(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of the values whose keys are the author's own, an empty one if there are none."""
    free = schema.get("additionalProperties")
    return free if isinstance(free, dict) else next(iter(schema.get("patternProperties", {}).values()), {})


def _kinds(schema: dict[str, Any]) -> list[str]:
    kinds = schema.get("type", [])
    return [kinds] if isinstance(kinds, str) else list(kinds)


def places() -> list[Place]:
    """Return every place of every type; keys that all types have are those of the first."""
    found: dict[tuple[object, ...], Place] = {}
    common = set.intersection(*(set(_definitions()[f"type-{name}"]["properties"]) for name in TYPES))
    for number, name in enumerate(TYPES):
        for place in _walk(name, _definitions()[f"type-{name}"], (), {}):
            if number == 0 or not place.path or place.path[0] not in common:
                found.setdefault((name, place.kind, place.path), place)
    return list(found.values())


def _walk(type_: str, schema: dict[str, Any], path: tuple[str, ...], opened: dict[str, int]) -> Iterator[Place]:
    name, schema = _resolved(schema)
    if name in opened:
        yield Place(type_, NESTING, path, path[opened[name] :])
        return
    if name:
        opened = {**opened, name: len(path)}
    if schema.get("anyOf") or schema.get("oneOf"):
        for choice in _choices(schema):
            yield from _walk(type_, choice, path, opened)
        return
    if "array" in _kinds(schema) and "items" in schema:
        yield Place(type_, LIST, path)
        yield from _walk(type_, schema["items"], (*path, ITEM), opened)
    for key, part in schema.get("properties", {}).items():
        yield from _walk(type_, part, (*path, key), opened)
    if values := _values(schema):
        yield Place(type_, MAPPING, path)
        yield from _walk(type_, values, (*path, VALUE), opened)
    if "string" in _kinds(schema) and "enum" not in schema and "const" not in schema:
        yield Place(type_, TEXT, path)


def diagram(place: Place, size: int) -> str:
    """Return a data file that is *size* large at *place*: items, keys, levels, or ten characters each."""
    path, at = place.path, size
    if place.kind == NESTING:
        path, at = path + place.again * (size - 1), 1
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        value = _filled(_definitions()[f"type-{place.type}"], path, place.kind, at)
        return f"diagram: {json.dumps({**value, 'type': place.type})}\n"
    finally:
        sys.setrecursionlimit(before)


def _filled(schema: dict[str, Any], path: tuple[str, ...], kind: str, size: int) -> Any:
    """Return the smallest value of *schema*, but large at *path*."""
    _, schema = _resolved(schema)
    for choice in _choices(schema):
        _, part = _resolved(choice)
        if not path and kind in _can(part):
            return _large(part, kind, size)
        if not path and kind == NESTING:
            return smallest(part)
        step, rest = path[:1], path[1:]
        if step == (ITEM,) and "items" in part and "array" in _kinds(part):
            return [_filled(part["items"], rest, kind, size)] * max(1, part.get("minItems", 1))
        if step == (VALUE,) and (values := _values(part)):
            return {"1": _filled(values, rest, kind, size)}
        if step and step[0] in part.get("properties", {}):
            return {**smallest(part), step[0]: _filled(part["properties"][step[0]], rest, kind, size)}
    message = f"nothing at {path}"
    raise LookupError(message)


def _can(schema: dict[str, Any]) -> set[str]:
    found = {LIST} if "array" in _kinds(schema) and "items" in schema else set()
    if _values(schema):
        found.add(MAPPING)
    return found | ({TEXT} if "string" in _kinds(schema) else set())


def _large(schema: dict[str, Any], kind: str, size: int) -> Any:
    if kind == TEXT:
        return "word word. " * size
    inner = schema["items"] if kind == LIST else _values(schema)
    if kind == MAPPING:
        return {str(number + 1): smallest(inner, str(number + 1)) for number in range(size)}
    return [smallest(inner, str(number + 1)) for number in range(size)]


def smallest(schema: dict[str, Any], text: str = "1") -> Any:
    """Return the smallest value of *schema*; its texts are *text*, which is a name, a number and an id."""
    _, schema = _resolved(_choices(_resolved(schema)[1])[0])
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    kinds = _kinds(schema)
    if "object" in kinds:
        parts = schema.get("properties", {})
        value = {key: "#" if key == "url" else smallest(parts[key], text) for key in schema.get("required", ())}
        if not value and "from" in parts:  # a step, which is one of several kinds
            value = {"from": "1", "to": "1", "label": text}
        least = schema.get("minProperties", 0)
        return value | {str(number + 1): smallest(_values(schema), text) for number in range(least)}
    if "array" in kinds and "string" not in kinds:
        return [smallest(schema["items"], text) for _ in range(schema.get("minItems", 0))]
    return 1 if kinds and "string" not in kinds else text
