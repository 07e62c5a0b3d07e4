"""Renderer of schedules: bars in a calendar; on a phone, a list with the place of each task in the whole time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing import shapes
from sphinx_diagram_ext.drawing.dates import Dates
from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.marks import SIZE, mark
from sphinx_diagram_ext.drawing.renderers.calendar import Calendar
from sphinx_diagram_ext.drawing.renderers.schedule_rows import (
    ABOVE,
    MARKED,
    PAD,
    Row,
    diamond,
    grid,
    ink,
    name_lines,
    placed_days,
    title_lines,
)
from sphinx_diagram_ext.drawing.scene import DETAIL, STRONG, TITLE, Align, Box, Hook, Scene, Text
from sphinx_diagram_ext.drawing.shapes import stacked_texts
from sphinx_diagram_ext.fonts import wrap
from sphinx_diagram_ext.model import Role, Task, Tone

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.drawing.scene import Font, Part
    from sphinx_diagram_ext.model import Diagram, Schedule

NAMES = 200.0
"""Most width of names and titles beside the calendar."""

BETWEEN = 8.0
"""Between phases."""

BAR = 18.0
"""Height of a bar."""

TRACK = 6.0
"""Height of the bar below a task of a list."""


def draw(diagram: Diagram, body: Schedule, space: Space) -> Scene:
    """Return the scene of a schedule."""
    del diagram
    days = Days(body, space.language)
    return _list(body, days, space.width) if space.narrow else _calendar(body, days, space.width)


class Days:
    """First and last day of a schedule, and how the days of its tasks are written."""

    def __init__(self, body: Schedule, language: str) -> None:
        tasks = [task for phase in body.phases for task in phase.tasks]
        self.first = min((task.start for task in tasks), default=dt.date.min)
        self.last = max((task.end or task.start for task in tasks), default=dt.date.min)
        self.dates = Dates(language)

    def of(self, task: Task, *, years: bool) -> str:
        """Return the days of a task, with their years if asked."""
        if task.own_words:
            return task.own_words
        written = self.dates.full if years else self.dates.day
        return f"{written(task.start)} \u2013 {written(task.end)}" if task.end else written(task.start)

    @property
    def whole(self) -> str:
        """The first and the last day, each with its year unless both have the same."""
        if self.first == self.last:
            return self.dates.full(self.first)
        first = self.dates.day if self.first.year == self.last.year else self.dates.full
        return f"{first(self.first)} \u2013 {self.dates.full(self.last)}"


def _calendar(body: Schedule, days: Days, width: float) -> Scene:
    """Draw names at the left, and each task as a bar between its days."""
    marked = MARKED if any(node.tone.mark for node in body.nodes) else 0.0
    names = [(row, font) for phase in body.phases for row, font in title_lines(phase, NAMES)]
    names += [(row, font) for node in body.nodes for row, font in name_lines(node, NAMES - marked)]
    wide = max((font.width(row) for row, font in names), default=0.0) + marked
    calendar = Calendar(days.first, days.last, PAD + min(wide, NAMES) + 20, width - PAD, days.dates)
    scene = Scene()
    top = _head(scene, calendar)
    rows: list[Row] = []
    # Over several years a day without its year says little.
    years = days.last.year - days.first.year > 1
    y = top
    for phase in body.phases:
        start = y
        title = title_lines(phase, NAMES)
        y += ABOVE + TITLE.line * len(title) + 2
        for task in phase.tasks:
            row = _row(task, days.of(task, years=years), calendar, Rect(0, y, width, y), marked)
            rows.append(row)
            y = row.rect.bottom
        y += ABOVE - 2
        _band(scene, title, Rect(0, start, width, y))
        y += BETWEEN
    grid(scene, [calendar.x(tick) for tick in calendar.ticks], top, y - BETWEEN, rows)
    for row in rows:
        scene.add(Hook.NODE, *row.parts, key=row.key, link=row.link)
    return scene


def _head(scene: Scene, calendar: Calendar) -> float:
    """Draw years and ticks above the calendar; return where it begins."""
    y, end = 0.0, -1.0
    for x, year in reversed(list(calendar.years())):
        # A year of which there is hardly anything leaves its place to the next one.
        if end < 0 or x + STRONG.width(year) + 8 < end:
            scene.add(Hook.AXIS, Text(x, y, (year,), STRONG, "text", Align.START))
            end, y = x, 0.0
    y = STRONG.line + 2 if end >= 0 else 0.0
    for x, label in calendar.labels():
        scene.add(Hook.AXIS, Text(x, y, (label,), DETAIL, "muted", Align.START))
    return y + DETAIL.line + 6


def _band(scene: Scene, title: list[tuple[str, Font]], rect: Rect) -> None:
    """Draw the ground of a phase and its title."""
    scene.add(Hook.GROUP, Box(rect, "group"))
    rows = tuple(row for row, _ in title)
    scene.add(Hook.TITLE, Text(PAD, rect.top + ABOVE, rows, TITLE, "text", Align.START))


def _row(task: Task, when: str, calendar: Calendar, rect: Rect, marked: float) -> Row:
    """Return a task whose row begins at the top of *rect*."""
    node = task.node
    lines = name_lines(node, NAMES - marked)
    first = lines[0][1].line
    y = rect.top + ABOVE / 2
    middle = y + first / 2
    start, end = calendar.x(task.start), calendar.x(task.end or task.start)
    shape: Part
    if task.end:
        bar = Rect(start, middle - BAR / 2, max(end, start + 4), middle + BAR / 2)
        shape = shapes.outline(Role.SERVICE, node.tone, bar)[0]
    else:
        shape = diamond(start, middle, BAR / 2, node.tone)
    days = placed_days(when, shape.rect, node.tone, Rect(calendar.left, 0, rect.right - 8, 0), inside=bool(task.end))
    low = max(y + sum(font.line for _, font in lines), days.rect.bottom + 2 if days.y > middle else 0)
    whole = Rect(rect.left, rect.top, rect.right, max(low, middle + BAR / 2) + ABOVE / 2)
    outline = Box(whole.grown(-4, -1), radius=4)
    signs = mark(node.tone, PAD + SIZE / 2, middle)
    texts = stacked_texts(tuple(lines), PAD + marked, y, Tone.NEUTRAL, Align.START)
    parts = [outline, shape, days, *signs, *texts]
    return Row(node.key, node.link or "", whole, (shape.rect, days.rect), parts)


def _list(body: Schedule, days: Days, width: float) -> Scene:
    """Draw the tasks below each other, each with its days and its place in the whole time."""
    scene = Scene()
    marked = MARKED if any(node.tone.mark for node in body.nodes) else 0.0
    inner = width - 2 * PAD - marked
    head = Text(0, 0, tuple(wrap(days.whole, width, DETAIL.size)), DETAIL, "muted", Align.START)
    scene.add(Hook.AXIS, head)
    y = head.height + 8
    years = days.first.year != days.last.year
    span = max((days.last - days.first).days, 1)
    nodes: list[tuple[Task, list[Part]]] = []
    for phase in body.phases:
        start = y
        title = title_lines(phase, width - 2 * PAD)
        y += ABOVE + TITLE.line * len(title) + 8
        for task in phase.tasks:
            parts, y = _item(task, days.of(task, years=years), Rect(PAD + marked, y, PAD + marked + inner, y))
            at = [(day - days.first).days / span for day in (task.start, task.end or task.start)]
            parts += _place(task, Rect(PAD + marked, y, PAD + marked + inner, y + TRACK), at)
            y += TRACK + 6
            parts.insert(0, Box(Rect(4, parts[0].rect.top - 6, width - 4, y), radius=4))
            nodes.append((task, parts))
            y += 8
        _band(scene, title, Rect(0, start, width, y))
        y += BETWEEN
    for task, parts in nodes:
        scene.add(Hook.NODE, *parts, key=task.node.key, link=task.node.link or "")
    return scene


def _item(task: Task, when: str, rect: Rect) -> tuple[list[Part], float]:
    """Return name, days and remarks of a task, and where they end."""
    node, y = task.node, rect.top
    name, *rest = name_lines(node, rect.width, when)
    parts: list[Part] = [*stacked_texts((name, *rest), rect.left, y, Tone.NEUTRAL, Align.START)]
    parts += mark(node.tone, PAD + SIZE / 2, y + name[1].line / 2)
    return parts, y + sum(font.line for _, font in (name, *rest)) + 6


def _place(task: Task, rect: Rect, at: list[float]) -> list[Part]:
    """Return the whole time as a thin track, and the place of a task on it."""
    track = Box(rect.grown(0, -TRACK / 3), "group-line", radius=1)
    start, end = (rect.left + part * rect.width for part in at)
    if not task.end:
        return [track, diamond(min(max(start, rect.left + 5), rect.right - 5), rect.centre[1], 6, task.node.tone)]
    start = min(start, rect.right - TRACK)
    own = Rect(start, rect.top, max(end, start + TRACK), rect.bottom)
    return [track, Box(own, ink(task.node.tone), radius=TRACK / 2)]
