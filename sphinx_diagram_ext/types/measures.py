"""``type: latency``, ``utilisation`` and ``curve``: figures as bars or as a line."""

from __future__ import annotations

import dataclasses
import itertools
import re
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Chart, Limit, Measure, Message, Node, Plot, Series, Tone
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec, ItemSpec, Key, Words
from sphinx_diagram_ext.types.builder import Builder, Names
from sphinx_diagram_ext.types.numbers import Amount, figure

if TYPE_CHECKING:
    from collections.abc import Mapping

HUNDRED = Decimal(100)
_PERCENTILE = re.compile(r"[pP]([0-9]{1,2}(?:\.[0-9]+)?|100|[0-9]{2,6})|max|MAX")


class LimitSpec(ClaimSpec):
    """A figure that the others are held against."""

    name: Words | None = Field(None, description="What the limit is, such as SLO.")
    value: Amount = Field(description="The figure.")


class MeasureSpec(ItemSpec):
    """A figure; a number instead of the mapping is its value."""

    value: Amount = Field(description="The figure.")

    plain: ClassVar[str | None] = "value"


class BudgetSpec(ClaimSpec):
    """What of a total each component takes."""

    name: Words | None = Field(None, description="Title above the components.")
    total: Amount = Field(description="What the components add up to.")
    parts: dict[Key, MeasureSpec] = Field(min_length=1, description="Components by key.")


class LatencySpec(DiagramSpec):
    """Percentiles of a latency, and the components that it consists of."""

    type: Literal["latency"]
    unit: Words = Field(description="Unit of the figures, such as ms.")
    name: Words | None = Field(None, description="Title above the percentiles.")
    percentiles: dict[Key, MeasureSpec] = Field({}, description="Figures by percentile: p50, p99, p99.9, max.")
    budget: BudgetSpec | None = Field(None, description="Components that must add up.")
    limit: LimitSpec | None = Field(None, description="What the latency is held against.")


class UtilisationSpec(DiagramSpec):
    """How much of each resource is in use, in percent."""

    type: Literal["utilisation"]
    resources: dict[Key, MeasureSpec] = Field(min_length=1, description="Percent in use by resource.")
    limit: LimitSpec | None = Field(None, description="From where on it is too much.")


class PointSpec(ItemSpec):
    """A point of the curve."""

    load: Amount = Field(description="The load.")
    value: Amount = Field(description="What is reached under it.")


class CurveSpec(DiagramSpec):
    """What is reached under a growing load."""

    type: Literal["curve"]
    load: Words = Field(description="What grows from left to right, with its unit.")
    measure: Words = Field(description="What is measured, with its unit.")
    points: dict[Key, PointSpec] = Field(min_length=2, description="Points by key, from left to right.")
    knee: Key | None = Field(None, description="Point from which on more load brings little more.")
    limit: LimitSpec | None = Field(None, description="What cannot be exceeded.")


def build_latency(spec: LatencySpec, builder: Builder) -> Chart:
    """Return the bars of the percentiles and of the components."""
    series = []
    if not (spec.percentiles or spec.budget):
        builder.problem(Code.SCHEMA, "Wanted 'percentiles', 'budget' or both.")
    parts = spec.budget.parts if spec.budget else {}
    names = Names([*(("percentiles", key) for key in spec.percentiles), *(("budget", key) for key in parts)])
    if spec.percentiles:
        _check_percentiles(spec.percentiles, builder)
        bars = _bars(spec.percentiles, spec.unit, names, "percentiles", builder, ("percentiles",))
        series.append(Series(builder.message(spec.name, "name") if spec.name else None, bars))
    if spec.budget:
        _check_budget(spec.budget, spec.unit, builder)
        bars = _bars(parts, spec.unit, names, "budget", builder, ("budget", "parts"))
        title = spec.budget.name or ("\u03a3 " + figure(spec.budget.total, spec.unit))
        place = ("budget", "name" if spec.budget.name else "total")
        series.append(Series(builder.total(title, (bar.node for bar in bars), *place), bars))
    return Chart(tuple(series), limit=_limit(spec.limit, spec.unit, builder))


