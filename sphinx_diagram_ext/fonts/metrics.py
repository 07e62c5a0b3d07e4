"""Widths of text, from the advance widths of an Arial-metric font.

Liberation Sans, Arimo and Arial share their advance widths, Latin, Greek and Cyrillic, so
one table holds on every platform that has one of them. Regenerate it with
``tools/font_widths.py``.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FONT_FAMILY = "Arimo, 'Liberation Sans', Arial, Helvetica, sans-serif"
"""Fonts of labels, all with the same metrics where they exist."""

FONT_SIZE = 16.0
"""Font size of labels in CSS pixels."""

LINE_HEIGHT = 20.0
"""Height of a line of a label in CSS pixels."""

CHART_LINE_HEIGHT = 18
"""Height of a line of text in charts, in CSS pixels."""

_WIDE = 1.05
_EMOJI = 1.4
_OTHER = 0.72


@cache
def _table(weight: str) -> dict[str, int]:
    content = files("sphinx_diagram_ext.fonts").joinpath("widths.json").read_text(encoding="utf-8")
    return {
        chr(first + index): width for first, widths in json.loads(content)[weight] for index, width in enumerate(widths)
    }


@lru_cache(maxsize=8_192)
def text_width(text: str, size: float = FONT_SIZE, *, bold: bool = False) -> float:
    """Return the width in CSS pixels of one line of *text* at the font size *size*.

    Characters outside the table get a generous width by their class, so that a label in
    another script has room rather than none.
    """
    total = 0.0
    for width in advances(text, bold=bold):
        total += width
    return total * size


def advances(text: str, *, bold: bool = False) -> Iterator[float]:
    """Yield the width of each character of *text* at the font size 1."""
    table = _table("bold" if bold else "regular")
    for char in text:
        width = table.get(char)
        yield width / 1000 if width is not None else _guess(char)


@lru_cache(maxsize=4_096)
def _guess(char: str) -> float:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0.0
    if ord(char) >= 0x1F000 or unicodedata.category(char) == "So":
        return _EMOJI
    if unicodedata.east_asian_width(char) in ("W", "F"):
        return _WIDE
    return _OTHER if unicodedata.category(char)[0] in "LNMPZ" else _EMOJI
