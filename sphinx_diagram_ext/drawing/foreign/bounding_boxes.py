"""Bounding boxes of drawn elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.foreign.transforms import offset
from sphinx_diagram_ext.fonts import FONT_SIZE, text_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

BoundingBox = tuple[float, float, float, float]
"""Left, top, right and bottom in CSS pixels."""

_ASCENT, _DESCENT = 0.9, 0.2
"""How far Arial extends above and below a baseline, in ems."""

LOWER = {"middle": 0.35, "central": 0.35, "hanging": 0.75, "text-before-edge": 0.9}
"""How far a baseline lies below the position of a text, in ems."""

_TURNED = " rotate(-90)"
"""How labels of upright axes are turned."""

_UNSEEN = frozenset(("defs", "style", "title", "desc", "marker", "symbol"))
_BOLD = frozenset(("bold", "600", "700"))

_STEP = re.compile(r"([A-Za-z])|(-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?)")
_FLOAT = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_OTHER_STEPS = re.compile("[^MLCQSTZ0-9.,e\\s-]")
"""Steps whose numbers are not the points themselves, in turns."""
_SIZES = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}


def bounds(root: Element) -> BoundingBox | None:
    """Return the box around everything drawn, None for what is turned or scaled."""
    return _box(root)


def box_of(element: Element) -> BoundingBox | None:
    """Return the box around one element, its own move counted."""
    return _box((element,))


def _box(elements: Iterable[Element]) -> BoundingBox | None:
    boxes: list[BoundingBox] = []
    try:
        for element in elements:
            _collect(element, 0.0, 0.0, boxes)
    except ValueError:
        return None
    if not boxes:
        return None
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def overlap(one: BoundingBox, other: BoundingBox, gap: float = 0.0) -> float:
    """Return the area that two boxes share; side by side, they share none only *gap* CSS pixels apart."""
    across = min(one[2], other[2]) - max(one[0], other[0]) + gap
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0


def _collect(element: Element, x: float, y: float, boxes: list[BoundingBox]) -> None:
    tag = element.tag
    if tag in _UNSEEN:
        return
    transform = element.get("transform")
    turned = False
    if transform:
        turned = tag == "text" and transform.endswith(_TURNED)
        right, down = offset(transform.removesuffix(_TURNED) if turned else transform)
        x, y = x + right, y + down
    shape = _SHAPES.get(tag)
    own = shape(element) if shape else None
    if own is not None:
        left, top, right, bottom = (own[1], -own[2], own[3], -own[0]) if turned else own
        boxes.append((left + x, top + y, right + x, bottom + y))
    if tag != "text":
        for child in element:
            _collect(child, x, y, boxes)


def _rectangle(element: Element) -> BoundingBox | None:
    if not element.get("width"):
        return None
    x, y = _pixels(element, "x"), _pixels(element, "y")
    return x, y, x + _pixels(element, "width"), y + _pixels(element, "height")


def _line(element: Element) -> BoundingBox | None:
    return _around([_pixels(element, name) for name in ("x1", "y1", "x2", "y2")])


def _ellipse(element: Element) -> BoundingBox | None:
    across, down = (_pixels(element, name) for name in (("r", "r") if element.tag == "circle" else ("rx", "ry")))
    x, y = _pixels(element, "cx"), _pixels(element, "cy")
    return x - across, y - down, x + across, y + down


def _polygon(element: Element) -> BoundingBox | None:
    return _around([float(part) for part in re.findall(r"-?[\d.]+", element.get("points") or "")])


def _path(element: Element) -> BoundingBox | None:
    path = element.get("d") or ""
    if _OTHER_STEPS.search(path):
        return _around([value for point in points(path) for value in point])
    return _around([float(part) for part in _FLOAT.findall(path)])


def _pixels(element: Element, name: str) -> float:
    value = element.get(name)
    return float(value.removesuffix("px")) if value else 0.0


def _around(values: Sequence[float]) -> BoundingBox | None:
    """Return the box around points, given as x and y in turns."""
    xs, ys = values[::2], values[1::2]
    return (min(xs), min(ys), max(xs), max(ys)) if ys else None


def _text(element: Element) -> BoundingBox:
    rows = [row for row in element.findall("tspan") if _words(row).strip()] or [element]
    size = _length(element.get("font-size") or f"{FONT_SIZE}px", FONT_SIZE)
    bold = _bold(element)
    wide = max([text_width(_words(row), size, bold=bold or _bold(row)) for row in rows])
    x = float(rows[0].get("x") or element.get("x") or 0)
    lines = _baselines(element, rows, size)
    anchor = element.get("text-anchor") or rows[0].get("text-anchor")
    left = x - wide / 2 if anchor == "middle" else x - wide if anchor == "end" else x
    return left, min(lines) - size * _ASCENT, left + wide, max(lines) + size * _DESCENT


def _words(element: Element) -> str:
    return "".join(element.itertext()) if len(element) else element.text or ""


def _baselines(element: Element, rows: list[Element], size: float) -> list[float]:
    """Return the baseline of every row; what a row says of its position counts before what its text says."""
    y = _length(element.get("y"), size) + size * LOWER.get(element.get("dominant-baseline") or "", 0.0)
    dy = element.get("dy")
    found = []
    for row in rows:
        own = row.get("y")
        if own and row is not element:
            y = _length(own, size)
        y += _length(row.get("dy") or dy, size)
        dy = None
        found.append(y)
    return found


def _bold(element: Element) -> bool:
    return element.get("font-weight") in _BOLD


def _length(value: str | None, size: float) -> float:
    """Return a length in CSS pixels, 0 if there is none; *size* is the font's."""
    if not value:
        return 0.0
    return float(value.removesuffix("em")) * size if value.endswith("em") else float(value.removesuffix("px"))


def points(path: str) -> Iterator[tuple[float, float]]:
    """Yield the end and control points of a path's steps."""
    tokens = _STEP.findall(path)
    command, at, x, y = "M", 0, 0.0, 0.0
    while at < len(tokens):
        if tokens[at][0]:
            command, at = tokens[at][0], at + 1
        kind, relative = command.casefold(), command.islower()
        size = _SIZES.get(kind)
        if size is None:
            message = f"not a step of a path: {command}"
            raise ValueError(message)
        if size == 0:
            continue
        values = [float(token[1]) for token in tokens[at : at + size] if token[1]]
        if len(values) < size:
            return
        at += size
        base_x, base_y = (x, y) if relative else (0.0, 0.0)
        if kind == "h":
            x = base_x + values[0]
        elif kind == "v":
            y = base_y + values[0]
        elif kind == "a":
            x, y = base_x + values[5], base_y + values[6]
        else:
            for index in range(0, size, 2):
                yield base_x + values[index], base_y + values[index + 1]
            x, y = base_x + values[-2], base_y + values[-1]
        yield x, y


_SHAPES: dict[str, Callable[[Element], BoundingBox | None]] = {
    "rect": _rectangle,
    "use": _rectangle,
    "line": _line,
    "circle": _ellipse,
    "ellipse": _ellipse,
    "polygon": _polygon,
    "polyline": _polygon,
    "path": _path,
    "text": _text,
}
