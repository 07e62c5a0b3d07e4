"""Rows of a schedule: names, days at a bar, points in time, and a grid that leaves texts alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing import shapes
from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.marks import SIZE
from sphinx_diagram_ext.drawing.scene import DETAIL, PLAIN, TITLE, Align, Hook, Line, Path, Text
from sphinx_diagram_ext.fonts import wrap
from sphinx_diagram_ext.model import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_diagram_ext.drawing.scene import Font, Part, Scene
    from sphinx_diagram_ext.model import Node, Phase

PAD = 12.0
"""Room at the sides of a phase."""

ABOVE = 10.0
"""Room above and below what a phase holds."""

MARKED = SIZE + 8
"""Width that a mark takes before a name."""

BESIDE = 8.0
"""Between a bar and its days."""


@dataclass(slots=True)
class Row:
    """A task, and the parts of its row that the grid goes around."""

    key: str
    link: str
    rect: Rect
    around: tuple[Rect, ...]
    parts: list[Part]


def name_lines(node: Node, width: float, when: str = "") -> list[tuple[str, Font]]:
    """Return name, days if they are to be said, and remarks; the first detail are the days."""
    lines: list[tuple[str, Font]] = [(row, PLAIN) for row in shapes.wrapped(node.label, width, PLAIN)]
    lines += [(row, DETAIL) for row in wrap(when, width, DETAIL.size)] if when else []
    return lines + [(row, DETAIL) for text in node.details[1:] for row in shapes.wrapped(text, width, DETAIL)]


def title_lines(phase: Phase, width: float) -> list[tuple[str, Font]]:
    """Return the title of a phase."""
    return [(row, TITLE) for row in shapes.wrapped(phase.label, width, TITLE)]


def ink(tone: Tone) -> str:
    """Return the colour of what is filled with it."""
    return "line" if tone is Tone.NEUTRAL else f"{tone}-stroke"


def diamond(x: float, y: float, half: float, tone: Tone) -> Path:
    """Return the sign of a point in time."""
    data = f"M{x:.1f} {y - half:.1f}l{half:.1f} {half:.1f}l{-half:.1f} {half:.1f}l{-half:.1f} {-half:.1f}z"
    return Path(data, Rect.around(x, y, 2 * half, 2 * half), ink(tone))


def placed_days(when: str, bar: Rect, tone: Tone, room: Rect, *, inside: bool) -> Text:
    """Return the days of a task in its bar, at its right, at its left, or below it within the sides of *room*."""
    wide = DETAIL.width(when)
    y = bar.centre[1] - DETAIL.line / 2
    if inside and wide + 2 * BESIDE <= bar.width:
        return Text(bar.left + BESIDE, y, (when,), DETAIL, f"{tone}-text", Align.START)
    if bar.right + BESIDE + wide <= room.right:
        return Text(bar.right + BESIDE, y, (when,), DETAIL, "muted", Align.START)
    if bar.left - BESIDE - wide >= room.left:
        return Text(bar.left - BESIDE, y, (when,), DETAIL, "muted", Align.END)
    rows = tuple(wrap(when, room.right - room.left, DETAIL.size))
    widest = max(map(DETAIL.width, rows))
    return Text(min(bar.left, room.right - widest), bar.bottom + 4, rows, DETAIL, "muted", Align.START)


def grid(scene: Scene, ticks: Sequence[float], top: float, bottom: float, rows: Sequence[Row]) -> None:
    """Draw a line at each tick, with gaps where bars and their days are."""
    lines: list[Part] = []
    for x in ticks:
        start = top
        for row in rows:
            for low, high in _gaps(x, row):
                if low > start:
                    lines.append(Line([(x, start), (x, low)], "group-line", 0.7))
                start = max(start, high)
        lines.append(Line([(x, start), (x, bottom)], "group-line", 0.7))
    scene.add(Hook.AXIS, *lines)


def _gaps(x: float, row: Row) -> list[tuple[float, float]]:
    return sorted((one.top - 1, one.bottom + 1) for one in row.around if one.left - 3 < x < one.right + 3)
