"""Parts that charts share: lines that spare texts, marks of points, and lines of text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.scene import DETAIL, Circle, Path, Text
from sphinx_diagram_ext.fonts import wrap
from sphinx_diagram_ext.model import Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_diagram_ext.drawing.scene import Font, Part
    from sphinx_diagram_ext.model import Message

GRID = 0.5
"""Width of a line of the grid."""

DOT, SIGN = 5.0, 8.0
"""Radius of the point of a chart, and of one with a sign in it."""

SEPARATOR = " \u00b7 "


def lines_of(texts: Iterable[Message], width: float, font: Font = DETAIL) -> list[str]:
    """Return *texts* below each other in lines of at most *width* pixels."""
    return [row for text in texts for row in wrap(text.text, width, font.size, bold=font.bold)]


def inline(texts: Sequence[str]) -> str:
    """Return short texts beside each other as one line."""
    return SEPARATOR.join(" ".join(wrap(text, math.inf)) for text in texts)


def upright(x: float, top: float, bottom: float, stroke: str, width: float, texts: Iterable[Rect]) -> list[Part]:
    """Return the vertical line at *x*, with gaps where it would run through one of *texts*."""
    taken = [(rect.top, rect.bottom) for rect in texts if rect.left - 3 < x < rect.right + 3]
    return [
        _stroke(f"M{x:.1f} {low:.1f}V{high:.1f}", Rect(x, low, x, high), stroke, width)
        for low, high in _free(top, bottom, taken)
    ]


def level(y: float, left: float, right: float, stroke: str, width: float, texts: Iterable[Rect]) -> list[Part]:
    """Return the horizontal line at *y*, with gaps where it would run through one of *texts*."""
    taken = [(rect.left, rect.right) for rect in texts if rect.top - 2 < y < rect.bottom + 2]
    return [
        _stroke(f"M{low:.1f} {y:.1f}H{high:.1f}", Rect(low, y, high, y), stroke, width)
        for low, high in _free(left, right, taken)
    ]


def _stroke(data: str, rect: Rect, stroke: str, width: float) -> Path:
    return Path(data, rect, "", stroke, width)


def _free(start: float, end: float, taken: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the stretches from *start* to *end* that are some pixels clear of those that are *taken*."""
    found = []
    for low, high in sorted(taken):
        if low - 3 > start:
            found.append((start, min(low - 3, end)))
        start = max(start, high + 3)
    if start < end:
        found.append((start, end))
    return [(low, high) for low, high in found if high - low >= 8]


def point(tone: Tone, x: float, y: float) -> list[Part]:
    """Return the mark of a point: a dot, or a disc with the sign of what its tone means."""
    if tone not in _SIGNS:
        paint = Tone.BLUE if tone is Tone.NEUTRAL else tone
        return [Circle(x, y, DOT, f"{paint}-stroke", "ground", 1.5)]
    disc = Circle(x, y, SIGN, f"{tone}-fill", f"{tone}-stroke", 2.4 if tone is Tone.PROBLEM else 1.6)
    data = "".join(f"{letter}{x + across:.1f} {y + down:.1f}" for letter, across, down in _SIGNS[tone])
    return [disc, Path(data, disc.rect, "", f"{tone}-text", 1.8)]


_SIGNS = {
    Tone.PROBLEM: (("M", -3.0, -3.0), ("L", 3.0, 3.0), ("M", 3.0, -3.0), ("L", -3.0, 3.0)),
    Tone.CAUTION: (("M", 0.0, -4.5), ("L", 0.0, 1.2), ("M", 0.0, 3.0), ("L", 0.0, 4.8)),
    Tone.HEALTHY: (("M", -3.6, 0.2), ("L", -1.0, 3.0), ("L", 3.6, -2.8)),
}


def radius(tone: Tone) -> float:
    """Return the radius of the mark of a point."""
    return SIGN if tone in _SIGNS else DOT


def ink(texts: Iterable[Part]) -> list[Rect]:
    """Return the room of every text among *texts*."""
    return [part.rect for part in texts if isinstance(part, Text)]
