"""Faults of texts: over each other, over foreign nodes, too near to their borders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.faults.kinds import KINDS, Fault
from sphinx_diagram_ext.drawing.faults.survey import keys_of, quoted, row_rects, visible
from sphinx_diagram_ext.drawing.geometry import union
from sphinx_diagram_ext.drawing.grid import Grid
from sphinx_diagram_ext.drawing.scene import Box, Hook, Path, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.faults.survey import Outline, Survey
    from sphinx_diagram_ext.drawing.geometry import Rect
    from sphinx_diagram_ext.drawing.scene import Item

SIDE, ABOVE = 8.0, 4.0
"""Least room between a text and its border at the sides, and above and below."""

_OVERLAP = -1.0
"""Texts may touch: the room of their ink counts descenders that they may not have."""
_ROUNDING = 0.1


def over_texts(survey: Survey) -> Iterator[Fault]:
    """Yield a fault for each two texts of which lines overlap."""
    found: set[tuple[int, int]] = set()
    number = {id(row.text): at for at, row in enumerate(survey.rows)}
    for row in survey.rows:
        for _, other in survey.text_rows.meeting(row.rect, _OVERLAP):
            pair = number[id(row.text)], number[id(other.text)]
            if pair[0] < pair[1]:
                found.add(pair)
    for one, two in sorted(found):
        first, second = survey.rows[one], survey.rows[two]
        message = f"The text {quoted(first.text)} covers the text {quoted(second.text)}"
        yield Fault(5, KINDS[5].name, message, keys_of(first.item, second.item))


def over_nodes(survey: Survey) -> Iterator[Fault]:
    """Yield a fault for each text and each node that it overlaps and that is not its own."""
    found: dict[tuple[int, int], Fault] = {}
    for row in survey.rows:
        for _, node in survey.boxes.meeting(row.rect, _OVERLAP):
            if node.item is not row.item and (not row.item.key or node.item.key != row.item.key):
                message = f"The text {quoted(row.text)} lies over the node {survey.name(node.item)}"
                fault = Fault(6, KINDS[6].name, message, keys_of(row.item, node.item))
                found.setdefault((id(row.text), node.order), fault)
    yield from found.values()


def tight(survey: Survey) -> Iterator[Fault]:
    """Yield a fault for each text that is too near to the border of the box that it is in."""
    frames = Grid((frame.rect, frame) for frame in survey.frames)
    for item in survey.scene.items:
        if item.hook is Hook.EDGE_LABEL:
            continue
        for number, part in enumerate(item.parts):
            if not isinstance(part, Text) or not any(row.strip() for row in part.rows):
                continue
            ink = union(row_rects(part))
            border = _border(item, number, ink)
            if border is None and item.hook is Hook.TITLE:
                border = _frame(frames, ink)
            if border is not None and not border.grown(_ROUNDING - SIDE, _ROUNDING - ABOVE).holds(ink):
                message = f"The text {quoted(part)} is too near to its border"
                yield Fault(7, KINDS[7].name, message, keys_of(item))


def _border(item: Item, number: int, ink: Rect) -> Rect | None:
    """Return the box of an item that a text is in, if only with a part; of a node this is its outline."""
    if item.hook is Hook.NODE:
        candidates = item.parts[:1]
    else:
        candidates = [
            part for part in item.parts[:number] if isinstance(part, Box) or (isinstance(part, Path) and part.fill)
        ]
    boxes = [
        part.rect
        for part in candidates
        if visible(part) and isinstance(part, Box | Path) and part.rect.meets(ink, _OVERLAP)
    ]
    return boxes[-1] if boxes else None


def _frame(frames: Grid[Outline], ink: Rect) -> Rect | None:
    """Return the smallest frame that a title is in or lies across: its own, if it is in its place."""
    around = [rect for rect, _ in frames.meeting(ink, _OVERLAP)]
    return min(around, key=lambda rect: rect.width * rect.height, default=None)
