"""``type: utilisation``: how much of each resource is in use, as bars."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Chart, Series
from sphinx_diagram_ext.types.base import DiagramSpec, Key
from sphinx_diagram_ext.types.builder import Builder, Names
from sphinx_diagram_ext.types.measure import LimitSpec, MeasureSpec, bars_of, limit_of

HUNDRED = Decimal(100)


class UtilisationSpec(DiagramSpec):
    """How much of each resource is in use, in percent."""

    type: Literal["utilisation"]
    resources: dict[Key, MeasureSpec] = Field(min_length=1, description="Percent in use by resource.")
    limit: LimitSpec | None = Field(None, description="From where on it is too much.")


def build(spec: UtilisationSpec, builder: Builder) -> Chart:
    """Return the bars; 100 % is the end of the scale."""
    names = Names(("", key) for key in spec.resources)
    figures: list[tuple[tuple[str, ...], Decimal]] = [
        (("resources", key), part.value) for key, part in spec.resources.items()
    ]
    figures += [(("limit",), spec.limit.value)] if spec.limit else []
    for path, value in figures:
        if value > HUNDRED:
            builder.problem(Code.SCHEMA, f"Found {value:f}, wanted percent: 100 at most.", *path, "value")
    bars = bars_of(spec.resources, "%", names, "", builder, ("resources",))
    return Chart((Series(None, bars),), limit=limit_of(spec.limit, "%", builder), top=HUNDRED)
