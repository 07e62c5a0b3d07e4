"""``type: utilisation``: how much of each resource is in use, as bars."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Chart, Series
from sphinx_diagram_ext.types.base import DiagramSpec
from sphinx_diagram_ext.types.builder import Builder, Names, titled
from sphinx_diagram_ext.types.measure import LimitSpec, MeasureSpec, SeriesSpec, bars_of, limit_of, one_of
from sphinx_diagram_ext.types.texts import Key

HUNDRED = Decimal(100)


class ResourcesSpec(SeriesSpec):
    """What one of several systems uses."""

    resources: dict[Key, MeasureSpec] = Field(min_length=1, description="Percent in use by resource.")


class UtilisationSpec(DiagramSpec):
    """How much of each resource is in use, in percent."""

    type: Literal["utilisation"]
    resources: dict[Key, MeasureSpec] = Field({}, description="Percent in use by resource.")
    series: dict[Key, ResourcesSpec] = Field({}, description="Several systems instead, by key, drawn side by side.")
    limit: LimitSpec | None = Field(None, description="From where on it is too much.")


def build(spec: UtilisationSpec, builder: Builder) -> Chart:
    """Return the bars; 100 % is the end of the scale."""
    one_of("resources", "series", (bool(spec.resources), bool(spec.series)), builder)
    groups = {key: part.resources for key, part in spec.series.items()} or {"": spec.resources}
    paths = {key: ("series", key, "resources") if key else ("resources",) for key in groups}
    names = Names((group, key) for group, parts in groups.items() for key in parts)
    figures = [((*paths[group], key), part.value) for group, parts in groups.items() for key, part in parts.items()]
    figures += [(("limit",), spec.limit.value)] if spec.limit else []
    for path, value in figures:
        if value > HUNDRED:
            builder.problem(Code.SCHEMA, f"Found {value:f}, wanted percent: 100 at most.", *path, "value")
    series: list[Series] = []
    for group, parts in groups.items():
        label = titled(builder, group, spec.series[group].name, "series", group) if group else None
        bars = bars_of(parts, "%", names, group, builder, paths[group])
        series.append(Series(label, bars, beside=bool(series)))
    return Chart(tuple(series), limit=limit_of(spec.limit, "%", builder), top=HUNDRED)
