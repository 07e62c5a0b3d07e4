"""Picture of changes: each changed diagram before and after, beside each other, in one SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from sphinx_diagram_ext.fonts import FONT_FAMILY
from sphinx_diagram_ext.palette import PALETTE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_diagram_ext.drawing.picture import Picture

_GAP = 24.0
_HEAD = 28.0


class Pair(NamedTuple):
    """A diagram in two states, None where there is none."""

    name: str
    before: Picture | None
    after: Picture | None


def side_by_side(pairs: Sequence[Pair], states: tuple[str, str]) -> str:
    """Return one SVG of all *pairs* with the names of the two *states* above."""
    colours = PALETTE.light
    left = max((pair.before.width for pair in pairs if pair.before), default=160.0)
    right = max((pair.after.width for pair in pairs if pair.after), default=160.0)
    columns = (_GAP, 2 * _GAP + left)
    width = columns[1] + right + _GAP
    parts = [_text(column, _HEAD - 8, state, "muted") for column, state in zip(columns, states, strict=True)]
    top = _HEAD
    for number, pair in enumerate(pairs):
        parts.append(_text(_GAP, top + _HEAD - 8, pair.name, "text", bold=True))
        top += _HEAD
        height = 40.0
        for column, state, picture in zip(columns, ("before", "after"), (pair.before, pair.after), strict=True):
            if picture is None:
                parts.append(_text(column, top + 24, "not there", "muted"))
                continue
            inner = picture.plain(f"{state}-{number}").replace("<svg ", f'<svg x="{column:g}" y="{top:g}" ', 1)
            parts.append(inner)
            height = max(height, picture.height)
        top += height + _GAP
    size = f'width="{width:.0f}" height="{top:.0f}" viewBox="0 0 {width:.0f} {top:.0f}"'
    ground = f'<rect width="100%" height="100%" fill="{colours["ground"]}"/>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{escape(FONT_FAMILY, {chr(34): "&quot;"})}">'
    return f"{head}{ground}{''.join(parts)}</svg>\n"


def _text(left: float, base: float, said: str, colour: str, *, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    fill = PALETTE.light[colour]
    return f'<text x="{left:g}" y="{base:g}" font-size="14" fill="{fill}"{weight}>{escape(said)}</text>'
