"""Panels of bars: names beside or above the bars, figures at their ends, a grid and a limit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers.axis import Scale, ticks
from sphinx_diagram_ext.drawing.renderers.chart_parts import GRID, ink, inline, lines_of, upright
from sphinx_diagram_ext.drawing.renderers.number_format import NO_BREAK
from sphinx_diagram_ext.drawing.scene import DETAIL, PLAIN, STRONG, TITLE, Align, Box, Hook, Item, Scene, Text
from sphinx_diagram_ext.drawing.shapes import outline
from sphinx_diagram_ext.fonts import wrap
from sphinx_diagram_ext.model import Role, Tone

if TYPE_CHECKING:
    from decimal import Decimal

    from sphinx_diagram_ext.drawing.renderers.number_format import NumberFormat
    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.drawing.scene import Font, Part
    from sphinx_diagram_ext.model import Node

BAR = 22.0
"""Height of a bar."""
PITCH = 32.0
"""Least distance from a bar to the next."""
LONGEST = 440.0
"""Length of the scale in CSS pixels, where there is room for it."""
_NAMES = 216.0
"""Widest column of names."""
_BETWEEN = 3.0
"""Between the bars of a row."""
_GAP = 8.0
"""Between a bar and its figure."""
_LEAST = 0.45
"""Least part of the room that the scale takes."""


@dataclass(slots=True)
class Bar:
    """A bar: its figure, and what is said besides."""

    node: Node
    value: Decimal
    figure: str
    remarks: list[str]
    tone: Tone = Tone.BLUE
    rank: int = 0
    """Its number in reading order."""
    series: str = ""
    """Name of the series that it is the first of, where several are compared."""

    def said(self, *, named: bool) -> list[str]:
        """Return what is said behind its figure; *named* tells whether its series is named inside it."""
        return self.remarks if named or not self.series else [self.series, *self.remarks]

    @property
    def beside(self) -> float:
        """Width of figure and remarks on one line."""
        more = inline(self.said(named=False))
        return STRONG.width(self.figure) + (6 + DETAIL.width(more) if more else 0)


@dataclass(slots=True)
class Panel:
    """Bars on one scale, below a title; those of a row have one name."""

    rows: list[list[Bar]]
    top: Decimal
    title: str = ""
    note: str = ""
    unit: str = ""
    limit: tuple[Decimal, str] | None = None
    """Value and name; one above ``top`` is named at the end of the scale, and has no line."""
    scaled: bool = True
    """Whether it has ticks and a grid."""

    @property
    def bars(self) -> list[Bar]:
        """All bars, row by row."""
        return [bar for row in self.rows for bar in row]


@dataclass(slots=True)
class Bars:
    """Layout of bars in panels below each other, whose scales begin at one line."""

    panels: list[Panel]
    space: Space
    numbers: NumberFormat
    scene: Scene = field(default_factory=Scene)
    axis: float = 0.0
    length: float = 0.0

    def __post_init__(self) -> None:
        bars = [bar for panel in self.panels for bar in panel.bars]
        if not self.space.narrow:
            names = (PLAIN.width(row) for bar in bars for row in lines_of([bar.node.label], _NAMES, PLAIN))
            self.axis = max(names, default=0.0) + 12
        self.length = self._scale_length()
        y = 0.0
        for panel in self.panels:
            y = self._panel(panel, y) + 32

    def _scale_length(self) -> float:
        """Return the longest scale that leaves the figures, and most of the remarks, room behind their bars."""
        room = self.space.width - self.axis - _GAP
        least = _LEAST * room
        found = min(LONGEST, room)
        for panel in self.panels:
            for bar in panel.bars:
                part = float(bar.value / panel.top)
                if part > 0:
                    found = min(found, max((room - STRONG.width(bar.figure)) / part, least))
                    beside = (room - bar.beside) / part
                    found = min(found, beside) if beside >= least else found
            last = ticks(panel.top)[-1]
            if panel.scaled and last:
                reach = self._tick(panel, last).width - DETAIL.width(self.numbers.text(last)) / 2
                found = min(found, max((room + _GAP - reach) * float(panel.top / last), least))
        return found

    def _tick(self, panel: Panel, value: Decimal) -> Text:
        """Return the label of a tick; the last one says the unit if no title does."""
        text = self.numbers.text(value)
        if panel.unit and not panel.title and value == ticks(panel.top)[-1]:
            text = f"{text}{NO_BREAK}{panel.unit}"
        return Text(0, 0, (text,), DETAIL, "muted", Align.START)

    def _panel(self, panel: Panel, y: float) -> float:
        """Draw *panel* from *y* on and return where it ends."""
        scale = Scale(0.0, float(panel.top), self.axis, self.axis + self.length)
        limit = scale.at(panel.limit[0]) if panel.limit and panel.limit[0] <= panel.top else None
        y, above = self._heads(panel, y, limit)
        top = y
        drawn: list[tuple[int, Item]] = []
        for row in panel.rows:
            items = [Item(Hook.NODE, key=bar.node.key, link=bar.node.link or "") for bar in row]
            apart = (PITCH - BAR) / 2 if len(row) == 1 else PITCH - BAR
            y = self._row(items, row, scale, y + apart, limit) + apart
            drawn += zip((bar.rank for bar in row), items, strict=True)
        nodes = [item for _, item in sorted(drawn, key=lambda one: one[0])]
        texts = [rect for item in nodes for rect in ink(item.parts)]
        if panel.scaled:
            y = self._grid(panel, scale, top, y, texts)
        self.scene.items += nodes
        self.scene.add(Hook.AXIS, *upright(self.axis, top, y, "line", 1.2, texts))
        if limit is not None:
            self.scene.add(Hook.AXIS, *upright(limit, above, y + 4, "problem-stroke", 1.6, texts))
        return y + (DETAIL.line + 4 if panel.scaled else 0)

    def _heads(self, panel: Panel, y: float, limit: float | None) -> tuple[float, float]:
        """Draw title, note and the name of the limit; return where the bars begin, and where the line of the limit."""
        width = self.space.width
        right = 0.0
        start = y
        if panel.title:
            title = (
                f"{panel.title}, {panel.unit}" if panel.unit not in ("", panel.title) and panel.scaled else panel.title
            )
            rows = tuple(wrap(title, width, TITLE.size, bold=True))
            head = [Text(0, y, rows, TITLE, align=Align.START)]
            y += head[0].height
            right = head[0].width
            if panel.note:
                x = TITLE.width(rows[-1]) + 12
                if len(rows) > 1 or x + DETAIL.width(panel.note) > width:
                    x, y = 0, y + DETAIL.line
                note = Text(x, y - DETAIL.line - 0.4, (panel.note,), DETAIL, "muted", Align.START)
                head.append(note)
                right = max(right, note.rect.right)
            self.scene.add(Hook.AXIS, *head)
            y += 4
        if panel.limit is None:
            return y, y
        name = panel.limit[1] if limit is not None else f"{panel.limit[1]}{NO_BREAK}\u2192"
        rows = tuple(wrap(name, min(200.0, width), STRONG.size, bold=True))
        label = Text(0, start, rows, STRONG, align=Align.MIDDLE)
        half = label.width / 2
        label.x = min(max(self.axis + self.length - half if limit is None else limit, half), width - half)
        if label.x - half < right + 16 or len(rows) > 1:
            label.y = y
        else:
            label.y = y - 4 - STRONG.line
        self.scene.add(Hook.AXIS, label)
        end = label.y + label.height + 2
        return max(y, end), end

    def _grid(self, panel: Panel, scale: Scale, top: float, bottom: float, texts: list[Rect]) -> float:
        """Draw the lines of the grid and what they stand for below; return where they end."""
        values = ticks(panel.top)
        edge = 0.0
        for value in values:
            x = scale.at(value)
            if value:
                self.scene.add(Hook.AXIS, *upright(x, top, bottom, "group-line", GRID, texts))
            label = self._tick(panel, value)
            label.x = max(x - DETAIL.width(self.numbers.text(value)) / 2, 0.0)
            label.y = bottom + 4
            if label.x >= edge:
                self.scene.add(Hook.AXIS, label)
                edge = label.rect.right + 8
        return bottom

    def _row(self, items: list[Item], row: list[Bar], scale: Scale, y: float, limit: float | None) -> float:
        """Draw bars below each other with their name and what is said of them, and return where they end."""
        names = tuple(lines_of([row[0].node.label], self.space.width if self.space.narrow else _NAMES, PLAIN))
        high = PLAIN.line * len(names)
        inside = self._names_inside(row, scale)
        said = [self._beside(bar, scale.at(bar.value), limit, named=inside) for bar in row]
        bars = (BAR + _BETWEEN) * len(row) - _BETWEEN
        if self.space.narrow:
            name = Text(0, y, names, PLAIN, align=Align.START)
            y += high + 1
        else:
            # The first line of a long name is level with the first bar if there are lines below that, else its middle.
            level, half = (BAR / 2, PLAIN.line / 2) if any(below for _, below in said) else (bars / 2, high / 2)
            y += max(half - level, 0.0)
            name = Text(self.axis - 12, y + level - half, names, PLAIN, align=Align.END)
        for item, bar, (beside, below) in zip(items, row, said, strict=True):
            item.parts.append(_bar(bar.tone, Rect(self.axis, y, max(scale.at(bar.value), self.axis + 1), y + BAR)))
            item.parts += [name] if item is items[0] else []
            own = [Text(self.axis + 10, 0, (bar.series,), DETAIL, f"{bar.tone}-text", Align.START)]
            for text in [*beside, *(own if inside and bar.series else [])]:
                # Figures have no descent: half a pixel higher they are in the middle.
                text.y = y + BAR / 2 - text.font.line / 2 - 0.5
                item.parts.append(text)
            y += BAR
            for font, texts in below:
                rows = tuple(part for text in texts for part in self._folded(text, font))
                ink = "text" if font is STRONG else "muted"
                item.parts.append(Text(self.axis + 4, y + 3, rows, font, ink, Align.START))
                y += 3 + font.line * len(rows)
            y += _BETWEEN
        return max(y - _BETWEEN, 0.0 if self.space.narrow else name.y + name.height)

    def _folded(self, text: str, font: Font) -> list[str]:
        return wrap(text, self.space.width - self.axis - 4, font.size, bold=font.bold)

    def _names_inside(self, row: list[Bar], scale: Scale) -> bool:
        """Tell whether the bars of *row* that name their series are long enough for that and for their figure."""
        return all(
            DETAIL.width(bar.series) + STRONG.width(bar.figure) + 40 <= scale.at(bar.value) - self.axis
            for bar in row
            if bar.series
        )

    def _beside(
        self, bar: Bar, end: float, limit: float | None, *, named: bool
    ) -> tuple[list[Text], list[tuple[Font, list[str]]]]:
        """Return the texts on the line of the bar that ends at *end*, and those that stand below it."""
        width = STRONG.width(bar.figure)
        start = end + _GAP
        said: list[Text] = []
        below: list[tuple[Font, list[str]]] = []
        free = self._free(start, width, limit)
        if free != start and end - self.axis >= width + 20:
            said.append(Text(end - 10, 0, (bar.figure,), STRONG, f"{bar.tone}-text", Align.END))
        elif free is None:
            below.append((STRONG, [bar.figure]))
        else:
            said.append(Text(free, 0, (bar.figure,), STRONG, align=Align.START))
            start = free + width + 6
        remarks = bar.said(named=named)
        more = inline(remarks)
        if more:
            free = None if below else self._free(start, DETAIL.width(more), limit)
            if free is None:
                below.append((DETAIL, remarks))
            else:
                said.append(Text(free, 0, (more,), DETAIL, "muted", Align.START))
        return said, below

    def _free(self, start: float, width: float, limit: float | None) -> float | None:
        """Return where a text of this width begins, from *start* on: clear of the limit; None if it does not fit."""
        if limit is not None and start - 4 < limit < start + width + 4:
            start = limit + _GAP
        return start if start + width <= self.space.width + 0.5 else None


def _bar(tone: Tone, rect: Rect) -> Part:
    """Return a bar; as with nodes its border says what its tone means."""
    (box,) = outline(Role.SERVICE, tone, rect)
    assert isinstance(box, Box)
    box.radius = 2.0
    return box
