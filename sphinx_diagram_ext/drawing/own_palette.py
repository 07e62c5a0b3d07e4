"""Palette of a project's own: colours that take the place of the usual ones, checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.drawing.colours import contrast
from sphinx_diagram_ext.errors import did_you_mean
from sphinx_diagram_ext.model import Tone
from sphinx_diagram_ext.palette import PALETTE, Palette

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMES = ("light", "dark")

LEAST_CONTRAST = 4.5
"""Contrast of text and ground (WCAG 2.2, 1.4.3)."""

TEXT_ON_GROUND = (
    *((text, ground) for text in ("text", "muted", "line", "blue-stroke") for ground in ("ground", "group")),
    ("note-text", "note"),
    *((f"{tone}-text", f"{tone}-fill") for tone in Tone),
)
"""Colours of text, each with a ground on which it is written; links have that of blue borders."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def read_palette(given: Mapping[Any, Any]) -> tuple[Palette, list[str]]:
    """Return the usual palette with the colours *given*, and what is wrong with these.

    Args:
        given: ``#rrggbb`` by the name of a colour, for the light scheme; or such mappings by "light" and "dark".
    """
    problems: list[str] = []
    parts = given if any(name in SCHEMES for name in given) else {"light": given}
    schemes = {scheme: dict(getattr(PALETTE, scheme)) for scheme in SCHEMES}
    for scheme, colours in parts.items():
        if scheme not in SCHEMES:
            problems.append(f"found {scheme!r} beside the schemes, wanted light and dark only.")
        elif isinstance(colours, dict):
            problems += _put(str(scheme), colours, schemes[str(scheme)])
        else:
            problems.append(f"found {colours!r} for the {scheme} scheme, wanted a dict of colours.")
    return Palette(**schemes), problems


def _put(scheme: str, given: Mapping[Any, Any], palette: dict[str, str]) -> list[str]:
    """Put the good colours into *palette*; return what is wrong with the others, and what cannot be read."""
    problems = []
    taken = set()
    for name, colour in given.items():
        if name not in palette:
            problems.append(f"there is no colour {name!r}.{did_you_mean(str(name), palette)}")
        elif not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
            problems.append(f"found {colour!r} for {name}, wanted a colour as #rrggbb.")
        else:
            palette[str(name)] = colour.lower()
            taken.add(name)
    for text, ground in TEXT_ON_GROUND:
        found = contrast(palette[text], palette[ground])
        if {text, ground} & taken and found < LEAST_CONTRAST:
            problems.append(
                f"{text} {palette[text]} on {ground} {palette[ground]} has a contrast of {found:.2f}:1 in the {scheme}"
                f" scheme, wanted {LEAST_CONTRAST}:1 or more."
            )
    return problems
