"""``type: timeline``: what happened when."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import Field, model_validator

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Direction, Event, Message, Node, Period, Timeline, Tone
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec
from sphinx_diagram_ext.types.command import CommandSpec
from sphinx_diagram_ext.types.nodes import ElementUseSpec, IconSpec, TargetSpec
from sphinx_diagram_ext.types.numbers import Day
from sphinx_diagram_ext.types.texts import Key, LongWords, Words

if TYPE_CHECKING:
    from sphinx_diagram_ext.types.builder import Builder


_CLOCK = re.compile(r"\d?\d:\d\d(?::\d\d)?")
_FULL = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d?\d:\d\d(?::\d\d)?))?")


class EventSpec(ElementUseSpec, CommandSpec, ClaimSpec, IconSpec):
    """What happened at a time."""

    time: Words | None = Field(None, description="When; any text, 22:52 stays 22:52.")
    until: Words | None = Field(None, description="When it was over, if it lasted.")
    unknown: Words | None = Field(None, description="Why nobody knows the time; instead of 'time'.")
    date: Day | None = Field(None, description="Its day, and that of the events below it up to the next date.")
    events: list[Words] = Field(
        min_length=1,
        description="What happened; one text or a list.",
        json_schema_extra={"type": ["array", "string", "number", "boolean"]},
    )
    key: Key | None = Field(None, description="Stable key of the event; its number if left out.")
    tone: Tone | None = Field(None, description="What the event means; its section's if left out.")
    explain: LongWords | None = Field(None, description="Explanation; may hold roles and links.")
    link: TargetSpec | None = Field(None, description="What the event leads to: an address, or a page or object.")

    @model_validator(mode="before")
    @classmethod
    def _one_text(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("events"), str):
            return {**data, "events": [data["events"]]}
        return data

    @model_validator(mode="after")
    def _one_time(self) -> Self:
        if (self.time is None) == (self.unknown is None):
            raise ValueError("wanted either 'time' or 'unknown', which says why the time is not known")
        return self


class SectionSpec(ClaimSpec):
    """A part of the timeline."""

    name: Words | None = Field(None, description="Title of the part.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the part means.")
    events: list[EventSpec] = Field(min_length=1, description="Events, in order.")


class TimelineSpec(DiagramSpec):
    """Sections of events."""

    type: Literal["timeline"]
    date: Day | None = Field(None, description="The day of all events that have none of their own.")
    zone: Words | None = Field(None, description="The time zone of all times; written once.")
    sections: list[SectionSpec] = Field(min_length=1, description="Sections, in order.")


def build(spec: TimelineSpec, builder: Builder) -> Timeline:
    """Return the timeline; events are keyed e1, e2, ... where they have no key of their own."""
    periods = []
    seen: dict[str, None] = {}
    number = 0
    order = _Order(builder)
    day = spec.date
    for index, section in enumerate(spec.sections):
        events = []
        for position, event in enumerate(section.events):
            number += 1
            path = ("sections", index, "events", position)
            key = event.key or f"e{number}"
            if key in seen:
                builder.problem(Code.DUPLICATE_ID, f"The key {key!r} stands on an event before.", *path, "key")
            seen[key] = None
            day = event.date or day
            events.append(_event(key, event, section.tone, builder, path, day))
            order.check(event, day, path)
        label: Message | None = None
        if section.name:
            label = builder.message(section.name, "sections", index, "name")
        periods.append(Period(label, tuple(events), section.tone))
    zone = builder.message(spec.zone, "zone") if spec.zone else None
    return Timeline(tuple(periods), spec.direction or Direction.LR, zone)


def _event(
    key: str, spec: EventSpec, tone: Tone, builder: Builder, path: tuple[str | int, ...], day: dt.date | None
) -> Event:
    builder.about(path, key)
    lines = [builder.message(text, *path, "events", index) for index, text in enumerate(spec.events)]
    explain = builder.message(spec.explain, *path, "explain") if spec.explain else None
    node = Node(
        key,
        lines[0],
        tuple(lines[1:]),
        tone=spec.tone or tone,
        explain=explain,
        link=spec.link.url if spec.link else None,
        target=builder.target(spec.link, *path),
        command=builder.command(spec, *path),
        icon=builder.icon(spec, *path),
    )
    node = builder.with_element(node, spec, *path)
    time = builder.message(spec.time or spec.unknown or "", *path, "time" if spec.time else "unknown")
    until = builder.message(spec.until, *path, "until") if spec.until else None
    return Event(time, node, until, day, known=spec.time is not None)


class _Order:
    """The events so far: whatever can be compared with the one before has to be later, or at the same time."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._last: tuple[dt.date, dt.time | None] | None = None

    def check(self, spec: EventSpec, day: dt.date | None, path: tuple[str | int, ...]) -> None:
        """Note a problem if the event at *path* is before the last one that has a day."""
        found = _moment(spec.time or "", day)
        if found is None:
            return
        before = self._last
        if before is None or found[1] or found[0] != before[0]:
            # The time of that day is still the one to compare with, where there is only a day.
            self._last = found
        if before is None or not _earlier(found, before):
            return
        where = "time" if spec.time else "date" if spec.date else "unknown"
        said = f"It is on {_written(found)}, before the event above it, on {_written(before)};"
        self._builder.problem(Code.SCHEMA, f"{said} put them in order, or give the next day a 'date'.", *path, where)


def _moment(time: str, day: dt.date | None) -> tuple[dt.date, dt.time | None] | None:
    """Return day and time of day, as far as *time* or the data says them; None without a day."""
    full = _FULL.fullmatch(time)
    try:
        if full:
            return dt.date.fromisoformat(full[1]), dt.time.fromisoformat(full[2].zfill(5)) if full[2] else None
        clock = dt.time.fromisoformat(time if len(time) > 4 else time.zfill(5)) if _CLOCK.fullmatch(time) else None
    except ValueError:
        return None
    return (day, clock) if day else None


def _earlier(one: tuple[dt.date, dt.time | None], other: tuple[dt.date, dt.time | None]) -> bool:
    if one[0] != other[0] or one[1] is None or other[1] is None:
        return one[0] < other[0]
    return one[1] < other[1]


def _written(moment: tuple[dt.date, dt.time | None]) -> str:
    day, clock = moment
    return f"{day} at {clock.isoformat('auto' if clock.second else 'minutes')}" if clock else f"{day}"
