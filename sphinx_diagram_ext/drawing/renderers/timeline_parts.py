"""Parts of timelines: times, marks on the axis, and cards with what happened."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing import shapes
from sphinx_diagram_ext.drawing.dates import Dates
from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.marks import mark
from sphinx_diagram_ext.drawing.scene import DETAIL, NAME, STRONG, Align, Box, Circle, Text
from sphinx_diagram_ext.model import Message, Tone

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.scene import Font, Part
    from sphinx_diagram_ext.model import Event, Timeline

PAD = 12.0
"""Room at the sides of a card's text."""

ABOVE = 8.0
"""Room above and below it."""

DISC = 10.0
"""Radius of a place on the axis that has a sign."""

DOT = 5.0
"""Radius of any other."""

LEVEL = (NAME.line - STRONG.line) / 2 + 0.35 * (NAME.size - STRONG.size)
"""How much lower a time is than a name whose baseline is the same."""


class Moment:
    """An event and what is written for its time: the day where it is another than before, and the time."""

    def __init__(self, event: Event, day: str) -> None:
        self.event, self.day = event, day

    def times(self, width: float) -> list[tuple[str, bool]]:
        """Return the lines of day and time, and whether each is the time's."""
        day = shapes.wrapped(Message(self.day), width, DETAIL) if self.day else []
        rows = shapes.wrapped(Message(self.event.when), width, STRONG)
        return [*((row, False) for row in day), *((row, True) for row in rows)]

    def time_parts(self, x: float, y: float, width: float, align: Align, ink: str = "text") -> list[Part]:
        """Return day and time from *y* on."""
        parts: list[Part] = []
        lines = self.times(width)
        for is_time, rows in itertools.groupby(lines, key=lambda line: line[1]):
            texts = tuple(row for row, _ in rows)
            font = STRONG if is_time else DETAIL
            parts.append(Text(x, y, texts, font, ink if is_time or ink != "text" else "muted", align))
            y += font.line * len(texts)
        return parts

    def card(self, width: float) -> tuple[list[tuple[str, Font]], float]:
        """Return the lines of what happened and the height of the card around them."""
        lines = shapes.label_lines(self.event.node, width - 2 * PAD)
        return lines, sum(font.line for _, font in lines) + 2 * ABOVE

    def place(self, x: float, y: float, low: float, times: list[Part]) -> list[Part]:
        """Return the place on the axis at (*x*, *y*) and its *times*; what lasts is as long as its card, down to *low*.

        A text right behind a circle is known to stand beside it.
        """
        tone = self.event.node.tone
        ink = "line" if tone is Tone.NEUTRAL else f"{tone}-stroke"
        signs = mark(tone, x, y)
        radius = DISC if signs else DOT
        fill = f"{tone}-fill" if signs else ink
        long: list[Part] = []
        if self.event.until:
            rect = Rect(x - radius, y - radius, x + radius, max(low, y + radius))
            long = [Box(rect, fill, ink, 1.5, radius=radius)]
        return [*long, Circle(x, y, radius, fill, ink, 1.5), *times, *signs]


def ground(event: Event) -> str:
    """Return the colour of an event's card."""
    tone = event.node.tone
    return "ground" if tone is Tone.NEUTRAL else f"{tone}-fill"


def moments(body: Timeline, language: str) -> tuple[list[list[Moment]], str]:
    """Return the events of each period with their days, and what is said of all times."""
    days = {event.day for event in body.events}
    dates = Dates(language) if days != {None} else None
    common = next(iter(days)) if len(days) == 1 else None
    said = [dates.full(common)] if common and dates else []
    said += [body.zone.text] if body.zone else []
    found = []
    last = common
    for period in body.periods:
        own = []
        for event in period.events:
            own.append(Moment(event, dates.full(event.day) if dates and event.day and event.day != last else ""))
            last = event.day or last
        found.append(own)
    return found, ", ".join(said)
