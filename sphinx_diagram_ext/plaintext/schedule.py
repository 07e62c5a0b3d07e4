"""Schedules as bars in a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.plaintext.columns import columns, fold, pad

if TYPE_CHECKING:
    import datetime as dt

    from sphinx_diagram_ext.model import Schedule, Task

LEAST = 21
"""Columns of the calendar: its first and last day must fit on one line."""

_LABEL = 0.6
"""Part of the width that labels may take."""


def schedule(body: Schedule, width: int) -> list[str]:
    """Return each task as a bar from its first day to its last, a point in time as a rhombus."""
    tasks = [task for phase in body.phases for task in phase.tasks]
    first = min(task.start for task in tasks)
    last = max(task.end or task.start for task in tasks)
    texts = [text for task in tasks for text in _texts(task)]
    texts += [phase.label.text for phase in body.phases]
    widest = max(columns(row) for text in texts for row in text.splitlines() or [""])
    room = min(widest, int(width * _LABEL), width - LEAST - 2)
    days = width - room - 2
    ends = f"{first}{' ' * (days - 20)}{last}"
    lines = [f"{' ' * room}  {ends}"]
    for phase in body.phases:
        lines += [f"{pad(row, room)} │" for row in fold(phase.label.text, room)]
        for task in phase.tasks:
            rows = [row for text in _texts(task) for row in fold(text, room)]
            lines.append(f"{pad(rows[0], room)} │{_bar(task, first, last, days)}")
            lines += [f"{pad(row, room)} │" for row in rows[1:]]
    return lines


def _texts(task: Task) -> list[str]:
    node = task.node
    mark = f"{node.tone.mark} " if node.tone.mark else ""
    return [mark + node.label.text, *(detail.text for detail in node.details)]


def _bar(task: Task, first: dt.date, last: dt.date, width: int) -> str:
    span = (last - first).days or 1
    start = round((task.start - first).days / span * (width - 1))
    if task.end is None:
        return f"{' ' * start}◆"
    end = round((task.end - first).days / span * (width - 1))
    return " " * start + "█" * max(end - start, 1)
