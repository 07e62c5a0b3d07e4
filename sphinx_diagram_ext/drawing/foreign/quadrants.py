"""Labels of quadrant charts, moved where the engine lets them cover each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.foreign.bounding_boxes import overlap
from sphinx_diagram_ext.drawing.foreign.charts import LINE_HEIGHT_EM, colour, every, first, straighten
from sphinx_diagram_ext.drawing.foreign.transforms import first_translation
from sphinx_diagram_ext.fonts import text_width
from sphinx_diagram_ext.model import Tone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from sphinx_diagram_ext.drawing.foreign.bounding_boxes import BoundingBox
    from sphinx_diagram_ext.drawing.foreign.labels import Labels


def points(root: Element, labels: Labels) -> Iterator[tuple[Element, str]]:
    """Yield the points of a quadrant chart; labels move where they cover nothing."""
    if not labels.texts:
        return
    straighten(root)
    groups = [group for group in root.iter("g") if group.get("class") == "data-point"]
    taken = [_around(group.find("circle")) for group in groups]
    written = [_box(text, labels) for group in groups if (text := group.find("text")) is not None]
    for quarter in every(first(root, "quadrants"), "g"):
        taken.append(_settle_title(quarter, taken + written, labels))
    lines = [_line(line) for line in every(first(root, "border"), "line")]
    taken += lines
    lefts, tops, rights, bottoms = zip(*(lines or [(0.0, 0.0, 0.0, 0.0)]), strict=True)
    frame = min(lefts), min(tops), max(rights), max(bottoms)
    # The engine draws the points from the last to the first.
    for group, key in zip(reversed(groups), labels.tones, strict=False):
        circle, text = group.find("circle"), group.find("text")
        if circle is None or text is None:
            continue
        colour(circle, Tone(labels.tones[key]), curve=True)
        taken.append(_settle(text, _around(circle), taken, labels, frame))
        yield group, key


def _around(circle: Element | None) -> BoundingBox:
    x, y, r = (float(circle.get(name) or 0) for name in ("cx", "cy", "r")) if circle is not None else (0.0, 0.0, 0.0)
    return x - r, y - r, x + r, y + r


def _line(line: Element) -> BoundingBox:
    x1, y1, x2, y2 = (float(line.get(name) or 0) for name in ("x1", "y1", "x2", "y2"))
    return min(x1, x2) - 2, min(y1, y2) - 2, max(x1, x2) + 2, max(y1, y2) + 2


def _box(text: Element, labels: Labels) -> BoundingBox:
    """Return the box of a centred label that hangs from its position."""
    line = labels.texts.get((text.text or "").strip())
    size = float((text.get("font-size") or "16").removesuffix("px"))
    rows = line.rows if line is not None else [text.text or ""]
    x, y = map(float, first_translation(text) or (0.0, 0.0))
    half = max(text_width(row, size) for row in rows) / 2
    return x - half, y, x + half, y + len(rows) * size * LINE_HEIGHT_EM


def _settle_title(quarter: Element, taken: list[BoundingBox], labels: Labels) -> BoundingBox:
    """Put the title of a quarter at its lower end if points are in its way at the upper one."""
    frame, text = quarter.find("rect"), quarter.find("text")
    if frame is None or text is None:
        return 0.0, 0.0, 0.0, 0.0
    box = _box(text, labels)
    lower = float(frame.get("y") or 0) + float(frame.get("height") or 0) - (box[3] - box[1]) - 6
    moved = (box[0], lower, box[2], lower + box[3] - box[1])
    upper, under = (sum(overlap(_wide(one), other) for other in taken) for one in (box, moved))
    if under < upper:
        text.set("transform", f"translate({(box[0] + box[2]) / 2:.2f},{lower:.2f})")
        return moved
    return box


def _wide(box: BoundingBox) -> BoundingBox:
    return box[0] - 10, box[1] - 10, box[2] + 10, box[3] + 10


def _settle(
    text: Element, point: BoundingBox, taken: list[BoundingBox], labels: Labels, frame: BoundingBox
) -> BoundingBox:
    """Put a label below, above or beside its point, or as near as possible without covering anything."""
    left, top, right, bottom = _box(text, labels)
    width, height = right - left, bottom - top
    x, y = (point[0] + point[2]) / 2, (point[1] + point[3]) / 2
    spots = _spots(width, height)
    boxes = [(x + across, y + down, x + across + width, y + down + height) for across, down in spots]

    def cost(choice: tuple[int, BoundingBox]) -> tuple[float, int]:
        number, box = choice
        return sum(overlap(box, other) for other in taken) + _outside(box, frame), number

    _, best = min(enumerate(boxes), key=cost)
    text.set("transform", f"translate({(best[0] + best[2]) / 2:.2f},{best[1]:.2f})")
    return best


def _spots(width: float, height: float) -> list[tuple[float, float]]:
    """Return where the left upper corner of a label may be, seen from its point, best first."""
    middle, beside = -width / 2, 9.0
    spots = [(middle, 8.0), (middle, -8.0 - height), (beside, -height / 2), (-beside - width, -height / 2)]
    spots += [(across, down) for across in (beside, -beside - width) for down in (4.0, -4.0 - height)]
    spots += [(middle + side * width / 4, down) for side in (1, -1) for down in (8.0, -8.0 - height)]
    for away in range(1, 9):
        step = 18.0 * away
        spots += [(across, -height / 2 + side * step) for side in (1, -1) for across in (beside, -beside - width)]
        spots += [(across, down) for across in (beside, middle) for down in (8.0 + step, -8.0 - step - height)]
    return spots


def _outside(box: BoundingBox, frame: BoundingBox) -> float:
    """Return how much of a label would leave the plot."""
    return 10 * ((box[2] - box[0]) * (box[3] - box[1]) - overlap(box, frame))
