"""Figures with a label, and a limit for them: what the types of bars and lines share."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Limit, Measure, Message, Node
from sphinx_diagram_ext.types.base import ClaimSpec
from sphinx_diagram_ext.types.nodes import ItemSpec
from sphinx_diagram_ext.types.numbers import Amount, figure
from sphinx_diagram_ext.types.texts import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_diagram_ext.types.builder import Builder, Names


class LimitSpec(ClaimSpec):
    """A figure that the others are held against."""

    name: Words | None = Field(None, description="What the limit is, such as SLO.")
    value: Amount = Field(description="The figure.")


class MeasureSpec(ItemSpec):
    """A figure; a number instead of the mapping is its value."""

    value: Amount = Field(description="The figure.")

    plain: ClassVar[str | None] = "value"


class SeriesSpec(ClaimSpec):
    """One of several things that are compared."""

    name: Words | None = Field(None, description="What it is called; the key, made readable, if left out.")


def one_of(one: str, other: str, given: tuple[bool, bool], builder: Builder) -> None:
    """Note that not exactly one of two keys is *given*."""
    if all(given):
        builder.problem(Code.SCHEMA, f"Found {one!r} and {other!r}; the figures of a series stand below it.", other)
    elif not any(given):
        builder.problem(Code.SCHEMA, f"Wanted {one!r} or {other!r}.")


def bars_of(
    specs: Mapping[str, MeasureSpec], unit: str, names: Names, group: str, builder: Builder, path: tuple[str, ...]
) -> tuple[Measure, ...]:
    """Return the bars of *specs*, found at *path*; their nodes belong to the *group* of *names*."""
    bars = []
    for key, spec in specs.items():
        node = builder.node(names.key(group, key), spec, *path, key, name=key)
        label = node.label if spec.name else builder.message(key, *path, key)
        bars.append(measure_of(node, label, figure(spec.value, unit), spec.value, builder, (*path, key, "value")))
    return tuple(bars)


def measure_of(
    node: Node, label: Message, text: str, value: Decimal, builder: Builder, path: tuple[str, ...]
) -> Measure:
    """Return *node* with this label, and with the figure *text*, found at *path*, as its first detail."""
    details = (builder.message(text, *path), *node.details)
    return Measure(dataclasses.replace(node, label=label, details=details), value)


def limit_of(spec: LimitSpec | None, unit: str | None, builder: Builder) -> Limit | None:
    """Return the limit below ``limit:``, labelled with its name and figure; None if there is none."""
    if spec is None:
        return None
    text = figure(spec.value, unit)
    label = builder.message(f"{spec.name} {text}" if spec.name else text, "limit", "name" if spec.name else "value")
    return Limit(label, spec.value)
