"""``type: matrix``: things placed between two axes."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Matrix, Message, Place
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec, Spec
from sphinx_diagram_ext.types.builder import Builder
from sphinx_diagram_ext.types.nodes import ItemSpec
from sphinx_diagram_ext.types.numbers import Amount
from sphinx_diagram_ext.types.texts import Key, Words

TOP = Decimal(100)


class AxisSpec(ClaimSpec):
    """What an axis leads from and to."""

    low: Words = Field(description="Its beginning.")
    high: Words = Field(description="Its end.")


class QuadrantsSpec(Spec):
    """Titles of the quarters."""

    upper_right: Words | None = Field(None, description="High on both axes.")
    upper_left: Words | None = Field(None, description="High on the vertical axis only.")
    lower_left: Words | None = Field(None, description="Low on both axes.")
    lower_right: Words | None = Field(None, description="High on the horizontal axis only.")


class PlaceSpec(ItemSpec):
    """A thing and its place."""

    x: Amount = Field(description="Place on the horizontal axis, from 0 to 100.")
    y: Amount = Field(description="Place on the vertical axis, from 0 to 100.")


class MatrixSpec(DiagramSpec):
    """Things between two axes."""

    type: Literal["matrix"]
    x: AxisSpec = Field(description="The horizontal axis.")
    y: AxisSpec = Field(description="The vertical axis.")
    quadrants: QuadrantsSpec | None = Field(None, description="Titles of the quarters.")
    items: dict[Key, PlaceSpec] = Field(min_length=1, description="Things by key.")


def build(spec: MatrixSpec, builder: Builder) -> Matrix:
    """Return the matrix."""
    places = []
    for key, item in spec.items.items():
        for axis, value in (("x", item.x), ("y", item.y)):
            if value > TOP:
                builder.problem(Code.SCHEMA, f"Found {value:f}, wanted a place from 0 to 100.", "items", key, axis)
        node = builder.node(key, item, "items", key, name=key)
        places.append(Place(node, item.x / TOP, item.y / TOP))
    quadrants = spec.quadrants or QuadrantsSpec()
    titles = [_title(name, getattr(quadrants, name), builder) for name in QuadrantsSpec.model_fields]
    return Matrix(
        tuple(places),
        (builder.message(spec.x.low, "x", "low"), builder.message(spec.x.high, "x", "high")),
        (builder.message(spec.y.low, "y", "low"), builder.message(spec.y.high, "y", "high")),
        (titles[0], titles[1], titles[2], titles[3]),
    )


def _title(name: str, text: str | None, builder: Builder) -> Message | None:
    return builder.message(text, "quadrants", name) if text else None
