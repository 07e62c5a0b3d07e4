"""Renderer of timelines: columns along an axis, or rows down one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.marks import SIZE, mark
from sphinx_diagram_ext.drawing.renderers.timeline_columns import draw_columns, rows_of_periods
from sphinx_diagram_ext.drawing.renderers.timeline_parts import (
    ABOVE,
    DISC,
    LEVEL,
    PAD,
    ground,
    moments,
)
from sphinx_diagram_ext.drawing.scene import DETAIL, NAME, STRONG, TITLE, Align, Box, Hook, Line, Scene, Text
from sphinx_diagram_ext.drawing.shapes import labelled, lines_width, wrapped
from sphinx_diagram_ext.model import Direction, Message, Tone

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.drawing.renderers.timeline_parts import Moment
    from sphinx_diagram_ext.drawing.scene import Part
    from sphinx_diagram_ext.model import Diagram, Period, Timeline

BAR = 4.0
"""Width of the coloured bar of a period."""

INNER = 8.0
"""Room in a band above, below and at the right of its cards, and between them."""

BETWEEN = 12.0
"""Between bands."""

TITLES, TIMES, CARDS = 152.0, 112.0, 380.0
"""Most width of the titles of periods, of times and of cards beside each other."""


def draw(diagram: Diagram, body: Timeline, space: Space) -> Scene:
    """Return the scene of a timeline.

    From left to right its periods are in one or two rows, if they fit; else, and on a phone, all of it is from top
    to bottom.
    """
    del diagram
    found, said = moments(body, space.language)
    scene = Scene()
    top = _caption(scene, said, space.width)
    if body.direction in (Direction.LR, Direction.RL) and not space.narrow:
        rows = rows_of_periods(body.periods, space.width)
        if rows:
            draw_columns(scene, body.periods, found, rows, top, space.width)
            return scene
    sheet = _Stacked(body.periods, found, space.width) if space.narrow else _Beside(body.periods, found, space.width)
    sheet.draw(scene, top)
    return scene


def _caption(scene: Scene, said: str, width: float) -> float:
    """Draw what is said of all times, and return where the rest begins."""
    if not said:
        return 0.0
    text = Text(0, 0, tuple(wrapped(Message(said), width, DETAIL)), DETAIL, "muted", Align.START)
    scene.add(Hook.NONE, text)
    return text.height + 8


class _Sheet(ABC):
    """A timeline from top to bottom: a band a period, a row an event, and an axis through all of them."""

    axis = card_left = right = 0.0

    def __init__(self, periods: tuple[Period, ...], found: list[list[Moment]], width: float) -> None:
        self.periods, self.found, self.width = periods, found, width

    def draw(self, scene: Scene, y: float) -> None:
        """Draw bands and axis, then the events."""
        events: list[tuple[Moment, float]] = []
        for period, moments_ in zip(self.periods, self.found, strict=True):
            top = y
            title = self.title(period, y)
            y = top + INNER + self.head(title)
            for moment in moments_:
                events.append((moment, y))
                y += self.height(moment) + INNER
            y = max(y, top + self.least(title))
            ink = "group-line" if period.tone is Tone.NEUTRAL else f"{period.tone}-stroke"
            band = Box(Rect(0, top, self.right + INNER, y), "group", radius=0)
            scene.add(Hook.GROUP, band, Box(Rect(0, top, BAR, y), ink, radius=0), *title[:-1])
            if title:
                scene.add(Hook.TITLE, title[-1])
            y += BETWEEN
        if len(events) > 1:
            ends: list[tuple[float, float]] = [(self.axis, self.level(at)) for at in (events[0][1], events[-1][1])]
            scene.add(Hook.AXIS, Line(ends, "group-line", 2))
        for moment, at in events:
            node = moment.event.node
            scene.add(Hook.NODE, *self.event(moment, at), key=node.key, link=node.link or "")

    def level(self, y: float) -> float:
        """Return the middle of the first line of the row that begins at *y*."""
        return y + ABOVE + NAME.line / 2

    def title_parts(self, period: Period, x: float, y: float, width: float) -> list[Part]:
        """Return the mark of a period's tone and, last, its title."""
        if not period.label:
            return []
        signs = mark(period.tone, x + SIZE / 2, y + TITLE.line / 2)
        shift = SIZE + 8 if signs else 0.0
        rows = tuple(wrapped(period.label, width - shift, TITLE))
        return [*signs, Text(x + shift, y, rows, TITLE, "text", Align.START)]

    @abstractmethod
    def title(self, period: Period, y: float) -> list[Part]:
        """Return the title of a period whose band begins at *y*."""

    @abstractmethod
    def head(self, title: list[Part]) -> float:
        """Return the room that a title takes above the rows."""

    @abstractmethod
    def least(self, title: list[Part]) -> float:
        """Return the least height of a band with a title."""

    @abstractmethod
    def height(self, moment: Moment) -> float:
        """Return the height of a row."""

    @abstractmethod
    def event(self, moment: Moment, y: float) -> list[Part]:
        """Return the parts of a row."""


