"""``type: timeline``: what happened when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, model_validator

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Direction, Event, Message, Node, Period, Timeline, Tone
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec, Key, LongWords, Url, Words

if TYPE_CHECKING:
    from sphinx_diagram_ext.types.builder import Builder


class EventSpec(ClaimSpec):
    """What happened at a time."""

    time: Words = Field(description="When; any text, 22:52 stays 22:52.")
    events: list[Words] = Field(
        min_length=1,
        description="What happened; one text or a list.",
        json_schema_extra={"type": ["array", "string", "number", "boolean"]},
    )
    key: Key | None = Field(None, description="Stable key of the event; its number if left out.")
    tone: Tone | None = Field(None, description="What the event means; its section's if left out.")
    explain: LongWords | None = Field(None, description="Explanation; may hold roles and links.")
    link: Url | None = Field(None, description="Address the event leads to.")

    @model_validator(mode="before")
    @classmethod
    def _one_text(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("events"), str):
            return {**data, "events": [data["events"]]}
        return data


class SectionSpec(ClaimSpec):
    """A part of the timeline."""

    name: Words | None = Field(None, description="Title of the part.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the part means.")
    events: list[EventSpec] = Field(min_length=1, description="Events, in order.")


class TimelineSpec(DiagramSpec):
    """Sections of events."""

    type: Literal["timeline"]
    sections: list[SectionSpec] = Field(min_length=1, description="Sections, in order.")


def build(spec: TimelineSpec, builder: Builder) -> Timeline:
    """Return the timeline; events are keyed e1, e2, ... where they have no key of their own."""
    periods = []
    seen: dict[str, None] = {}
    number = 0
    for index, section in enumerate(spec.sections):
        events = []
        for position, event in enumerate(section.events):
            number += 1
            path = ("sections", index, "events", position)
            key = event.key or f"e{number}"
            if key in seen:
                builder.problem(Code.DUPLICATE_ID, f"The key {key!r} stands on an event before.", *path, "key")
            seen[key] = None
            events.append(_event(key, event, section.tone, builder, path))
        label: Message | None = None
        if section.name:
            label = builder.message(section.name, "sections", index, "name")
        periods.append(Period(label, tuple(events), section.tone))
    return Timeline(tuple(periods), spec.direction or Direction.LR)


def _event(key: str, spec: EventSpec, tone: Tone, builder: Builder, path: tuple[str | int, ...]) -> Event:
    builder.about(path, key)
    lines = [builder.message(text, *path, "events", index) for index, text in enumerate(spec.events)]
    explain = builder.message(spec.explain, *path, "explain") if spec.explain else None
    node = Node(key, lines[0], tuple(lines[1:]), tone=spec.tone or tone, explain=explain, link=spec.link)
    return Event(builder.message(spec.time, *path, "time"), node)
