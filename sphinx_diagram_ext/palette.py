"""Colours by meaning, light and dark.

A picture is drawn with the light colours. Each of them is used for one purpose only, so the
colour itself says which custom property takes its place when the picture is shown: one SVG
serves both schemes. Pairs of text and ground have a contrast of at least 4.5:1 in both
(WCAG 2.2, 1.4.3), which a test computes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.model import Tone

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Swatch:
    """Ground, border and text of something."""

    fill: str
    stroke: str
    text: str


LIGHT: dict[Tone, Swatch] = {
    Tone.NEUTRAL: Swatch("#f1f5fa", "#64748c", "#1e293c"),
    Tone.PROBLEM: Swatch("#ffe4e7", "#be123d", "#881338"),
    Tone.CAUTION: Swatch("#fef3c8", "#b4530a", "#78350e"),
    Tone.HEALTHY: Swatch("#d1fae6", "#04785a", "#064e3c"),
    Tone.BLUE: Swatch("#dbeaff", "#1d4ed9", "#1e3a8b"),
    Tone.PURPLE: Swatch("#ede9ff", "#6d28da", "#4c1d96"),
}

DARK: dict[Tone, Swatch] = {
    Tone.NEUTRAL: Swatch("#27324a", "#8a9bb5", "#e6edf7"),
    Tone.PROBLEM: Swatch("#4c1022", "#fb7186", "#ffe0e4"),
    Tone.CAUTION: Swatch("#45270a", "#fbbf25", "#fdeebb"),
    Tone.HEALTHY: Swatch("#063d2f", "#34d39a", "#cdf9e3"),
    Tone.BLUE: Swatch("#172f66", "#60a5fb", "#d8e8ff"),
    Tone.PURPLE: Swatch("#36176b", "#a78bfb", "#e9e3ff"),
}

LIGHT_BASE: dict[str, str] = {
    "text": "#1f2938",
    "muted": "#46536a",
    "line": "#475570",
    "ground": "#fffffe",
    "group": "#f8fafd",
    "group-line": "#94a3b9",
    "note": "#fffbec",
    "note-line": "#a16208",
    "note-text": "#713f13",
}

DARK_BASE: dict[str, str] = {
    "text": "#e2e8f1",
    "muted": "#b4c1d5",
    "line": "#a3b2c8",
    "ground": "#0f1626",
    "group": "#182236",
    "group-line": "#55657f",
    "note": "#33270c",
    "note-line": "#d9a928",
    "note-text": "#fdf0c4",
}


def properties(tones: dict[Tone, Swatch], base: dict[str, str]) -> dict[str, str]:
    """Return the colour of every custom property, by its name without the ``--cdc-``."""
    named = dict(base)
    for tone, swatch in tones.items():
        named[f"{tone}-fill"] = swatch.fill
        named[f"{tone}-stroke"] = swatch.stroke
        named[f"{tone}-text"] = swatch.text
    return named


BY_COLOUR: dict[str, str] = {colour: name for name, colour in properties(LIGHT, LIGHT_BASE).items()}
"""The custom property for each light colour."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours that pictures are shown in, ``#rrggbb`` by name, in both schemes."""

    light: Mapping[str, str]
    dark: Mapping[str, str]


PALETTE = Palette(properties(LIGHT, LIGHT_BASE), properties(DARK, DARK_BASE))
"""The usual ones."""
