"""Outlines of charts, shares and matrices: figures and what they are held against."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.renderers.number_format import NumberFormat, number_format
from sphinx_diagram_ext.model.chart import SUM, TIMES
from sphinx_diagram_ext.plaintext.outline.common import Outliner
from sphinx_diagram_ext.plaintext.outline.entry import Entry, Outline, Wording

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Chart, Diagram, Matrix, Measure, Shares
    from sphinx_diagram_ext.model.chart import Series

_HALF = Decimal("0.5")


def chart(diagram: Diagram, body: Chart, wording: Wording) -> Outline:
    """Return the axes and the limit of a chart, then its measures below the title of each series."""
    outliner, numbers = Outliner(diagram, wording), number_format(wording.language)
    said = [(wording.axis, body.scale), (wording.across, body.across)]
    remarks = [template.format(text.text) for template, text in said if text]
    if body.limit:
        remarks.append(wording.limit.format(numbers.within(body.limit.label.text, body.limit.value)))
    entries: list[Entry] = []
    for series in body.series:
        label = series.label.text if series.label else ""
        inner = tuple(_measure(outliner, one, numbers, within=label) for one in series.measures)
        title = _title(series, numbers)
        entries += [Entry(title, inner=inner)] if title else inner
    return Outline(tuple(remarks), tuple(entries))


def _title(series: Series, numbers: NumberFormat) -> str:
    label = " ".join(series.label.text.split()) if series.label else ""
    if series.total is None:
        return label
    if label and f"{series.total:f}" in label:
        return numbers.within(label, series.total)
    return f"{label}{'. ' if label else ''}{SUM}{numbers.text(series.total)}"


def _measure(outliner: Outliner, measure: Measure, numbers: NumberFormat, share: str = "", within: str = "") -> Entry:
    details = [line.text for line in measure.node.details]
    if details:
        details[0] = numbers.within(details[0], measure.value)
    if share:
        # The data's own share, behind the amount, has decimals that the picture has not.
        amount = (
            details[0].rpartition("(")[0].rstrip() if details and details[0].endswith("%)") else "".join(details[:1])
        )
        details[:1] = [amount, share]
    for at, detail in enumerate(details):
        if measure.factors and TIMES in detail:
            quantity, _, price = detail.partition(TIMES)
            one, other = measure.factors
            details[at] = numbers.within(quantity, one) + TIMES + numbers.within(price, other)
    before = numbers.text(measure.at) if measure.at is not None else ""
    shown = before if before not in measure.node.label.text else ""
    return outliner.node(measure.node, within=within, said=[*([shown] if shown else []), *details])


def shares(diagram: Diagram, body: Shares, wording: Wording) -> Outline:
    """Return the total, then the parts from the largest to the smallest with how much each is of it."""
    outliner, numbers = Outliner(diagram, wording), number_format(wording.language)
    whole = sum((part.value for part in body.parts), Decimal(0))
    parts = tuple(_measure(outliner, part, numbers, numbers.share(part.value, whole)) for part in body.sorted)
    return Outline((wording.total.format(numbers.within(body.total.text, whole)),), parts)


def matrix(diagram: Diagram, body: Matrix, wording: Wording) -> Outline:
    """Return the axes of a matrix, then its quadrants with what is in each."""
    outliner = Outliner(diagram, wording)
    ends = ((wording.upwards, body.y), (wording.rightwards, body.x))
    remarks = tuple(template.format(low=low.text, high=high.text) for template, (low, high) in ends)
    sides = {(True, True): 0, (False, True): 1, (False, False): 2, (True, False): 3}
    inside: list[list[Entry]] = [[], [], [], []]
    for place in body.places:
        inside[sides[place.x >= _HALF, place.y >= _HALF]].append(outliner.node(place.node))
    entries = []
    for (right, up), at in sides.items():
        title = body.quadrants[at]
        where = f"{body.y[up].text}, {body.x[right].text}"
        text = f"{' '.join(title.text.split())} ({where})" if title else where
        if title or inside[at]:
            entries.append(Entry(text, inner=tuple(inside[at])))
    return Outline(remarks, tuple(entries))
