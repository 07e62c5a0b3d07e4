"""Events in periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.model.graph import Direction

if TYPE_CHECKING:
    import datetime as dt

    from sphinx_diagram_ext.model.graph import Edge, Node, Tone
    from sphinx_diagram_ext.model.text import Message


@dataclass(frozen=True)
class Event:
    """What happened at a time; the node's label is the first thing, its details the rest.

    ``until`` is when it was over, ``day`` the day of its time, as far as the data tells. The ``time`` of an event
    that is not ``known`` says why.
    """

    time: Message
    node: Node
    until: Message | None = None
    day: dt.date | None = None
    known: bool = True

    @property
    def when(self) -> str:
        """The time in one line, without its day."""
        time = self.time.text if self.known else f"? {self.time.text}"
        return f"{time} \u2013 {self.until.text}" if self.until else time


@dataclass(frozen=True)
class Period:
    """A titled part of a timeline."""

    label: Message | None
    events: tuple[Event, ...]
    tone: Tone


@dataclass(frozen=True)
class Timeline:
    """Periods in order, from left to right or from top to bottom. ``zone`` is that of all times."""

    periods: tuple[Period, ...]
    direction: Direction = Direction.LR
    zone: Message | None = None

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event, in order."""
        return tuple(event for period in self.periods for event in period.events)

    @property
    def times(self) -> dict[str, str]:
        """The time of each event in one line, by the key of its node, for what has no other place for days and zone.

        A day is before the first of its times, the zone behind the first of all.
        """
        found: dict[str, str] = {}
        last = None
        for event in self.events:
            day = f"{event.day} " if event.day and event.day != last else ""
            zone = f" {self.zone.text}" if self.zone and not found else ""
            found[event.node.key] = f"{day}{event.when}{zone}"
            last = event.day
        return found

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every event's node, in order."""
        return tuple(event.node for event in self.events)

    @property
    def edges(self) -> tuple[Edge, ...]:
        """A timeline has no edges."""
        return ()
