"""Locations of a diagram's keys and values, by paths that its type's model must know."""

from __future__ import annotations

import inspect
import types
import typing
import warnings
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Union

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.errors import Code, Problem
    from sphinx_diagram_ext.yaml_source import Mark, Path, YamlSource

ROOT: Path = ("diagram",)


class UnknownPathWarning(RuntimeWarning):
    """A diagram type asks for the line of something that its data cannot hold, such as a key that was renamed.

    That is a mistake in the type, not in the data: the author gets the line of what is around it.
    The tests turn every warning into an error, so there it is an exception.
    """


class Locations:
    """Locations in a data file; paths start below ``diagram:``, and lists are counted from 0."""

    def __init__(self, spec: type[BaseModel], source: YamlSource) -> None:
        self.spec = spec
        self.source = source

    def mark(self, path: Path, *, key: bool = False) -> Mark:
        """Return the location of the value (or key) at *path*, or of what holds it if the author left it out."""
        self.check(path, key=key)
        return self.source.mark((*ROOT, *path), key=key)

    def problem(self, code: Code, message: str, path: Path = (), *, key: bool = False) -> Problem:
        """Return a problem with what is at *path*."""
        self.check(path, key=key)
        return self.source.problem(code, message, (*ROOT, *path), key=key)

    def check(self, path: Path, *, key: bool = False) -> None:
        """Warn if nothing can be at *path*; what is written there, the model has accepted already.

        Warns:
            UnknownPathWarning: a part of *path* is neither a key of the model nor in the data.
        """
        full = (*ROOT, *path)
        if full in (self.source.keys if key else self.source.values):
            return
        wrong = unknown_part(self.spec, self.source.data["diagram"], path)  # type: ignore[call-overload,index]
        if wrong is not None:
            where = ".".join(map(str, full))
            message = (
                f"{self.source.path}: the line of {where!r} is not exact: there is no {wrong!r}."
                " This is an error in the diagram type; please report it."
            )
            warnings.warn(message, UnknownPathWarning, stacklevel=3)


def unknown_part(spec: type[BaseModel], data: Any, path: Path) -> str | int | None:
    """Return the first part of *path* that leads nowhere in *data*, which the model *spec* describes; None if all do.

    A key that the model has may be left out of the data, also by writing plain text for the whole mapping.
    Every other key is the author's own and so is in the data, as is the index of a list or of the one text for it.
    """
    kinds: tuple[Any, ...] = (spec,)
    for part in path:
        written = part in range(len(data)) if isinstance(data, list) else isinstance(data, dict) and part in data
        one_text = isinstance(data, str) and part == 0
        kinds = tuple(kind for outer in kinds for kind in _below(outer, part, written=written or one_text))
        if not kinds:
            return part
        data = data[part] if written else None
    return None


def _below(kind: Any, part: str | int, *, written: bool) -> tuple[Any, ...]:
    """Return the kinds of value that *part* leads to in a value of this *kind*."""
    if kind is Any:
        return (Any,)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields, free = _fields(kind)
        return fields.get(part, free if written else ())
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if written and origin is dict and isinstance(part, str):
        return tuple(_alternatives(arguments[1]))
    if written and origin in (list, tuple) and isinstance(part, int):
        return tuple(_alternatives(arguments[0]))
    return ()


@cache
def _fields(model: type[BaseModel]) -> tuple[dict[str | int, tuple[Any, ...]], tuple[Any, ...]]:
    """Return the kinds of value of each key of *model*, as authors write the key, and those of any other key."""
    fields: dict[str | int, tuple[Any, ...]] = {
        field.alias or name: tuple(_alternatives(field.annotation)) for name, field in model.model_fields.items()
    }
    if model.model_config.get("extra") != "allow":
        return fields, ()
    free = inspect.get_annotations(model, eval_str=True).get("__pydantic_extra__", dict[str, Any])
    return fields, tuple(_alternatives(typing.get_args(free)[1]))


def _alternatives(hint: Any) -> Iterator[Any]:
    """Yield the kinds of value that a type hint allows, without what is said about them."""
    origin = typing.get_origin(hint)
    if origin is Annotated:
        yield from _alternatives(typing.get_args(hint)[0])
    elif origin in (Union, types.UnionType):
        for item in typing.get_args(hint):
            yield from _alternatives(item)
    else:
        yield hint
