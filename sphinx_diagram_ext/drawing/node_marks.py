"""Marks of nodes that say more below the picture: a dot for an explanation, a prompt for a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.scene import Box, Circle, Path, Symbol, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.scene import Item, Part

_DOT = 2.2
"""Radius of the dot."""
_PROMPT_WIDTH, _PROMPT_HEIGHT = 9.0, 6.0
"""Size of the prompt."""
_STRIP = 34.0
"""Height below which a path is a strip with a name, such as the head of a state, and no shape of a role."""
_MARKED_WIDTH, _MARKED_HEIGHT = 44.0, 26.0
"""Least size of an outline that has room for a mark."""


def mark(item: Item, *, command: bool) -> list[Part]:
    """Return the mark of a node: in a corner where no text is, or none."""
    outline = item.parts[0]
    if isinstance(outline, Text):
        return []
    left, top, right, bottom = outline.rect
    if right - left < _MARKED_WIDTH or bottom - top < _MARKED_HEIGHT:
        return []
    stroke = getattr(outline, "stroke", "") or "line"
    places = list(_corners(item, outline))
    # Where a prompt has no room, a dot may have it.
    shapes: list[Part] = [_prompt(place, outline.rect.centre[0], stroke) for place in places] if command else []
    shapes += [Circle(x, y, _DOT, stroke) for x, y in places]
    for shape in shapes:
        if not any(part.rect.meets(shape.rect, 1.5) for part in item.parts if isinstance(part, Text | Symbol)):
            return [shape]
    return []


def _corners(item: Item, outline: Part) -> Iterator[Point]:
    left, top, right, bottom = outline.rect
    if isinstance(outline, Box):
        inset = 14.0 if _has_walls(item) else max(8.0, outline.radius * 0.3 + 6)
        yield right - inset, top + 8
        yield right - inset, bottom - 8
    elif bottom - top < _STRIP:
        yield right - 12, (top + bottom) / 2
    yield right - 24, bottom - 7
    yield left + 24, bottom - 7


def _has_walls(item: Item) -> bool:
    """Tell whether lines are drawn on the outline of a node, such as the double sides of a storage."""
    first, *others = item.parts[:2]
    return any(isinstance(part, Path) and part.rect == first.rect for part in others)


def _prompt(place: Point, middle: float, stroke: str) -> Path:
    """Return the sign of a prompt, which reaches from *place* towards the *middle* of its node."""
    x, y = place
    left = x - _PROMPT_WIDTH + _DOT if x > middle else x - _DOT
    top, half = y - _PROMPT_HEIGHT / 2, _PROMPT_HEIGHT / 2
    line = half + 1.5
    data = f"M{left:.1f} {top:.1f}l{half:.1f} {half:.1f}l-{half:.1f} {half:.1f}m{line:.1f} 0h{_PROMPT_WIDTH - line:.1f}"
    return Path(data, Rect.at(left, top, _PROMPT_WIDTH, _PROMPT_HEIGHT), "", stroke, 1.3)
