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

    @property
    def beside(self) -> float:
        """Width of figure and remarks on one line."""
        more = inline(self.remarks)
        return STRONG.width(self.figure) + (6 + DETAIL.width(more) if more else 0)


@dataclass(slots=True)
class Panel:
    """Bars on one scale, below a title."""

    bars: list[Bar]
    top: Decimal
    title: str = ""
    note: str = ""
    unit: str = ""
    limit: tuple[Decimal, str] | None = None
    scaled: bool = True
    """Whether it has ticks and a grid."""


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
        limit = scale.at(panel.limit[0]) if panel.limit else None
        y, above = self._heads(panel, y, limit)
        top = y
        nodes = []
        for bar in panel.bars:
            item = Item(Hook.NODE, key=bar.node.key, link=bar.node.link or "")
            y = self._row(item, bar, scale, y + (PITCH - BAR) / 2, limit) + (PITCH - BAR) / 2
            nodes.append(item)
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
        if limit is None or panel.limit is None:
            return y, y
        rows = tuple(wrap(panel.limit[1], min(200.0, width), STRONG.size, bold=True))
        label = Text(0, start, rows, STRONG, align=Align.MIDDLE)
        half = label.width / 2
        label.x = min(max(limit, half), width - half)
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

    def _row(self, item: Item, bar: Bar, scale: Scale, y: float, limit: float | None) -> float:
        """Draw a bar with its name and what is said of it into *item*, and return where it ends."""
        names = tuple(lines_of([bar.node.label], self.space.width if self.space.narrow else _NAMES, PLAIN))
        high = PLAIN.line * len(names)
        end = scale.at(bar.value)
        said, below = self._beside(bar, end, limit)
        more = [row for font, texts in below for text in texts for row in self._folded(text, font)]
        if self.space.narrow:
            name = Text(0, y, names, PLAIN, align=Align.START)
            y += high + 1
            middle = y + BAR / 2
        else:
            # The first line of a long name is level with the bar if there are lines below that, else its middle.
            first = PLAIN.line / 2 if more else high / 2
            middle = y + max(BAR / 2, first)
            name = Text(self.axis - 12, middle - first, names, PLAIN, align=Align.END)
        item.parts.append(
            _bar(bar.node.tone, Rect(self.axis, middle - BAR / 2, max(end, self.axis + 1), middle + BAR / 2))
        )
        item.parts.append(name)
        for text in said:
            # Figures have no descent: half a pixel higher they are in the middle.
            text.y = middle - text.font.line / 2 - 0.5
            item.parts.append(text)
        bottom = middle + BAR / 2
        for font, texts in below:
            rows = tuple(row for text in texts for row in self._folded(text, font))
            item.parts.append(
                Text(self.axis + 4, bottom + 3, rows, font, "text" if font is STRONG else "muted", Align.START)
            )
            bottom += 3 + font.line * len(rows)
        return max(bottom, 0.0 if self.space.narrow else name.y + name.height)

    def _folded(self, text: str, font: Font) -> list[str]:
        return wrap(text, self.space.width - self.axis - 4, font.size, bold=font.bold)

    def _beside(self, bar: Bar, end: float, limit: float | None) -> tuple[list[Text], list[tuple[Font, list[str]]]]:
        """Return the texts on the line of the bar that ends at *end*, and those that stand below it."""
        width = STRONG.width(bar.figure)
        start = end + _GAP
        said: list[Text] = []
        below: list[tuple[Font, list[str]]] = []
        free = self._free(start, width, limit)
        if free != start and end - self.axis >= width + 20:
            said.append(Text(end - 10, 0, (bar.figure,), STRONG, f"{_paint(bar.node.tone)}-text", Align.END))
        elif free is None:
            below.append((STRONG, [bar.figure]))
        else:
            said.append(Text(free, 0, (bar.figure,), STRONG, align=Align.START))
            start = free + width + 6
        more = inline(bar.remarks)
        if more:
            free = None if below else self._free(start, DETAIL.width(more), limit)
            if free is None:
                below.append((DETAIL, bar.remarks))
            else:
                said.append(Text(free, 0, (more,), DETAIL, "muted", Align.START))
        return said, below

    def _free(self, start: float, width: float, limit: float | None) -> float | None:
        """Return where a text of this width begins, from *start* on: clear of the limit; None if it does not fit."""
        if limit is not None and start - 4 < limit < start + width + 4:
            start = limit + _GAP
        return start if start + width <= self.space.width + 0.5 else None


def _paint(tone: Tone) -> Tone:
    return Tone.BLUE if tone is Tone.NEUTRAL else tone


def _bar(tone: Tone, rect: Rect) -> Part:
    """Return a bar; as with nodes its border says what its tone means."""
    (box,) = outline(Role.SERVICE, _paint(tone), rect)
    assert isinstance(box, Box)
    box.radius = 2.0
    return box
