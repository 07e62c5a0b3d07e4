"""``type: latency``: percentiles, and the components of a budget, as bars."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import SUM, Chart, Series
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec
from sphinx_diagram_ext.types.builder import Builder, Names, titled
from sphinx_diagram_ext.types.measure import LimitSpec, MeasureSpec, SeriesSpec, bars_of, limit_of, one_of
from sphinx_diagram_ext.types.numbers import Amount, figure
from sphinx_diagram_ext.types.texts import Key, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

_PERCENTILE = re.compile(r"[pP]([0-9]{1,2}(?:\.[0-9]+)?|100|[0-9]{2,6})|max|MAX")


class BudgetSpec(ClaimSpec):
    """What of a total each component takes."""

    name: Words | None = Field(None, description="Title above the components.")
    total: Amount = Field(description="What the components add up to.")
    parts: dict[Key, MeasureSpec] = Field(min_length=1, description="Components by key.")


class PercentilesSpec(SeriesSpec):
    """Percentiles of one of several systems."""

    percentiles: dict[Key, MeasureSpec] = Field(min_length=1, description="Figures by percentile.")


class LatencySpec(DiagramSpec):
    """Percentiles of a latency, and the components that it consists of."""

    type: Literal["latency"]
    unit: Words = Field(description="Unit of the figures, such as ms.")
    name: Words | None = Field(None, description="Title above the percentiles.")
    percentiles: dict[Key, MeasureSpec] = Field({}, description="Figures by percentile: p50, p99, p99.9, max.")
    series: dict[Key, PercentilesSpec] = Field({}, description="Several systems instead, by key, drawn side by side.")
    budget: BudgetSpec | None = Field(None, description="Components that must add up.")
    limit: LimitSpec | None = Field(None, description="What the latency is held against.")


def build(spec: LatencySpec, builder: Builder) -> Chart:
    """Return the bars of the percentiles and of the components."""
    series = []
    _check_keys(spec, builder)
    parts = spec.budget.parts if spec.budget else {}
    names = Names(
        [
            *(("percentiles", key) for key in spec.percentiles),
            *((key, percentile) for key, part in spec.series.items() for percentile in part.percentiles),
            *(("budget", key) for key in parts),
        ]
    )
    name = builder.message(spec.name, "name") if spec.name else None
    if spec.percentiles:
        _check_percentiles(spec.percentiles, builder, "percentiles")
        bars = bars_of(spec.percentiles, spec.unit, names, "percentiles", builder, ("percentiles",))
        series.append(Series(name, bars))
    for key, part in spec.series.items():
        path = ("series", key, "percentiles")
        _check_percentiles(part.percentiles, builder, *path)
        bars = bars_of(part.percentiles, spec.unit, names, key, builder, path)
        series.append(Series(titled(builder, key, part.name, "series", key), bars, beside=bool(series)))
    if spec.budget:
        _check_budget(spec.budget, spec.unit, builder)
        bars = bars_of(parts, spec.unit, names, "budget", builder, ("budget", "parts"))
        title = spec.budget.name or SUM + figure(spec.budget.total, spec.unit)
        where = "name" if spec.budget.name else "total"
        label = builder.total(title, (bar.node for bar in bars), "budget", where)
        series.append(Series(label, bars, spec.budget.total))
    scale = name if spec.series else None
    return Chart(tuple(series), scale=scale, limit=limit_of(spec.limit, spec.unit, builder))


def _check_keys(spec: LatencySpec, builder: Builder) -> None:
    if not (spec.percentiles or spec.series or spec.budget):
        builder.problem(Code.SCHEMA, "Wanted 'percentiles', 'budget' or both.")
    if spec.percentiles and spec.series:
        one_of("percentiles", "series", (True, True), builder)
    if "budget" in spec.series:
        message = "'budget' is where the components are; call the series something else."
        builder.problem(Code.SCHEMA, message, "series", "budget", key=True)


def _check_percentiles(specs: Mapping[str, MeasureSpec], builder: Builder, *path: str) -> None:
    for key in specs:
        if not _PERCENTILE.fullmatch(key):
            message = f"Found {key!r}, wanted a percentile such as p50, p99.9 or max."
            builder.problem(Code.SCHEMA, message, *path, key, key=True)
    for (one, lower), (other, upper) in itertools.pairwise(specs.items()):
        if upper.value < lower.value:
            message = f"{other} is less than {one}: {figure(upper.value)} follows {figure(lower.value)}."
            builder.problem(Code.SCHEMA, message, *path, other)


def _check_budget(spec: BudgetSpec, unit: str, builder: Builder) -> None:
    whole = sum((part.value for part in spec.parts.values()), Decimal(0))
    if whole != spec.total:
        message = f"The components add up to {figure(whole, unit)}, but the budget is {figure(spec.total, unit)}."
        builder.problem(Code.SCHEMA, message, "budget", "total")
