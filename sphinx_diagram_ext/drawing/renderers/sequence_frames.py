"""Frames of a sequence: the tab with the kind of a block, lines between branches, bars of phases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.scene import STRONG, Align, Box, Item, Line, Path, Text
from sphinx_diagram_ext.drawing.scene import Hook as Hooks

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Tone

TAB = 24.0
"""Height of a tab."""
BAR = 3.0
"""Width of the bar at the left of a phase."""
RADIUS = 6.0


def tab(kind: str, left: float, top: float) -> Item:
    """Return the tab in the upper left corner of a frame."""
    rect = Rect.at(left, top, STRONG.width(kind) + 18, TAB)
    data = (
        f"M{rect.left:.1f} {rect.bottom:.1f}v{RADIUS - TAB:.1f}q0 {-RADIUS:.1f} {RADIUS:.1f} {-RADIUS:.1f}"
        f"H{rect.right:.1f}v{TAB - RADIUS:.1f}l{-RADIUS:.1f} {RADIUS:.1f}z"
    )
    text = Text((rect.left + rect.right) / 2 - 1, top + (TAB - STRONG.line) / 2, (kind,), STRONG, "muted")
    return Item(Hooks.TITLE, [Path(data, rect, "group", "group-line", 1), text])


def title(rows: tuple[str, ...], x: float, top: float, ink: str = "text") -> Text:
    """Return the title of a frame or a branch, level with the word in a tab at *top*."""
    return Text(x, top + (TAB - STRONG.line) / 2, rows, STRONG, ink, Align.START)


def title_height(rows: tuple[str, ...]) -> float:
    """Return the height of a title's strip."""
    return STRONG.line * len(rows) + TAB - STRONG.line


def separator(left: float, right: float, y: float) -> Line:
    """Return the line between two branches."""
    return Line([(left, y), (right, y)], "group-line", 1)


def ground(rect: Rect, tone: Tone) -> Box:
    """Return the ground of a phase, a light tint of its tone."""
    return Box(rect, f"{tone}-fill", radius=0, opacity=0.5)


def bar(rect: Rect, ink: str) -> Box:
    """Return the bar at the left side of *rect*."""
    return Box(Rect(rect.left, rect.top, rect.left + BAR, rect.bottom), ink, radius=0)
