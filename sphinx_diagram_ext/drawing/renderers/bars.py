"""Renderer of bars: percentiles, shares of use, and parts of a total."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.renderers.bar_panels import Bar, Bars, Panel
from sphinx_diagram_ext.drawing.renderers.chart_parts import inline
from sphinx_diagram_ext.drawing.renderers.number_format import NO_BREAK, number_format
from sphinx_diagram_ext.drawing.renderers.words import words
from sphinx_diagram_ext.drawing.scene import DETAIL, STRONG

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_diagram_ext.drawing.renderers.number_format import NumberFormat
    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.drawing.scene import Scene
    from sphinx_diagram_ext.model import Chart, Diagram, Limit, Measure, Message, Shares

APART = 20
"""How many times the figures of one panel are those of another with a scale of its own."""

_SIGN = 24.0
"""Widest unit that is repeated behind every figure, as a sign is."""


def draw_chart(diagram: Diagram, body: Chart, space: Space) -> Scene:
    """Return the bars of *body*: a panel for each series, with a scale of its own where the figures are far apart."""
    del diagram
    numbers, said = number_format(space.language), words(space.language)
    unit = body.unit.text if body.unit else ""
    sign = body.unit if unit == "%" else None
    tops = [_top(series.measures, body, first=not at) for at, series in enumerate(body.series)]
    joint = max(tops, default=Decimal(1))
    panels = []
    for series, own in zip(body.series, tops, strict=True):
        apart = own * APART < joint
        total = f"\u03a3{NO_BREAK}{numbers.text(series.total)}" if series.total is not None else ""
        title = series.name.text if series.name else "" if DETAIL.width(unit) <= _SIGN else unit
        bars = [
            Bar(one.node, one.value, numbers.quantity(one.value, sign), [text.text for text in one.remarks])
            for one in series.measures
        ]
        notes = [total if title else "", said.own_scale if apart else ""]
        panel = Panel(bars, own if apart else joint, title or total, inline([note for note in notes if note]), unit)
        panels.append(panel)
    if body.limit and panels:
        panels[0].limit = (body.limit.value, _limit(body.limit, body.unit, numbers))
    return Bars(panels, space, numbers).scene


def _top(measures: Iterable[Measure], body: Chart, *, first: bool) -> Decimal:
    """Return the end of the scale that a series needs."""
    found = [measure.value for measure in measures]
    if first and body.limit:
        found.append(body.limit.value)
    return body.top or max(found, default=Decimal(0)) or Decimal(1)


def _limit(limit: Limit, unit: Message | None, numbers: NumberFormat) -> str:
    figure = numbers.quantity(limit.value, unit)
    return f"{limit.name.text} {figure}" if limit.name else figure


def draw_shares(diagram: Diagram, body: Shares, space: Space) -> Scene:
    """Return the parts of a total as bars, the largest first, each with its share."""
    del diagram
    numbers = number_format(space.language)
    whole = sum((part.value for part in body.parts), Decimal(0))
    total = f"{words(space.language).total} {numbers.quantity(whole, body.unit, body.currency)}"
    unit, currency = (
        sign if sign and STRONG.width(sign.text) <= _SIGN else None for sign in (body.unit, body.currency)
    )
    bars = [
        Bar(
            part.node,
            part.value,
            numbers.quantity(part.value, unit, currency),
            [numbers.share(part.value, whole), *(text.text for text in part.remarks)],
        )
        for part in body.sorted
    ]
    top = max((bar.value for bar in bars), default=Decimal(0)) or Decimal(1)
    return Bars([Panel(bars, top, total, scaled=False)], space, numbers).scene
