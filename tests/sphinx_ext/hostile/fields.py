"""Every place for text in every diagram type, found in the types themselves."""

from __future__ import annotations

import copy
import functools
import itertools
import types
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.types import TYPES
from sphinx_diagram_ext.types.command import DECEPTIVE, CommandLines
from sphinx_diagram_ext.types.texts import LongWords, Url, Words
from sphinx_diagram_ext.yaml_source import parse_yaml

ROOT = Path(__file__).parents[3]
SEEDS = [
    *(path for _, path, _ in Catalog([ROOT / "docs" / "examples"]).files()),
    *sorted((ROOT / "sphinx_diagram_ext").rglob("templates/**/*.yaml")),
]

STEPS = """\
diagram:
  type: {type}
  title: Steps
  participants: {{a: A, b: B}}
  steps:
    - {{from: a, to: b, label: call}}
    - {{note: remark, over: [a]}}
    - {{loop: again, steps: [{{from: a, to: b, label: call}}]}}
    - {{opt: maybe, steps: [{{from: a, to: b, label: call}}]}}
    - alt:
        - {{when: one, steps: [{{from: a, to: b, label: call}}]}}
        - {{when: two, steps: [{{from: a, to: b, label: call}}]}}
{more}"""
FAILURE = "    - {failure: down, steps: [{from: a, to: b, label: call}]}\n"
"""Steps of every kind: no example and no template has a use for all of them."""

SERIES = """\
diagram:
  type: {type}
  title: Systems side by side
  {more}
  series:
    one: {{name: One, {key}: {{p50: {value}}}}}
    two: {{name: Two, {key}: {{p50: {value}}}}}
"""
UNKNOWN = """\
diagram:
  type: timeline
  title: Outage
  sections: [{name: Night, events: [{unknown: the log was lost, events: [alarm]}, {time: "09:00", events: [end]}]}]
"""
MORE = [
    UNKNOWN,
    SERIES.format(type="latency", more="unit: ms", key="percentiles", value="{name: A, value: 1}"),
    SERIES.format(type="utilisation", more="category: costs", key="resources", value="{name: A, value: 1}"),
    SERIES.format(
        type="curve",
        more="load: users\n  measure: ms",
        key="points",
        value="{load: 1, value: 1}, p99: {load: 2, value: 3}",
    ),
]
"""What no example and no template has a use for."""

Place = tuple[str | int, ...]
Name = tuple[str, str]
"""A model and one of its fields."""


@dataclass
class Form:
    """A diagram of one type and where its texts stand."""

    type: str
    data: dict[str, Any]
    places: dict[Place, Name]


def hints(model: type[BaseModel]) -> dict[str, Any]:
    found = typing.get_type_hints(model, include_extras=True)
    return {field.alias or name: found[name] for name, field in model.model_fields.items()}


def kinds(hint: Any) -> list[Any]:
    """Return the alternatives of an annotation, without None."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return [kind for part in typing.get_args(hint) for kind in kinds(part)]
    if typing.get_origin(hint) is Annotated and hint not in (Words, LongWords, Url, CommandLines):
        return kinds(typing.get_args(hint)[0]) if typing.get_origin(typing.get_args(hint)[0]) else [hint]
    return [] if hint is type(None) else [hint]


def is_text(hint: Any) -> bool:
    return hint in (Words, LongWords, CommandLines)


def is_model(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, BaseModel)


def empty(hint: Any, depth: int = 0) -> Any:
    """Return a small value of *hint* that holds texts, None if there is none."""
    for kind in kinds(hint):
        origin, inner = typing.get_origin(kind), typing.get_args(kind)
        if is_text(kind):
            return "text"
        if kind == Url:
            return "https://example.org/"
        if origin in (list, dict) and (part := empty(inner[-1], depth)) is not None:
            return [part] if origin is list else {"one": part}
        if is_model(kind) and depth < 2:
            fields = {key: empty(part, depth + 1) for key, part in hints(kind).items()}
            needed = [field.alias or name for name, field in kind.model_fields.items() if field.is_required()]
            if all(fields[key] is not None for key in needed):
                return {key: value for key, value in fields.items() if isinstance(value, str)}
    return None


def walk(hint: Any, value: Any, place: Place, name: Name) -> typing.Iterator[tuple[Place, Name, Any, Any]]:
    """Yield every text and model in *value*: its place, whose field it is, its kind and its value."""
    for kind in kinds(hint):
        origin, inner = typing.get_origin(kind), typing.get_args(kind)
        if is_text(kind) and isinstance(value, str):
            yield place, name, kind, value
        elif origin is list and isinstance(value, list):
            for index, item in enumerate(value):
                yield from walk(inner[0], item, (*place, index), name)
        elif origin is dict and isinstance(value, dict):
            for key, item in value.items():
                yield from walk(inner[1], item, (*place, key), name)
        elif is_model(kind) and isinstance(value, dict):
            yield place, name, kind, value
            yield from _fields(kind, value, place)


def _fields(kind: Any, value: dict[str, Any], place: Place) -> typing.Iterator[tuple[Place, Name, Any, Any]]:
    known = hints(kind)
    extra = Words if "__pydantic_extra__" in kind.__annotations__ else None
    for key, item in value.items():
        hint = known.get(key, extra)
        if hint:
            yield from walk(hint, item, (*place, key), (kind.__name__, key if key in known else "*"))


def put(data: Any, place: Place, value: Any) -> None:
    if place[-1] == "run":
        # The rest is refused, with a test of its own.
        value = DECEPTIVE.sub("", value).strip() or "x"
    if place[-1] == "checked_by":
        # Who wrote a diagram cannot check it.
        value = f"{value} too"
    for part in place[:-1]:
        data = data[part]
    data[place[-1]] = value


def get(data: Any, place: Place) -> Any:
    for part in place:
        data = data[part]
    return data


def yaml(value: Any) -> str:
    """Return *value* as YAML on one line, every unusual character escaped."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{yaml(key)}: {yaml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(yaml, value)) + "]"
    if value is None:
        return "null"
    plain = (char if char.isascii() and (char.isalnum() or char == " ") else f"\\U{ord(char):08x}" for char in value)
    return f'"{"".join(plain)}"'


