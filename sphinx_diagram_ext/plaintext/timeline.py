"""Timelines, from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.plaintext.columns import columns, fold, pad

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Event, Timeline

MOST = 24
"""Columns that a time may take before it breaks."""


def timeline(body: Timeline, width: int) -> list[str]:
    """Return the periods with their events on one line of time."""
    times = body.times
    room = max(columns(row) for time in times.values() for row in fold(time, MOST))
    lines: list[str] = []
    for period in body.periods:
        if period.label:
            mark = f"{period.tone.mark} " if period.tone.mark else ""
            head = fold(mark + period.label.text, width - room - 3)
            lines += [f"{' ' * room} ╪ {head[0]}", *(f"{' ' * room} │ {row}" for row in head[1:])]
        for event in period.events:
            lines += _event(event, times[event.node.key], room, width)
    return lines


def _event(event: Event, time: str, room: int, width: int) -> list[str]:
    mark = f"{event.node.tone.mark} " if event.node.tone.mark else ""
    texts = [mark + event.node.label.text, *(detail.text for detail in event.node.details)]
    rows = [row for text in texts for row in fold(text, width - room - 3)]
    when = fold(time, room)
    count = max(len(rows), len(when))
    rows += [""] * (count - len(rows))
    when += [""] * (count - len(when))
    signs = ["●", *"│" * (count - 1)]
    return [f"{pad(part, room)} {sign} {row}" for part, sign, row in zip(when, signs, rows, strict=True)]
