"""``type: curve``: what is reached under a growing load, as a line."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Literal

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Chart, Measure, Plot, Series, Tone
from sphinx_diagram_ext.types.base import DiagramSpec, ItemSpec, Key, Words
from sphinx_diagram_ext.types.builder import Builder, Names
from sphinx_diagram_ext.types.measure import LimitSpec, limit_of, measure_of
from sphinx_diagram_ext.types.numbers import Amount, figure


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


def build(spec: CurveSpec, builder: Builder) -> Chart:
    """Return the curve."""
    for (_, one), (key, other) in itertools.pairwise(spec.points.items()):
        if other.load <= one.load:
            message = f"The load does not grow: {figure(other.load)} follows {figure(one.load)}."
            builder.problem(Code.SCHEMA, message, "points", key, "load")
    if spec.knee is not None:
        builder.known(spec.knee, Names(("", key) for key in spec.points), "knee")
    points = tuple(_point(key, point, spec.knee, builder) for key, point in spec.points.items())
    scale = builder.message(spec.measure, "measure")
    across = builder.message(spec.load, "load")
    limit = limit_of(spec.limit, None, builder)
    return Chart((Series(None, points),), Plot.CURVE, scale, across, limit)


def _point(key: str, spec: PointSpec, knee: str | None, builder: Builder) -> Measure:
    path = ("points", key)
    node = builder.node(key, spec, *path, name=key)
    if key == knee and node.tone is Tone.NEUTRAL:
        node = dataclasses.replace(node, tone=Tone.CAUTION)
    load = builder.message(figure(spec.load), *path, "load")
    named = (builder.message(spec.name, *path, "name"),) if spec.name else ()
    node = dataclasses.replace(node, details=(*named, *node.details))
    measure = measure_of(node, load, figure(spec.value), spec.value, builder, (*path, "value"))
    return dataclasses.replace(measure, at=spec.load)
