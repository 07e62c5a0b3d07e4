"""Stand-ins for labels whose width merman knows by itself.

A callback that measures text costs more than the layout it serves, and it serialises the engine.
So the stand-in for a line of a label is its placeholder and as many letters as make it as wide as
the line will be, by the widths that merman's own measurer gives to letters of a font that it has
no table of. The letters are taken out of the finished picture.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sphinx_diagram_ext.fonts import text_width
from sphinx_diagram_ext.mermaid.source import FIRST, LAST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_diagram_ext.mermaid import Line, MermaidSource

UNIT = 0.01
"""Ems in which widths are counted here."""

PLACEHOLDER = 60
"""Advance width of a placeholder in merman's own measurer, in units."""

LETTERS = {"i": 28, "I": 30, "a": 43, "k": 55, "A": 60, "m": 78, "W": 85}
"""Advance widths of letters in merman's own measurer, in units; a test asks the engine for them."""

FAMILIES = frozenset(("flowchart", "state", "sequence", "timeline", "xychart", "pie", "gantt", "quadrantChart"))
"""Families that measure all their text in the font of the site and in its regular weight."""

_WIDEST = "W"
_PLACEHOLDER = re.compile(f"[{FIRST}-{LAST}]")
_WIDE = re.compile(rf"([{FIRST}-{LAST}][{''.join(LETTERS)}]*)(-?)")
_TABLE = 400


def stand_ins(source: MermaidSource) -> dict[str, str]:
    """Return for each placeholder of *source* the stand-in for its line."""
    return {char: char + padding(_units(line) - PLACEHOLDER) for char, line in source.texts().items()}


def padded(source: MermaidSource, instead: Mapping[str, str]) -> str:
    """Return the skeleton of *source* with its placeholders as wide as their lines."""
    skeleton = source.plainly_broken(source.skeleton)
    return _PLACEHOLDER.sub(lambda found: instead.get(found[0], found[0]), skeleton)


def restored(svg: str, instead: Mapping[str, str]) -> str | None:
    """Return *svg* without what makes placeholders wide, None if merman broke one (with a hyphen)."""
    wide = {text: char for char, text in instead.items()}
    whole = True

    def narrow(found: re.Match[str]) -> str:
        nonlocal whole
        char = wide.get(found[1])
        whole = whole and char is not None and not found[2]
        return char or ""

    narrowed = _WIDE.sub(narrow, svg)
    return narrowed if whole else None


@lru_cache(maxsize=1_024)
def padding(units: int) -> str:
    """Return letters at least *units* wide: exactly from two ems on, below that up to a quarter of an em wider."""
    wide = LETTERS[_WIDEST]
    whole = max(0, -(-(units - _TABLE) // wide))
    return _WIDEST * whole + _paddings()[max(0, units - whole * wide)]


@cache
def _paddings() -> tuple[str, ...]:
    """Return for each width up to the table's end the letters that are that wide, or a little wider."""
    exact: list[str | None] = [""]
    for units in range(1, _TABLE + max(LETTERS.values())):
        shorter = ((letter, units - width) for letter, width in LETTERS.items() if width <= units)
        found = [before + letter for letter, at in shorter if (before := exact[at]) is not None]
        exact.append(min(found, key=len, default=None))
    return tuple(next(text for text in exact[units:] if text is not None) for units in range(_TABLE + 1))


def _units(line: Line) -> int:
    return round(max([text_width(row, 1, bold=line.bold) for row in line.rows]) / UNIT)
