"""Timelines from left to right: periods as columns along an axis, in one or two rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.marks import SIZE, mark
from sphinx_diagram_ext.drawing.renderers.timeline_parts import ABOVE, DISC, PAD, ground
from sphinx_diagram_ext.drawing.scene import DETAIL, NAME, STRONG, TITLE, Align, Box, Hook, Line, Text
from sphinx_diagram_ext.drawing.shapes import labelled, wrapped
from sphinx_diagram_ext.model import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_diagram_ext.drawing.renderers.timeline_parts import Moment
    from sphinx_diagram_ext.drawing.scene import Part, Scene
    from sphinx_diagram_ext.model import Period

LEAST, MOST = 128.0, 224.0
"""Width of the narrowest and of the widest column."""

APART = 8.0
"""Between columns."""

MOST_ROWS = 2
"""A reader who has to go back to the left more often is better served from top to bottom."""

BAR = 4.0
"""Height of the coloured bar of a period."""

BETWEEN = 32.0
"""Between rows."""


def rows_of_periods(periods: Sequence[Period], width: float) -> list[list[int]] | None:
    """Return the numbers of the periods in each row, or None if they need too many, or a period is too wide."""
    words = (
        (word, font)
        for period in periods
        for event in period.events
        for text, font in (
            (event.node.label, NAME),
            (event.time, STRONG),
            *((one, DETAIL) for one in event.node.details),
        )
        for word in text.text.split()
    )
    need = max((font.width(word) for word, font in words), default=0.0) + 2 * PAD
    if need > MOST:
        return None
    most = int((width + APART) / (max(need, LEAST) + APART))
    rows: list[list[int]] = []
    count = most + 1
    for at, period in enumerate(periods):
        if len(period.events) > most:
            return None
        count += len(period.events)
        if count > most:
            rows.append([])
            count = len(period.events)
        rows[-1].append(at)
    return rows if len(rows) <= MOST_ROWS else None


def draw_columns(
    scene: Scene,
    periods: Sequence[Period],
    found: list[list[Moment]],
    rows: list[list[int]],
    top: float,
    width: float,
) -> None:
    """Draw all periods and their events."""
    most = max(sum(len(periods[at].events) for at in row) for row in rows)
    column = min((width - APART * (most - 1)) / most, MOST)
    nodes = []
    for number, row in enumerate(rows):
        drawn = _Row(column, top)
        top = drawn.draw(scene, [(periods[at], found[at]) for at in row], last=number == len(rows) - 1) + BETWEEN
        nodes += drawn.nodes
    for moment, parts in nodes:
        scene.add(Hook.NODE, *parts, key=moment.event.node.key, link=moment.event.node.link or "")


class _Row:
    """Periods beside each other: titles, times, the axis and cards below each other."""

    def __init__(self, column: float, top: float) -> None:
        self.column, self.top = column, top
        self.nodes: list[tuple[Moment, list[Part]]] = []

    def draw(self, scene: Scene, parts: list[tuple[Period, list[Moment]]], *, last: bool) -> float:
        """Draw all but the events; return the bottom."""
        events = [moment for _, own in parts for moment in own]
        inner = self.column - 2 * PAD
        heads = [self._head(period, len(own)) for period, own in parts]
        high = max((len(rows) for rows in heads), default=0)
        under = self.top + (BAR + ABOVE + TITLE.line * high + ABOVE if high else 0)
        times = max(len(moment.times(inner)) for moment in events) * STRONG.line
        axis = under + times + 6 + DISC
        cards = axis + DISC + 8
        bottom = max(cards + moment.card(self.column)[1] for moment in events)
        x = 0.0
        for (period, own), rows in zip(parts, heads, strict=True):
            right = x + len(own) * (self.column + APART) - APART
            if high:
                self._title(scene, period, rows, Rect(x, self.top, right, bottom))
            for moment in own:
                self._event(moment, axis, Rect(x, cards, x + self.column, bottom))
                x += self.column + APART
        end = x - APART - self.column + PAD if last else x - APART
        start = PAD if self.top < BETWEEN else 0.0
        scene.add(Hook.AXIS, Line([(start, axis), (max(end, start + 1), axis)], "group-line", 2))
        return bottom

    def _head(self, period: Period, events: int) -> list[str]:
        shift = SIZE + 8 if period.tone.mark else 0.0
        wide = events * (self.column + APART) - APART - 2 * PAD - shift
        return wrapped(period.label, wide, TITLE) if period.label else []

    def _title(self, scene: Scene, period: Period, rows: list[str], rect: Rect) -> None:
        ink = "group-line" if period.tone is Tone.NEUTRAL else f"{period.tone}-stroke"
        bar = Box(Rect(rect.left, rect.top, rect.right, rect.top + BAR), ink, radius=0)
        x, y = rect.left + PAD, rect.top + BAR + ABOVE
        signs = mark(period.tone, x + SIZE / 2, y + TITLE.line / 2) if rows else []
        scene.add(Hook.GROUP, Box(rect), bar, *signs)
        if rows:
            shift = SIZE + 8 if signs else 0.0
            scene.add(Hook.TITLE, Text(x + shift, y, tuple(rows), TITLE, "text", Align.START))

    def _event(self, moment: Moment, axis: float, rect: Rect) -> None:
        """Add an event whose card fills *rect*, as high as the others of its line."""
        lines, _ = moment.card(self.column)
        inner = self.column - 2 * PAD
        x = rect.left + PAD
        time = axis - DISC - 6 - len(moment.times(inner)) * STRONG.line
        card = Box(rect, ground(moment.event))
        texts = labelled(moment.event.node, tuple(lines), x, rect.top + ABOVE, Align.START)
        times = moment.time_parts(x, time, inner, Align.START)
        self.nodes.append((moment, [card, *texts, *moment.place(x + DISC, axis, axis, times)]))
