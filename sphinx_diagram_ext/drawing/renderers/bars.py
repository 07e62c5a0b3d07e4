"""Renderer of bars: percentiles, shares of use, and parts of a total."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.renderers.bar_panels import Bar, Bars, Panel
from sphinx_diagram_ext.drawing.renderers.chart_parts import inline
from sphinx_diagram_ext.drawing.renderers.number_format import NO_BREAK, Affixes, affixes, number_format
from sphinx_diagram_ext.drawing.renderers.words import words
from sphinx_diagram_ext.drawing.scene import DETAIL, STRONG
from sphinx_diagram_ext.model import SUM

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_diagram_ext.drawing.renderers.number_format import NumberFormat
    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.drawing.scene import Scene
    from sphinx_diagram_ext.model import Chart, Diagram, Measure, Series, Shares

APART = 20
"""How many times the figures of one panel are those of another with a scale of its own."""

_SIGN = 24.0
"""Widest unit that is repeated behind every figure, as a sign is."""


def draw_chart(diagram: Diagram, body: Chart, space: Space) -> Scene:
    """Return the bars of *body*: a panel for each series, with a scale of its own where the figures are far apart."""
    del diagram
    numbers = number_format(space.language)
    unit = _unit(body.measures)
    tops = [_top(series.measures, body, first=not at) for at, series in enumerate(body.series)]
    joint = max(tops, default=Decimal(1))
    panels = []
    for series, own in zip(body.series, tops, strict=True):
        apart = own * APART < joint
        panel = Panel([_bar(one, unit, numbers) for one in series.measures], own if apart else joint, unit=unit)
        _entitle(panel, series, numbers, words(space.language).own_scale if apart else "")
        panels.append(panel)
    if body.limit and panels:
        panels[0].limit = (body.limit.value, numbers.within(body.limit.label.text, body.limit.value))
    return Bars(panels, space, numbers).scene


def _unit(measures: Sequence[Measure]) -> str:
    """Return the unit of all figures, "" if they do not have the same."""
    found = {affixes(one.node.details[0].text, one.value) for one in measures}
    common = found.pop() if len(found) == 1 else None
    return common.behind.strip() if common and not common.before else ""


def _bar(measure: Measure, unit: str, numbers: NumberFormat) -> Bar:
    figure = numbers.text(measure.value)
    if unit == "%":
        figure += f"{NO_BREAK}%"
    elif not unit:
        figure = numbers.within(measure.node.details[0].text, measure.value)
    return Bar(measure.node, measure.value, figure, [text.text for text in measure.remarks])


def _entitle(panel: Panel, series: Series, numbers: NumberFormat, note: str) -> None:
    """Give *panel* its title, its sum and a *note*."""
    title = series.label.text if series.label else ""
    total = ""
    if title.startswith(SUM) and series.total is not None:
        title = numbers.within(title, series.total).removesuffix(f"{NO_BREAK}{panel.unit}")
    elif series.total is not None:
        total = f"{SUM}{numbers.text(series.total)}"
    panel.title = title or (panel.unit if DETAIL.width(panel.unit) > _SIGN else "")
    panel.note = inline([text for text in (total, note) if text])


def _top(measures: Iterable[Measure], body: Chart, *, first: bool) -> Decimal:
    """Return the end of the scale that a series needs."""
    found = [measure.value for measure in measures]
    if first and body.limit:
        found.append(body.limit.value)
    return body.top or max(found, default=Decimal(0)) or Decimal(1)


def draw_shares(diagram: Diagram, body: Shares, space: Space) -> Scene:
    """Return the parts of a total as bars, the largest first, each with its share."""
    del diagram
    numbers = number_format(space.language)
    whole = sum((part.value for part in body.parts), Decimal(0))
    title = f"{words(space.language).total} {numbers.within(body.total.text, whole)}"
    around = affixes(body.total.text, whole) or Affixes("", "")
    before, behind = (text if STRONG.width(text.strip()) <= _SIGN else "" for text in around)
    bars = []
    for part in body.sorted:
        remarks = [numbers.share(part.value, whole), *(text.text for text in part.remarks)]
        bars.append(Bar(part.node, part.value, f"{before}{numbers.text(part.value)}{behind}", remarks))
    top = max((bar.value for bar in bars), default=Decimal(0)) or Decimal(1)
    return Bars([Panel(bars, top, title, scaled=False)], space, numbers).scene
