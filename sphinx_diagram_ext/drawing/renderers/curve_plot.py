"""Plot of curves: axes, grid, limit and lines."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers.axis import Scale, decades, geometric, near, rounded_up, steps, ticks
from sphinx_diagram_ext.drawing.renderers.chart_parts import GRID, SERIES_TONES, ink, level, point, radius
from sphinx_diagram_ext.drawing.renderers.label_placement import Room
from sphinx_diagram_ext.drawing.renderers.number_format import NO_BREAK, number_format
from sphinx_diagram_ext.drawing.renderers.words import words
from sphinx_diagram_ext.drawing.scene import DETAIL, STRONG, TITLE, Align, Hook, Item, Line, Scene, Text
from sphinx_diagram_ext.fonts import wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.renderers.number_format import NumberFormat
    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.drawing.scene import Part
    from sphinx_diagram_ext.model import Chart, Measure, Tone

_HEIGHT, _LOW = 256.0, 208.0
"""Height of a plot in a column of text and on a phone."""
_STEP = 104.0
"""Width of a plot for each of its loads, as far as there is room for it."""
_LEAST_LOADS = 5
_INSET = 28.0
"""Between the sides of the plot and the first and the last point."""
_HEADROOM = 56.0
"""Room for labels above the plot."""


@dataclass(slots=True)
class Curve:
    """A curve: its measures and their points, from left to right."""

    name: str
    tone: Tone
    measures: Sequence[Measure]
    points: list[Point]

    def crosses(self, rect: Rect) -> bool:
        """Tell whether the line runs through *rect*."""
        first = max(bisect_left(self.points, (rect.left, 0.0)) - 1, 0)
        last = bisect_left(self.points, (rect.right, 0.0)) + 1
        return rect.met_by(self.points[first:last])


@dataclass(slots=True)
class CurvePlot:
    """A plot that is being drawn; ``room`` is what its labels have left free."""

    body: Chart
    space: Space
    scene: Scene = field(default_factory=Scene)
    numbers: NumberFormat = field(init=False)
    loads: list[Decimal] = field(init=False)
    across: Scale = field(init=False)
    up: Scale = field(init=False)
    rect: Rect = field(init=False)
    levels: list[Decimal] = field(init=False)
    curves: list[Curve] = field(init=False)
    room: Room = field(init=False)
    limit: Text | None = None
    outside: bool = field(init=False)
    """Whether the limit is far above the scale."""

    def __post_init__(self) -> None:
        self.numbers = number_format(self.space.language)
        values = [one.value for one in self.body.measures]
        limit = self.body.limit
        if limit and near(limit.value, values):
            top = max([*values, limit.value]) or Decimal(1)
        else:
            top = rounded_up(max(values, default=Decimal(0)) or Decimal(1))
        self.outside = limit is not None and limit.value > top
        self.levels = ticks(top)
        self.loads = sorted({at for series in self.body.series for at in _loads(series.measures)})
        left = max(DETAIL.width(self.numbers.text(value)) for value in self.levels) + 8
        width = min(self.space.width - left, _STEP * max(len(self.loads), _LEAST_LOADS))
        self.rect = Rect.at(left, 0, width, _LOW if self.space.narrow else _HEIGHT)
        self.up = Scale(0.0, float(top), self.rect.bottom, self.rect.top)
        ends = (float(self.loads[0]), float(self.loads[-1])) if self.loads else (0.0, 1.0)
        self.across = Scale(*ends, left + _INSET, self.rect.right - _INSET, geometric(self.loads))
        self.curves = list(self._curves())
        self.room = Room(Rect(left + 2, -_HEADROOM, self.space.width, self.rect.bottom - 2))
        for curve in self.curves:
            for measure, at in zip(curve.measures, curve.points, strict=True):
                size = 2 * radius(measure.node.tone)
                self.room.take(Rect.around(*at, size, size))

    def _curves(self) -> Iterator[Curve]:
        for series, tone in zip(self.body.series, itertools.cycle(SERIES_TONES)):
            places = zip(_loads(series.measures), series.measures, strict=True)
            points = [(self.across.at(load), self.up.at(one.value)) for load, one in places]
            yield Curve(series.label.text if series.label else "", tone, series.measures, points)

    def crosses(self, rect: Rect) -> bool:
        """Tell whether a curve runs through *rect*."""
        return any(curve.crosses(rect) for curve in self.curves)

    def place_limit(self) -> bool:
        """Find a place for the name of the limit at its line, and tell whether there was one."""
        if self.body.limit is None:
            return True
        name = self.numbers.within(self.body.limit.label.text, self.body.limit.value)
        if self.outside:
            name = f"\u2191{NO_BREAK}{name}"
        y = self.rect.top if self.outside else self.up.at(self.body.limit.value)
        self.room.take(Rect(self.rect.left, y - 1, self.rect.right, y + 1))
        rows = tuple(wrap(name, self.rect.width * 0.6, STRONG.size, bold=True))
        self.limit = Text(self.rect.right, y - 4 - STRONG.line * len(rows), rows, STRONG, align=Align.END)
        width, high, low = self.limit.width, self.limit.y, y + 3
        xs = [self.rect.right, self.rect.left + 8 + width]
        xs += [x for step in range(1, 40) if (x := self.rect.right - 16.0 * step) - width > self.rect.left + 8]
        for x, top in itertools.product(xs, (high, low)):
            self.limit.x, self.limit.y = x, top
            rect = self.limit.rect
            if self.room.free(rect, 2.0) and not self.crosses(rect.grown(3, 2)):
                self.room.take(rect)
                return True
        # Beside nothing that it could cover, above the plot.
        self.limit.x, self.limit.y = self.rect.right, -_HEADROOM - STRONG.line * len(rows)
        return False

    def ticks(self) -> list[Decimal]:
        """Return round loads, for a table that says the others."""
        if len(self.loads) <= 2:
            return self.loads
        return (decades if self.across.logarithmic else steps)(self.loads[0], self.loads[-1])

    def fitting(self, loads: Iterable[Decimal]) -> list[Text]:
        """Return the labels of those *loads* that fit beside each other below the plot."""
        found: list[Text] = []
        for load in loads:
            text = Text(self.across.at(load), self.rect.bottom + 8, (self.numbers.text(load),), DETAIL, "muted")
            half = text.width / 2
            text.x = min(text.x, self.space.width - half)
            if not found or text.x - half >= found[-1].rect.right + 8:
                found.append(text)
        return found

    def draw(self, labels: list[list[Part]], loads: Iterable[Decimal]) -> float:
        """Draw everything, with the *labels* of the measures in order and ticks at *loads*; return where it ends."""
        texts = [rect for parts in labels for rect in ink(parts)]
        texts += [self.limit.rect] if self.limit else []
        left, _, right, bottom = self.rect
        below = self.fitting(loads)
        for value in self.levels:
            y = self.up.at(value)
            if value:
                self.scene.add(Hook.AXIS, *level(y, left, right, "group-line", GRID, texts))
            text = (self.numbers.text(value),)
            self.scene.add(Hook.AXIS, Text(left - 8, y - DETAIL.line / 2, text, DETAIL, "muted", Align.END))
        for text_below in below:
            x = text_below.x
            self.scene.add(Hook.AXIS, Line([(x, bottom), (x, bottom + 4)], width=1.2), text_below)
        self.scene.add(Hook.AXIS, Line([(left, bottom), (right, bottom)], width=1.2))
        if self.body.limit and self.limit:
            y = self.up.at(self.body.limit.value)
            line = [] if self.outside else level(y, left, right, "problem-stroke", 1.6, texts)
            self.scene.add(Hook.AXIS, *line, self.limit)
        for curve in self.curves:
            self.scene.items.append(Item(parts=[Line(curve.points, f"{curve.tone}-stroke", 2, radius=0)]))
        label = iter(labels)
        for curve in self.curves:
            for measure, at in zip(curve.measures, curve.points, strict=True):
                parts, node = next(label), measure.node
                mark = point(node.tone, *at, curve.tone)
                self.scene.add(Hook.NODE, *mark, *parts, key=node.key, link=node.link or "")
        return self._titles(bottom + 8 + DETAIL.line)

    def _titles(self, y: float) -> float:
        """Write what the axes are: above the plot, and below it at the right; return where that ends."""
        width = self.space.width
        high = min(self.scene.rect.top, self.rect.top) - 12
        if self.body.scale:
            rows = tuple(wrap(self.body.scale.text, width, TITLE.size, bold=True))
            self.scene.add(Hook.AXIS, Text(0, high - TITLE.line * len(rows), rows, TITLE, align=Align.START))
        if self.body.across is None:
            return y
        right = self.rect.right
        rows = tuple(wrap(self.body.across.text, self.rect.width, TITLE.size, bold=True))
        name = Text(right, y + 4, rows, TITLE, align=Align.END)
        y = name.y + name.height
        self.scene.add(Hook.AXIS, name)
        if self.across.logarithmic:
            note = Text(right, y, (words(self.space.language).log_scale,), DETAIL, "muted", Align.END)
            self.scene.add(Hook.AXIS, note)
            if len(rows) == 1 and name.width + note.width + 10 <= self.rect.width:
                name.x, note.y = right - note.width - 10, name.y + 0.6
            else:
                y += DETAIL.line
        return y


def _loads(measures: Sequence[Measure]) -> list[Decimal]:
    """Return where *measures* are on the axis across: at their loads, else at equal distances."""
    return [Decimal(number) if one.at is None else one.at for number, one in enumerate(measures)]
