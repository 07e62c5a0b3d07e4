"""Outlines of timelines and schedules: what happens when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.dates import Dates
from sphinx_diagram_ext.plaintext.outline.common import Outliner
from sphinx_diagram_ext.plaintext.outline.entry import Entry, Outline, Wording

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Diagram, Schedule, Task, Timeline


def timeline(diagram: Diagram, body: Timeline, wording: Wording) -> Outline:
    """Return the events in their periods, each behind its time; a day before the first of its times, the zone once."""
    outliner, dates = Outliner(diagram, wording), Dates(wording.language)
    entries: list[Entry] = []
    first = next(iter(body.events), None)
    last = None
    for period in body.periods:
        inner = []
        for event in period.events:
            day = f"{dates.full(event.day)} " if event.day and event.day != last else ""
            last = event.day or last
            zone = f" {body.zone.text}" if body.zone and event is first else ""
            inner.append(outliner.node(event.node, before=f"{day}{event.when}{zone}"))
        entries += [outliner.frame(period.label.text, period.tone, tuple(inner))] if period.label else inner
    return Outline((), tuple(entries))


def schedule(diagram: Diagram, body: Schedule, wording: Wording) -> Outline:
    """Return the tasks of each phase with their days."""
    outliner, dates = Outliner(diagram, wording), Dates(wording.language)

    def said(task: Task) -> list[str]:
        details = [line.text for line in task.node.details]
        if details and not task.own_words:
            days = [task.start, *([task.end] if task.end else [])]
            details[0] = " – ".join(map(dates.full, days))  # noqa: RUF001 - a dash of a span
        return details

    return Outline(
        (),
        tuple(
            Entry(
                " ".join(phase.label.text.split()),
                inner=tuple(outliner.node(task.node, within=phase.label.text, said=said(task)) for task in phase.tasks),
            )
            for phase in body.phases
        ),
    )
