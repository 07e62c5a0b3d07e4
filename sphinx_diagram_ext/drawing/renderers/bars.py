"""Renderer of bars: percentiles, shares of use, and parts of a total."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.renderers.axis import near
from sphinx_diagram_ext.drawing.renderers.bar_panels import Bar, Bars, Panel
from sphinx_diagram_ext.drawing.renderers.chart_parts import SERIES_TONES, inline
from sphinx_diagram_ext.drawing.renderers.number_format import NO_BREAK, Affixes, affixes, number_format
from sphinx_diagram_ext.drawing.renderers.words import words
from sphinx_diagram_ext.drawing.scene import DETAIL, STRONG
from sphinx_diagram_ext.model import SUM, TIMES, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_diagram_ext.drawing.renderers.number_format import NumberFormat
    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.drawing.scene import Scene
    from sphinx_diagram_ext.model import Chart, Diagram, Measure, Message, Node, Series, Shares

APART = 20
"""How many times the figures of one panel are those of another with a scale of its own."""

_MAGNITUDES = frozenset(["k", "K", "M", "B", "G", "T", "bn", "mn", "tn", "тыс", "тыс.", "млн", "млрд", "трлн"])
"""Words and letters that a figure is wrong without."""

_SIGN = 24.0
"""Widest unit that is repeated behind every figure, as a sign is."""


def draw_chart(diagram: Diagram, body: Chart, space: Space) -> Scene:
    """Return the bars of *body*: a panel for each series, with a scale of its own where the figures are far apart."""
    del diagram
    numbers = number_format(space.language)
    unit = _unit(body.measures)
    groups: list[list[Series]] = []
    for series in body.series:
        if series.beside and groups:
            groups[-1].append(series)
        else:
            groups.append([series])
    tops = [_top(group, body, first=group is groups[0]) for group in groups]
    joint = max(tops, default=Decimal(1))
    panels = []
    for group, own in zip(groups, tops, strict=True):
        apart = own * APART < joint
        panel = Panel(_rows(group, unit, numbers), own if apart else joint, unit=unit)
        title = body.scale if len(group) > 1 else group[0].label
        _entitle(panel, title, group[0].total, numbers, words(space.language).own_scale if apart else "")
        panels.append(panel)
    if body.limit and panels:
        panels[0].limit = (body.limit.value, numbers.within(body.limit.label.text, body.limit.value))
    return Bars(panels, space, numbers).scene


def _unit(measures: Sequence[Measure]) -> str:
    """Return the unit of all figures, "" if they do not have the same."""
    found = {affixes(one.node.details[0].text, one.value) for one in measures}
    common = found.pop() if len(found) == 1 else None
    return common.behind.strip() if common and not common.before else ""


def _rows(group: list[Series], unit: str, numbers: NumberFormat) -> list[list[Bar]]:
    """Return the bars by their names; of several series the first bar of each says which it is."""
    rows: dict[str, list[Bar]] = {}
    ranks = itertools.count()
    for series, paint in zip(group, itertools.cycle(SERIES_TONES)):
        named = len(group) == 1 or series.label is None
        for measure in series.measures:
            bar = _bar(measure, unit, numbers, paint, next(ranks))
            if not named and series.label:
                bar.series = series.label.text
            named = True
            # Measures of one series stay apart whatever they are called.
            name = measure.node.label.text if len(group) > 1 else measure.node.key
            rows.setdefault(name, []).append(bar)
    return list(rows.values())


def _bar(measure: Measure, unit: str, numbers: NumberFormat, paint: Tone, rank: int) -> Bar:
    figure = numbers.text(measure.value)
    if unit == "%":
        figure += f"{NO_BREAK}%"
    elif not unit:
        figure = numbers.within(measure.node.details[0].text, measure.value)
    return Bar(measure.node, measure.value, figure, _remarks(measure, numbers), _toned(measure.node, paint), rank)


def _toned(node: Node, paint: Tone) -> Tone:
    return paint if node.tone is Tone.NEUTRAL else node.tone


def _entitle(panel: Panel, label: Message | None, total: Decimal | None, numbers: NumberFormat, note: str) -> None:
    """Give *panel* its title, its sum and a *note*."""
    title = label.text if label else ""
    notes = [note]
    if total is not None and title.startswith(SUM):
        title = numbers.within(title, total).removesuffix(f"{NO_BREAK}{panel.unit}")
    elif total is not None:
        notes.insert(0, f"{SUM}{numbers.text(total)}")
    panel.title = title or (panel.unit if DETAIL.width(panel.unit) > _SIGN else "")
    panel.note = inline([text for text in notes if text])


def _top(group: Iterable[Series], body: Chart, *, first: bool) -> Decimal:
    """Return the end of the scale that series of one panel need."""
    found = [measure.value for series in group for measure in series.measures]
    if first and body.limit:
        found += [body.limit.value] if near(body.limit.value, found) else []
    return body.top or max(found, default=Decimal(0)) or Decimal(1)


def _remarks(part: Measure, numbers: NumberFormat) -> list[str]:
    """Return what is said of a part, the figures of its quantity and its price among it in the form for people."""
    remarks = [text.text for text in part.remarks]
    if part.factors:
        quantity, price = remarks[0].partition(TIMES)[::2]
        remarks[0] = numbers.within(quantity, part.factors[0]) + TIMES + numbers.within(price, part.factors[1])
    return remarks


def draw_shares(diagram: Diagram, body: Shares, space: Space) -> Scene:
    """Return the parts of a total as bars, the largest first, each with its share."""
    del diagram
    numbers = number_format(space.language)
    whole = sum((part.value for part in body.parts), Decimal(0))
    title = f"{words(space.language).total} {numbers.within(body.total.text, whole)}"
    around = affixes(body.total.text, whole) or Affixes("", "")
    before, behind = (_sign(text) for text in around)
    bars: list[Bar] = []
    for part in body.sorted:
        remarks = [numbers.share(part.value, whole), *_remarks(part, numbers)]
        figure = f"{before}{numbers.text(part.value)}{behind}"
        bars.append(Bar(part.node, part.value, figure, remarks, _toned(part.node, Tone.BLUE), len(bars)))
    top = max((bar.value for bar in bars), default=Decimal(0)) or Decimal(1)
    return Bars([Panel([[bar] for bar in bars], top, title, scaled=False)], space, numbers).scene


def _sign(unit: str) -> str:
    """Return what of a unit every figure repeats: all of a short one, and the magnitude that a longer one begins with.

    Without the "K" of "K a month" a figure would be wrong by a thousand.
    """
    if STRONG.width(unit.strip()) <= _SIGN:
        return unit
    first = unit.split(maxsplit=1)[0]
    return f"{unit[: len(unit) - len(unit.lstrip())]}{first}" if first in _MAGNITUDES else ""
