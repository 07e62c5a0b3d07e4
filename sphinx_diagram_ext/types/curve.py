"""``type: curve``: what is reached under a growing load, as a line."""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Chart, Measure, Plot, Series, Tone
from sphinx_diagram_ext.types.base import DiagramSpec
from sphinx_diagram_ext.types.builder import Builder, Names, titled
from sphinx_diagram_ext.types.measure import LimitSpec, SeriesSpec, limit_of, measure_of, one_of
from sphinx_diagram_ext.types.nodes import ItemSpec
from sphinx_diagram_ext.types.numbers import Amount, figure
from sphinx_diagram_ext.types.texts import Key, Words

if TYPE_CHECKING:
    from collections.abc import Mapping


class PointSpec(ItemSpec):
    """A point of the curve."""

    load: Amount = Field(description="The load.")
    value: Amount = Field(description="What is reached under it.")


class PointsSpec(SeriesSpec):
    """A curve of several."""

    points: dict[Key, PointSpec] = Field(min_length=2, description="Points by key, from left to right.")


class CurveSpec(DiagramSpec):
    """What is reached under a growing load."""

    type: Literal["curve"]
    load: Words = Field(description="What grows from left to right, with its unit.")
    measure: Words = Field(description="What is measured, with its unit.")
    points: dict[Key, PointSpec] = Field({}, min_length=2, description="Points by key, from left to right.")
    series: dict[Key, PointsSpec] = Field({}, description="Several curves instead, by key.")
    knee: Key | None = Field(None, description="Point from which on more load brings little more.")
    limit: LimitSpec | None = Field(None, description="What cannot be exceeded.")


def build(spec: CurveSpec, builder: Builder) -> Chart:
    """Return the curves."""
    one_of("points", "series", (bool(spec.points), bool(spec.series)), builder)
    groups = {key: part.points for key, part in spec.series.items()} or {"": spec.points}
    names = Names((group, key) for group, points in groups.items() for key in points)
    knee = builder.known(spec.knee, names, "knee") if spec.knee is not None else None
    series: list[Series] = []
    for group, specs in groups.items():
        path = ("series", group, "points") if group else ("points",)
        _check_loads(specs, builder, *path)
        points = tuple(
            _point(names.key(group, key), key, point, knee, builder, (*path, key)) for key, point in specs.items()
        )
        label = titled(builder, group, spec.series[group].name, "series", group) if group else None
        series.append(Series(label, points, beside=bool(series)))
    scale = builder.message(spec.measure, "measure")
    across = builder.message(spec.load, "load")
    return Chart(tuple(series), Plot.CURVE, scale, across, limit_of(spec.limit, None, builder))


def _check_loads(specs: Mapping[str, PointSpec], builder: Builder, *path: str) -> None:
    for (_, one), (key, other) in itertools.pairwise(specs.items()):
        if other.load <= one.load:
            message = f"The load does not grow: {figure(other.load)} follows {figure(one.load)}."
            builder.problem(Code.SCHEMA, message, *path, key, "load")


def _point(key: str, name: str, spec: PointSpec, knee: str | None, builder: Builder, path: tuple[str, ...]) -> Measure:
    node = builder.node(key, spec, *path, name=name)
    if key == knee and node.tone is Tone.NEUTRAL:
        node = dataclasses.replace(node, tone=Tone.CAUTION)
    load = builder.message(figure(spec.load), *path, "load")
    named = (builder.message(spec.name, *path, "name"),) if spec.name else ()
    node = dataclasses.replace(node, details=(*named, *node.details))
    measure = measure_of(node, load, figure(spec.value), spec.value, builder, (*path, "value"))
    return dataclasses.replace(measure, at=spec.load)
