"""Two forms of a picture on a page: which one is shown in which room, by style alone.

The element around a picture is a container for queries of its width (https://www.w3.org/TR/css-conditional-5/).
Its class names the room from which the wide form is shown; in a smaller one the narrow form takes its place.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.renderers import NARROW
from sphinx_diagram_ext.drawing.scene import DETAIL, MARGIN

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.picture import Picture

ROOM = "cdc-room"
WIDE_FORM, NARROW_FORM = "cdc-form-wide", "cdc-form-narrow"

PHONE = NARROW + 2 * MARGIN
"""Width in CSS pixels that every phone has room for, nearly: a picture that is no wider needs no second form."""

_READABLE = 12.0
"""Size in CSS pixels below which no text of a picture is shown."""

SHRINKS = _READABLE / DETAIL.size
"""How far a picture shrinks at most."""

_LEAST = math.ceil(PHONE * SHRINKS)
"""Room in CSS pixels from which a picture as wide as a phone can be read."""

_STEP, _FIRST, _LAST = 20, 260, 1_200
_NEVER = "never"
_PIXELS = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "em": 16, "rem": 16}
_LENGTH = re.compile(r"([0-9.]+)\s*(%|[a-z]*)")


def room_class(picture: Picture, width: str = "") -> str:
    """Return the class of the element around a picture that has a narrow form.

    Args:
        picture: the wide form.
        width: how wide an author wants it, in CSS; "" for its own width.
    """
    room = _least_room(picture.width * SHRINKS, width)
    return f"cdc-from-{max(_FIRST, math.floor(room / _STEP) * _STEP) if room < _LAST + _STEP else _NEVER}"


def _least_room(least: float, width: str) -> float:
    """Return the room in CSS pixels in which a picture that is to be *width* is *least* wide; infinity if none."""
    found = _LENGTH.fullmatch(width.strip().lower())
    if found is None or found[2] not in {*_PIXELS, "%"}:
        return least
    number = float(found[1])
    if found[2] == "%":
        return least * 100 / min(100, number) if number else math.inf
    return least if number * _PIXELS[found[2]] >= least else math.inf


# A container of queries has no width of its own: in cells and floats the figure has that of this column.
_INTRINSIC = """\
figure:has(> .cdc-room)::before {
  content: ""; display: grid; height: 0; overflow: hidden;
  grid-template-columns: minmax(var(--cdc-room-cell, 0px), calc((var(--cdc-room-from, 261px) + 20px) * 13 / 12));
}
figure:has(> [class*="cdc-from-"]) { --cdc-room-cell: 15em; }
"""


def rules() -> str:
    """Return the part of the style sheet that shows one form of a picture; on paper that is the wide one.

    A picture may go beyond its room a little, which its own margin makes up for: so the step is the one below what it
    needs, and no picture that nearly fits gives way.
    """
    steps = range(_FIRST, _LAST + 1, _STEP)
    needs = [f"figure:has(> .cdc-from-{step}) {{--cdc-room-from: {step}px}}" for step in steps]
    exchanges = [f"@container {ROOM} (width < {step}px) {{{_exchanged(step)}}}" for step in steps]
    return _INTRINSIC + "\n".join((*needs, "@media screen {", *exchanges, _exchanged(_NEVER), "}\n"))


def _exchanged(step: int | str) -> str:
    """Return the rules that show the narrow form; the wide one keeps a place, to which links lead."""
    room = f".cdc-from-{step}"
    hidden = "visibility: hidden; position: absolute; inset: 0; width: 100% !important; height: 100% !important"
    return (
        f"{room} > .cdc-stage {{--cdc-room-need: {_LEAST}px}}"
        f" {room} .cdc-frame > .{WIDE_FORM} {{{hidden}}} {room} .cdc-frame > .{NARROW_FORM} {{display: block}}"
    )
