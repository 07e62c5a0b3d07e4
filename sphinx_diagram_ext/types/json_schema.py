"""The JSON Schema of a data file, made from the types themselves."""

from __future__ import annotations

from functools import cache
from typing import Any

from sphinx_diagram_ext.types import TYPES
from sphinx_diagram_ext.types.base import Spec

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that the YAML language server reads."""

_TEXT = {"type": ["string", "number", "boolean"]}


def json_schema() -> dict[str, Any]:
    """Return the schema; the value of ``type`` chooses the part that holds."""
    definitions: dict[str, Any] = {}
    choices = []
    for name, kind in TYPES.items():
        schema = kind.spec.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
        definitions |= schema.pop("$defs", {})
        schema["title"] = f"A diagram of the type {name}"
        definitions[f"type-{name}"] = _nullable(schema)
        choices.append(
            {
                "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
                "then": {"$ref": f"#/definitions/type-{name}"},
            }
        )
    return {
        "$schema": DRAFT,
        "title": "A diagram as data",
        "type": "object",
        "additionalProperties": False,
        "required": ["diagram"],
        "properties": {
            "diagram": {
                "type": "object",
                "required": ["type"],
                "properties": {
                    "type": {"enum": list(TYPES), "description": "Type of the diagram; it decides the keys."}
                },
                "allOf": choices,
            }
        },
        "definitions": {name: _named_by_text(_nullable(part)) for name, part in sorted(definitions.items())},
    }


def _named_by_text(value: Any) -> Any:
    """Allow plain text, where it may stand for a mapping."""
    if isinstance(value, list):
        return [_named_by_text(item) for item in value]
    if not isinstance(value, dict):
        return value
    choices = value.get("anyOf")
    plain = _plain_references(Spec)
    if isinstance(choices, list) and any(choice in plain for choice in choices):
        return {**value, "anyOf": [*choices, _TEXT]}
    if value in plain:
        return {"anyOf": [value, _TEXT]}
    return {key: _named_by_text(item) for key, item in value.items()}


@cache
def _plain_references(spec: type[Spec]) -> tuple[dict[str, str], ...]:
    """Return the references to every kind of *spec* that plain text may stand for."""
    below = (reference for kind in spec.__subclasses__() for reference in _plain_references(kind))
    own = ({"$ref": f"#/definitions/{spec.__name__}"},) if spec.plain else ()
    return *own, *below


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """Allow a key without a value, which counts as absent, where the key may be left out."""
    required = set(schema.get("required", ()))
    for name, part in schema.get("properties", {}).items():
        if name not in required and isinstance(part.get("type"), str):
            part["type"] = [part["type"], "null"]
    return schema