def build_utilisation(spec: UtilisationSpec, builder: Builder) -> Chart:
    """Return the bars; 100 % is the end of the scale."""
    names = Names(("", key) for key in spec.resources)
    figures: list[tuple[tuple[str, ...], Decimal]] = [
        (("resources", key), part.value) for key, part in spec.resources.items()
    ]
    figures += [(("limit",), spec.limit.value)] if spec.limit else []
    for path, value in figures:
        if value > HUNDRED:
            builder.problem(Code.SCHEMA, f"Found {value:f}, wanted percent: 100 at most.", *path, "value")
    bars = _bars(spec.resources, "%", names, "", builder, ("resources",))
    return Chart((Series(None, bars),), limit=_limit(spec.limit, "%", builder), top=HUNDRED)


def build_curve(spec: CurveSpec, builder: Builder) -> Chart:
    """Return the curve; the points stand at equal distances."""
    for (_, one), (key, other) in itertools.pairwise(spec.points.items()):
        if other.load <= one.load:
            message = f"The load does not grow: {figure(other.load)} follows {figure(one.load)}."
            builder.problem(Code.SCHEMA, message, "points", key, "load")
    if spec.knee is not None:
        builder.known(spec.knee, Names(("", key) for key in spec.points), "knee")
    points = tuple(_point(key, point, spec, builder) for key, point in spec.points.items())
    scale = builder.message(spec.measure, "measure")
    across = builder.message(spec.load, "load")
    limit = _limit(spec.limit, None, builder)
    return Chart((Series(None, points),), Plot.CURVE, scale, across, limit)


def _bars(
    specs: Mapping[str, MeasureSpec], unit: str, names: Names, group: str, builder: Builder, path: tuple[str, ...]
) -> tuple[Measure, ...]:
    bars = []
    for key, spec in specs.items():
        node = builder.node(names.key(group, key), spec, *path, key, name=key)
        label = node.label if spec.name else builder.message(key, *path, key)
        bars.append(_measure(node, label, figure(spec.value, unit), spec.value, builder, (*path, key, "value")))
    return tuple(bars)


def _point(key: str, spec: PointSpec, builder_spec: CurveSpec, builder: Builder) -> Measure:
    path = ("points", key)
    node = builder.node(key, spec, *path, name=key)
    if key == builder_spec.knee and node.tone is Tone.NEUTRAL:
        node = dataclasses.replace(node, tone=Tone.CAUTION)
    load = builder.message(figure(spec.load), *path, "load")
    named = (builder.message(spec.name, *path, "name"),) if spec.name else ()
    node = dataclasses.replace(node, details=(*named, *node.details))
    return _measure(node, load, figure(spec.value), spec.value, builder, (*path, "value"))


def _measure(node: Node, label: Message, text: str, value: Decimal, builder: Builder, path: tuple[str, ...]) -> Measure:
    details = (builder.message(text, *path), *node.details)
    return Measure(dataclasses.replace(node, label=label, details=details), value)


def _limit(spec: LimitSpec | None, unit: str | None, builder: Builder) -> Limit | None:
    if spec is None:
        return None
    text = figure(spec.value, unit)
    label = builder.message(f"{spec.name} {text}" if spec.name else text, "limit", "name" if spec.name else "value")
    return Limit(label, spec.value)


def _check_percentiles(specs: Mapping[str, MeasureSpec], builder: Builder) -> None:
    for key in specs:
        if not _PERCENTILE.fullmatch(key):
            message = f"Found {key!r}, wanted a percentile such as p50, p99.9 or max."
            builder.problem(Code.SCHEMA, message, "percentiles", key, key=True)
    for (one, lower), (other, upper) in itertools.pairwise(specs.items()):
        if upper.value < lower.value:
            message = f"{other} is less than {one}: {figure(upper.value)} follows {figure(lower.value)}."
            builder.problem(Code.SCHEMA, message, "percentiles", other)


def _check_budget(spec: BudgetSpec, unit: str, builder: Builder) -> None:
    whole = sum((part.value for part in spec.parts.values()), Decimal(0))
    if whole != spec.total:
        message = f"The components add up to {figure(whole, unit)}, but the budget is {figure(spec.total, unit)}."
        builder.problem(Code.SCHEMA, message, "budget", "total")
