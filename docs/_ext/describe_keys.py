"""Describes the keys of data files as MyST text, from the models that check them."""

from __future__ import annotations

import enum
import inspect
import re
import typing
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from describe import Section, sentence
from pydantic import BaseModel

from sphinx_diagram_ext.plan import grammar as plan
from sphinx_diagram_ext.types import TYPES, base, texts
from sphinx_diagram_ext.types.command import CommandLines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic.fields import FieldInfo

_TEXTS = (
    (texts.Words, "text"),
    (texts.LongWords, "long text"),
    (CommandLines, "[command](#explanations-commands)"),
    (texts.Key, "key"),
    (texts.Url, "address"),
    (texts.SourceId, "source id"),
    (texts.RuleName, "[rule](lint.md)"),
    (plan.PartId, "id"),
    (plan.ElementId, "id of an [element](#part-element)"),
    (plan.TypeName, "diagram type"),
    (plan.Number, "number from 1 on"),
)
_PLAIN = {bool: "true or false", str: "text", int: "whole number", float: "number", Decimal: "number", date: "day"}


def keys() -> list[Section]:
    """Describe the keys of every diagram type: common ones, each type's own, and those of parts."""
    parts: dict[str, type[BaseModel]] = {}
    shared = base.DiagramSpec.model_fields
    sections = [_model("Keys of every type", "keys-common", base.DiagramSpec, shared, parts)]
    for name, kind in TYPES.items():
        own = [key for key in kind.spec.model_fields if key not in shared]
        sections.append(_model(f"Type {name}", f"keys-{name}", kind.spec, own, parts))
    return [*sections, *_parts(parts)]


def plan_keys() -> list[Section]:
    """Describe the keys of plan files and of their parts."""
    parts: dict[str, type[BaseModel]] = {}
    top = _model("Keys of a plan", "keys-plan", plan.PlanSpec, plan.PlanSpec.model_fields, parts)
    return [top, *_parts(parts)]


def _parts(parts: dict[str, type[BaseModel]]) -> list[Section]:
    """Describe every part in *parts*, and those that these name in turn."""
    described: dict[str, Section] = {}
    while len(described) < len(parts):
        name = next(name for name in parts if name not in described)
        title = name.replace("-", " ").capitalize()
        described[name] = _model(title, f"part-{name}", parts[name], parts[name].model_fields, parts)
    return [described[name] for name in sorted(described)]


def _model(
    title: str, anchor: str, model: type[BaseModel], names: Iterable[str], parts: dict[str, type[BaseModel]]
) -> Section:
    lines = [sentence(inspect.getdoc(model) or ""), ""]
    hints: dict[str, Any] = {}
    for kind in reversed(model.__mro__[: model.__mro__.index(BaseModel)]):
        hints |= inspect.get_annotations(kind, eval_str=True)
    # What most parts have stands last, so that a reader meets their own keys first.
    last = base.ClaimSpec.model_fields if issubclass(model, base.ClaimSpec) else {}
    for name in sorted(names, key=last.__contains__):
        field = model.model_fields[name]
        lines += [
            f"`{field.alias or name}`: {_kind(hints[name], parts)}",
            f": {field.description or ''} {_default(field)}",
            "",
        ]
    return Section(title, anchor, "\n".join(lines))


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**Required.**"
    value = field.get_default(call_default_factory=True)
    if value is None or value in ([], (), {}):
        return ""
    return f"Default: `{str(value).lower() if isinstance(value, bool) else value}`."


def _kind(hint: Any, parts: dict[str, type[BaseModel]]) -> str:
    """Return the kind of value that a type hint allows, in words; note the parts it names."""
    for alias, word in _TEXTS:
        if hint == alias:
            return word
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return f"[{hint.__name__}](#enum-{hint.__name__.lower()})"
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", hint.__name__.removesuffix("Spec")).lower()
        parts[name] = hint
        return f"[{name.replace('-', ' ')}](#part-{name})"
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        words = ", ".join(f"`{item}`" for item in arguments)
        return f"one of {words}" if len(arguments) > 1 else words
    if origin is typing.Annotated:
        return _kind(arguments[0], parts)
    inner = [_kind(item, parts) for item in arguments if item not in (type(None), Ellipsis)]
    return _compound(origin, inner) if inner else _PLAIN[hint]


def _compound(origin: Any, inner: list[str]) -> str:
    if origin in (list, tuple):
        return f"list of {inner[0]}"
    if origin is dict:
        return f"mapping of {inner[0]} to {inner[1]}"
    return " or ".join(inner)
