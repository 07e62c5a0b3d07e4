"""Schedules as Mermaid Gantt charts (https://mermaid.js.org/syntax/gantt.html)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sphinx_diagram_ext.fonts import CHART_LINE_HEIGHT, text_width, wrap
from sphinx_diagram_ext.mermaid.ids import Ids
from sphinx_diagram_ext.mermaid.source import MermaidSource, MermaidWriter

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Schedule, Task

TASK_WIDTH = 260.0
PHASE_WIDTH = 170.0
CALENDAR = 760

_TICKS = ((10, "1day", "%m-%d"), (60, "1week", "%m-%d"), (130, "2week", "%m-%d"), (330, "1month", "%Y-%m"))


def schedule(body: Schedule) -> MermaidSource:
    """Return *body* as a Gantt chart."""
    writer = MermaidWriter(quoted=False)
    ids = Ids()
    tasks = [task for phase in body.phases for task in phase.tasks]
    interval, form = _ticks(tasks)
    writer.write("gantt")
    writer.write("  todayMarker off")
    writer.write("  dateFormat YYYY-MM-DD")
    writer.write(f"  axisFormat {form}")
    writer.write(f"  tickInterval {interval}")
    rows, widest = 1, 0.0
    for phase in body.phases:
        writer.write(f"  section {writer.label(phase.label, PHASE_WIDTH)}")
        widest = max(widest, *(text_width(row) for row in wrap(phase.label.text, PHASE_WIDTH)))
        for task in phase.tasks:
            texts = [task.node.label, *task.node.details]
            rows = max(rows, sum(len(wrap(text.text, TASK_WIDTH)) for text in texts))
            writer.write(f"  {writer.flat(texts, TASK_WIDTH)} :{_when(ids.add(task.node.key, 't'), task)}")
    config: dict[str, object] = {
        "useWidth": round(widest) + 40 + CALENDAR,
        "leftPadding": round(widest) + 30,
        "barHeight": rows * CHART_LINE_HEIGHT + 8,
        "fontSize": 14,
        "sectionFontSize": 14,
    }
    return writer.finish("gantt", nodes={ids[task.node.key]: task.node.key for task in tasks}, config={"gantt": config})


def _when(name: str, task: Task) -> str:
    if task.end is None:
        return f"milestone, {name}, {task.start}, 0d"
    return f"{name}, {task.start}, {task.end}"


def _ticks(tasks: list[Task]) -> tuple[str, str]:
    """Return how far apart the days of the axis are and how they are written."""
    days = (max(task.end or task.start for task in tasks) - min(task.start for task in tasks)) // dt.timedelta(days=1)
    for most, interval, form in _TICKS:
        if days <= most:
            return interval, form
    return f"{days // 300 + 1}month", "%Y-%m"
