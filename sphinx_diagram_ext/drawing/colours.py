"""Colours in an engine's SVG, as the palette knows them."""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache

from sphinx_diagram_ext.drawing.named_colours import NAMED_COLOURS
from sphinx_diagram_ext.palette import BY_COLOUR, LIGHT_BASE

DARK_INK = "#000000"
LIGHT_INK = "#ffffff"

_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?%?")


@lru_cache(maxsize=4_096)
def normal(colour: str) -> str:
    """Return *colour* as ``#rrggbb`` in lower case where it is known, else as it is."""
    # The id of a gradient or pattern has letters of both cases.
    value = colour.strip() if "url(" in colour else colour.strip().casefold()
    if re.fullmatch(r"#[0-9a-f]{6}", value):
        return value
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "#" + "".join(char * 2 for char in value[1:])
    if value in NAMED_COLOURS:
        return NAMED_COLOURS[value]
    numbers = _NUMBERS.findall(value)
    if value.startswith("rgb(") and len(numbers) == 3:
        return _hex(*(float(number.rstrip("%")) * (2.55 if "%" in number else 1) for number in numbers))
    if value.startswith("hsl(") and len(numbers) == 3:
        hue, saturation, light = (float(number.rstrip("%")) for number in numbers)
        rgb = colorsys.hls_to_rgb((hue % 360) / 360, light / 100, saturation / 100)
        return _hex(*(part * 255 for part in rgb))
    return value


def plain_ink(colour: str) -> str:
    """Return a colour of the palette for the blacks, greys and whites that engines hard-code."""
    value = normal(colour)
    if value in BY_COLOUR or not re.fullmatch(r"#[0-9a-f]{6}", value):
        return value
    red, green, blue = (int(value[at : at + 2], 16) for at in (1, 3, 5))
    if max(red, green, blue) - min(red, green, blue) > 12:
        return value
    if max(red, green, blue) <= 0x99:
        return LIGHT_BASE["line"]
    return LIGHT_BASE["ground"] if min(red, green, blue) >= 0xE8 else LIGHT_BASE["group-line"]


def ink_on(fill: str) -> str | None:
    """Return a text colour that reads on *fill*, a colour of an author's own."""
    value = normal(fill)
    if value in BY_COLOUR or not re.fullmatch(r"#[0-9a-f]{6}", value):
        return None
    return DARK_INK if luminance(value) > 0.179 else LIGHT_INK


def readable(text: str, fill: str) -> bool:
    """Tell whether a text colour of an author's own reads on *fill*."""
    one, other = normal(text), normal(fill)
    known = all(re.fullmatch(r"#[0-9a-f]{6}", colour) for colour in (one, other))
    return known and contrast(one, other) >= 4.5


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2, definition)."""
    parts = []
    for at in (1, 3, 5):
        part = int(colour[at : at + 2], 16) / 255
        parts.append(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, definition)."""
    upper, lower = sorted((luminance(one), luminance(other)), reverse=True)
    return (upper + 0.05) / (lower + 0.05)


def _hex(red: float, green: float, blue: float) -> str:
    return "#" + "".join(f"{max(0, min(255, round(part))):02x}" for part in (red, green, blue))