def good(data: dict[str, Any]) -> bool:
    try:
        read_diagram(yaml({"diagram": data}), "some/id", "file.yaml")
    except ProblemsError:
        return False
    return True


def spelled_out(hint: Any, data: Any) -> Any:
    """Return *data* with short forms (text, nothing) of models as mappings."""
    for kind in kinds(hint):
        origin, inner = typing.get_origin(kind), typing.get_args(kind)
        if is_model(kind) and (isinstance(data, dict) or data is None or (isinstance(data, str) and kind.plain)):
            data = {kind.plain: data} if isinstance(data, str) else data or {}
            known = hints(kind)
            return {key: spelled_out(known[key], item) if key in known else item for key, item in data.items()}
        if origin is list and isinstance(data, list):
            return [spelled_out(inner[0], item) for item in data]
        if origin is dict and isinstance(data, dict):
            return {key: spelled_out(inner[1], item) for key, item in data.items()}
    return data


def form(text: str, wanted: set[Name]) -> Form:
    """Return the diagram in *text* with as many of the *wanted* fields as it can have."""
    data = parse_yaml(text, "file.yaml").data["diagram"]
    spec = TYPES[data["type"]].spec
    data = spelled_out(spec, data)
    for place, _name, kind, value in list(walk(spec, data, (), ("", ""))):
        for key, hint in hints(kind).items() if is_model(kind) else ():
            if key in value or not wanted & ({(kind.__name__, key)} | reachable(hint, set())):
                continue
            for filling in (
                [{node: "text"} for node in nodes(data)]
                if key == "explain" and not place
                else ["another"]
                if key == "checked_by"
                else [empty(hint)]
            ):
                changed = copy.deepcopy(data)
                get(changed, place)[key] = filling
                if filling is not None and good(changed):
                    data = changed
                    wanted -= {name for _place, name, _kind, _value in walk(spec, data, (), ("", ""))}
                    break
    places = {place: name for place, name, kind, _value in walk(spec, data, (), ("", "")) if is_text(kind)}
    return Form(data["type"], data, places)


def nodes(data: dict[str, Any]) -> list[str]:
    return [node.key for node in read_diagram(yaml({"diagram": data}), "some/id", "file.yaml").nodes]


def reachable(hint: Any, seen: set[type]) -> set[Name]:
    """Return every field for text that a diagram of the model *hint* may have."""
    found: set[Name] = set()
    for kind in flat(hint):
        if is_model(kind) and kind not in seen:
            seen.add(kind)
            for key, inner in hints(kind).items():
                if any(map(is_text, flat(inner))):
                    found.add((kind.__name__, key))
                found |= reachable(inner, seen)
    return found


def flat(hint: Any) -> list[Any]:
    """Return what *hint* is made of, inside lists and mappings too."""
    return list(
        itertools.chain.from_iterable(
            flat(typing.get_args(kind)[-1]) if typing.get_origin(kind) in (list, dict) else [kind]
            for kind in kinds(hint)
        )
    )


@functools.cache
def forms(name: str) -> list[Form]:
    """Return few diagrams of the type *name* that have every field for text between them."""
    wanted = reachable(TYPES[name].spec, set())
    found: list[Form] = []
    texts = [path.read_text(encoding="utf-8") for path in SEEDS]
    for text in [
        *(text for text in texts if f"type: {name}\n" in text),
        *(text for text in MORE if f"type: {name}\n" in text),
        STEPS.format(type=name, more=FAILURE if name == "failure-sequence" else ""),
    ]:
        missing = wanted - {field for item in found for field in item.places.values()}
        if missing and good(parse_yaml(text, "file.yaml").data["diagram"]):
            made = form(text, set(missing))
            if not found or missing & set(made.places.values()):
                found.append(made)
    return found