class _Beside(_Sheet):
    """Title, time, axis and card next to each other."""

    def __init__(self, periods: tuple[Period, ...], found: list[list[Moment]], width: float) -> None:
        super().__init__(periods, found, width)
        parts = [part for period in periods for part in self.title_parts(period, 0, 0, TITLES)]
        titles = max((part.rect.right for part in parts), default=0.0)
        everything = [moment for own in found for moment in own]
        times = [STRONG.width(row) for moment in everything for row, _ in moment.times(TIMES)]
        self.times = BAR + PAD + (titles + 2 * PAD if titles else 0) + max(times, default=0.0)
        self.axis = self.times + PAD + DISC
        self.card_left = self.axis + DISC + PAD
        widths = (lines_width(moment.event.node, moment.card(CARDS)[0]) for moment in everything)
        wanted = max(widths, default=0.0) + 2 * PAD + 1
        self.right = self.card_left + max(min(wanted, width - INNER - self.card_left), 160)

    def title(self, period: Period, y: float) -> list[Part]:
        level = (NAME.line - TITLE.line) / 2 + 0.35 * (NAME.size - TITLE.size)
        return self.title_parts(period, BAR + PAD, y + INNER + ABOVE + level, TITLES)

    def head(self, title: list[Part]) -> float:
        del title
        return 0.0

    def least(self, title: list[Part]) -> float:
        return 2 * INNER + 2 * ABOVE + max((part.height for part in title if isinstance(part, Text)), default=0.0)

    def height(self, moment: Moment) -> float:
        return max(moment.card(self.right - self.card_left)[1], len(moment.times(TIMES)) * STRONG.line + 2 * ABOVE)

    def event(self, moment: Moment, y: float) -> list[Part]:
        lines, high = moment.card(self.right - self.card_left)
        card = Box(Rect(self.card_left, y, self.right, y + high), ground(moment.event))
        texts = labelled(moment.event.node, tuple(lines), self.card_left + PAD, y + ABOVE, Align.START)
        times = moment.time_parts(self.times, y + ABOVE + LEVEL, TIMES, Align.END)
        return [card, *texts, *moment.place(self.axis, self.level(y), y + high - 2, times)]


class _Stacked(_Sheet):
    """The axis at the left; title, time and card below each other."""

    def __init__(self, periods: tuple[Period, ...], found: list[list[Moment]], width: float) -> None:
        super().__init__(periods, found, width)
        self.axis = BAR + 8 + DISC
        self.card_left = self.axis + DISC + 8
        self.right = width - INNER

    def title(self, period: Period, y: float) -> list[Part]:
        return self.title_parts(period, self.card_left, y + INNER, self.right - self.card_left)

    def head(self, title: list[Part]) -> float:
        return max((part.height for part in title if isinstance(part, Text)), default=-INNER) + INNER

    def least(self, title: list[Part]) -> float:
        del title
        return 0.0

    def height(self, moment: Moment) -> float:
        inner = self.right - self.card_left
        return moment.card(inner)[1] + len(moment.times(inner - 2 * PAD)) * STRONG.line

    def event(self, moment: Moment, y: float) -> list[Part]:
        inner = self.right - self.card_left
        lines, _ = moment.card(inner)
        bottom = y + self.height(moment)
        tone = moment.event.node.tone
        ink = "muted" if tone is Tone.NEUTRAL else f"{tone}-text"
        times = moment.time_parts(self.card_left + PAD, y + ABOVE, inner - 2 * PAD, Align.START, ink)
        under = y + ABOVE + sum(part.height for part in times if isinstance(part, Text))
        texts = labelled(moment.event.node, tuple(lines), self.card_left + PAD, under, Align.START)
        card = Box(Rect(self.card_left, y, self.right, bottom), ground(moment.event))
        return [card, *times, *texts, *moment.place(self.axis, self.level(y), bottom - 2, [])]
