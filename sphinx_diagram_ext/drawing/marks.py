"""Marks of tones: signs that say what a colour says, drawn as lines, so that no font has to have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.scene import Path
from sphinx_diagram_ext.model import Tone

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.scene import Part

SIZE = 12.0
"""Width and height of a mark."""

_SIGNS = {
    Tone.PROBLEM: "M{l1} {t1}L{r1} {b1}M{r1} {t1}L{l1} {b1}",
    Tone.CAUTION: "M{x} {t}V{y2}M{x} {b1}V{b}",
    Tone.HEALTHY: "M{l} {y1}L{x1} {b1}L{r} {t1}",
}
"""A cross, an exclamation mark and a tick, by the corners and the middle of their room."""


def mark(tone: Tone, x: float, y: float, ink: str = "") -> list[Part]:
    """Return the sign of *tone* with its middle at (*x*, *y*); nothing for a tone that has none."""
    if tone not in _SIGNS:
        return []
    half = SIZE / 2
    places = {"x": x, "l": x - half, "r": x + half, "t": y - half, "b": y + half, "l1": x - half + 1.5}
    places |= {"r1": x + half - 1.5, "t1": y - half + 1.5, "b1": y + half - 1.5}
    places |= {"x1": x - half / 3, "y1": y + half / 6, "y2": y + half / 3}
    data = _SIGNS[tone].format(**{name: f"{value:.1f}" for name, value in places.items()})
    return [Path(data, Rect.around(x, y, SIZE, SIZE), "", ink or f"{tone}-stroke", 2.2)]
