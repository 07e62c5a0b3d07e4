"""Two forms of a picture on a page: which one is shown in which room, by style alone.

The element around a picture is a container for queries of its width (https://www.w3.org/TR/css-conditional-5/). Its class
names the room from which the wide form is shown; in a smaller one the narrow form takes its place.
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

_PADDING = 8
"""Between the border of a frame and its picture, at each side."""

_BLEED = 21
"""How far beyond its room a narrow form goes at most, both sides together: themes pad their text by more."""

_LEAST = 240
"""Width in CSS pixels that a figure has in any cell."""

_STEP, _FIRST, _LAST = 20, 300, 1_200
_NEVER = "never"
_PIXELS = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "em": 16, "rem": 16}
_LENGTH = re.compile(r"([0-9.]+)\s*(%|[a-z]*)")


def room_class(picture: Picture, width: str = "") -> str:
    """Return the class of the element around a picture that has a narrow form.

    Args:
        picture: the wide form.
        width: how wide an author wants it, in CSS; "" for its own width.
    """
    room = _least_room(picture.width, width)
    step = max(_FIRST, math.ceil(room / _STEP) * _STEP) if room <= _LAST else _NEVER
    return f"cdc-from-{step}"


def _least_room(natural: float, width: str) -> float:
    """Return the room in CSS pixels from which no text is smaller than it may be; infinity if there is none."""
    least = natural * SHRINKS
    found = _LENGTH.fullmatch(width.strip().lower())
    if found is None or found[2] not in {*_PIXELS, "%"}:
        return least + 2 * _PADDING
    number = float(found[1])
    if found[2] == "%":
        return least / min(1.0, number / 100) + 2 * _PADDING if number else math.inf
    return least + 2 * _PADDING if number * _PIXELS[found[2]] >= least else math.inf


def rules() -> str:
    """Return the part of the style sheet that shows one form of a picture; on paper that is the wide one."""
    hidden = "visibility: hidden; position: absolute; inset: 0; width: 100% !important; height: 100% !important"
    intrinsic = [_intrinsic(ROOM, 0, round(PHONE))]
    exchanges = []
    for step in (*range(_FIRST, _LAST + 1, _STEP), _NEVER):
        room = f"cdc-from-{step}"
        exchange = f".{room} .{WIDE_FORM} {{{hidden}}} .{room} .{NARROW_FORM} {{display: block}}"
        if isinstance(step, int):
            intrinsic.append(_intrinsic(room, _LEAST, math.floor(step / SHRINKS)))
            exchange = f"@container {ROOM} (width < {step}px) {{{exchange}}}"
        exchanges.append(exchange)
    return "\n".join((*intrinsic, "@media screen {", *exchanges, _on_a_phone(), "}\n"))


def _intrinsic(room: str, least: int, most: int) -> str:
    """Return the width of a figure where it is as wide as what it holds: in cells and floats."""
    return f"figure:has(> .{room})::before {{grid-template-columns: minmax({least}px, {most}px)}}"


def _on_a_phone() -> str:
    """Return how a form that is as wide as a phone uses the room of one."""
    whole, least = round(PHONE), math.ceil(PHONE * SHRINKS)
    stage = f".{ROOM} > .cdc-stage"
    return (
        f"@container {ROOM} (width < {whole + 2 * _PADDING}px)"
        f" {{{stage} > .cdc-frame {{padding-inline: max(0px, (100cqi - {whole}px) / 2)}}}}\n"
        f"@container {ROOM} (width < {least}px) and (width >= {least - _BLEED}px)"
        f" {{{stage} {{display: block; max-width: none; margin-inline: calc((100cqi - {least}px) / 2)}}}}"
    )
