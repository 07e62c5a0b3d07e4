"""``type: latency``: percentiles, and the components of a budget, as bars."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import SUM, Chart, Series
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec, Key, Words
from sphinx_diagram_ext.types.builder import Builder, Names
from sphinx_diagram_ext.types.measure import LimitSpec, MeasureSpec, bars_of, limit_of
from sphinx_diagram_ext.types.numbers import Amount, figure

if TYPE_CHECKING:
    from collections.abc import Mapping

_PERCENTILE = re.compile(r"[pP]([0-9]{1,2}(?:\.[0-9]+)?|100|[0-9]{2,6})|max|MAX")


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


def build(spec: LatencySpec, builder: Builder) -> Chart:
    """Return the bars of the percentiles and of the components."""
    series = []
    if not (spec.percentiles or spec.budget):
        builder.problem(Code.SCHEMA, "Wanted 'percentiles', 'budget' or both.")
    parts = spec.budget.parts if spec.budget else {}
    names = Names([*(("percentiles", key) for key in spec.percentiles), *(("budget", key) for key in parts)])
    if spec.percentiles:
        _check_percentiles(spec.percentiles, builder)
        bars = bars_of(spec.percentiles, spec.unit, names, "percentiles", builder, ("percentiles",))
        series.append(Series(builder.message(spec.name, "name") if spec.name else None, bars))
    if spec.budget:
        _check_budget(spec.budget, spec.unit, builder)
        bars = bars_of(parts, spec.unit, names, "budget", builder, ("budget", "parts"))
        title = spec.budget.name or SUM + figure(spec.budget.total, spec.unit)
        path = ("budget", "name" if spec.budget.name else "total")
        label = builder.total(title, (bar.node for bar in bars), *path)
        series.append(Series(label, bars, spec.budget.total))
    return Chart(tuple(series), limit=limit_of(spec.limit, spec.unit, builder))


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
