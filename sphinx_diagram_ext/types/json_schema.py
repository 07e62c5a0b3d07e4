"""JSON Schema of a data file, made from the types themselves."""

from __future__ import annotations

from typing import Any

from sphinx_diagram_ext.types import TYPES
from sphinx_diagram_ext.types.base import PLAIN
from sphinx_diagram_ext.types.texts import TEXT_SCHEMA

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that the YAML language server reads."""


def json_schema() -> dict[str, Any]:
    """Return the schema; the value of ``type`` chooses the part that holds."""
    definitions: dict[str, Any] = {}
    choices = []
    for name, kind in TYPES.items():
        schema = kind.spec.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
        definitions |= schema.pop("$defs", {})
        schema["title"] = f"A diagram of the type {name}"
        definitions[f"type-{name}"] = schema
        choices.append(
            {
                "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
                "then": {"$ref": f"#/definitions/type-{name}"},
            }
        )
    plain = [{"$ref": f"#/definitions/{name}"} for name, part in definitions.items() if part.pop(PLAIN, None)]
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
        "definitions": {name: _with_text(part, plain) for name, part in sorted(definitions.items())},
    }


def _with_text(value: Any, plain: list[dict[str, str]]) -> Any:
    """Allow plain text wherever *value* refers to one of *plain*: pydantic's hooks see a mapping, not its uses."""
    if isinstance(value, list):
        return [_with_text(item, plain) for item in value]
    if not isinstance(value, dict):
        return value
    choices = value.get("anyOf")
    if isinstance(choices, list) and any(choice in plain for choice in choices):
        return {**value, "anyOf": [*choices, TEXT_SCHEMA]}
    if value in plain:
        return {"anyOf": [value, TEXT_SCHEMA]}
    return {key: _with_text(item, plain) for key, item in value.items()}
