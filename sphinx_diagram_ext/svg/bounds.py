"""The box around what a picture shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from sphinx_diagram_ext.text import FONT_SIZE, text_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in CSS pixels."""

_TRANSLATE = re.compile(r"translate\(\s*([-\d.e]+)(?:[\s,]+([-\d.e]+))?\s*\)")
_ASCENT, _DESCENT = 0.9, 0.2
"""How far Arial reaches above and below a baseline, in ems."""

LOWER = {"middle": 0.35, "central": 0.35, "hanging": 0.75, "text-before-edge": 0.9}
"""How far a baseline lies below the place of a text, in ems."""

_TURNED = " rotate(-90)"
"""How labels of upright axes are turned."""

_STEP = re.compile(r"([A-Za-z])|(-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?)")
_FLOAT = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_OTHER_STEPS = re.compile("[^MLCQSTZ0-9.,e\\s-]")
"""Steps whose numbers are not the points themselves, in turns."""
_SIZES = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}


def bounds(root: Element) -> Box | None:
    """Return the box around everything drawn, None for what is turned or scaled."""
    boxes: list[Box] = []
    try:
        for child in root:
            _collect(child, 0.0, 0.0, boxes)
    except ValueError:
        return None
    if not boxes:
        return None
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def box_of(element: Element) -> Box | None:
    """Return the box around one element, its own move counted."""
    picture = ET.Element("svg")
    picture.append(element)
    return bounds(picture)


def _collect(element: Element, x: float, y: float, boxes: list[Box]) -> None:
    if element.tag in ("defs", "style", "title", "desc", "marker", "symbol"):
        return
    transform = element.get("transform")
    turned = element.tag == "text" and (transform or "").endswith(_TURNED)
    if transform:
        transform = transform.removesuffix(_TURNED) if turned else transform
        found = _TRANSLATE.fullmatch(transform.strip())
        if found is None:
            message = f"not a move: {transform}"
            raise ValueError(message)
        x, y = x + float(found[1]), y + float(found[2] or 0)
    shape = _SHAPES.get(element.tag)
    own = shape(element) if shape else ()
    if turned:
        own = [(top, -right, bottom, -left) for left, top, right, bottom in own]
    boxes += [(left + x, top + y, right + x, bottom + y) for left, top, right, bottom in own]
    if element.tag != "text":
        for child in element:
            _collect(child, x, y, boxes)


def _rectangle(element: Element) -> Iterable[Box]:
    if not element.get("width"):
        return ()
    x, y = _number(element, "x"), _number(element, "y")
    return ((x, y, x + _number(element, "width"), y + _number(element, "height")),)


def _line(element: Element) -> Iterable[Box]:
    return _around([_number(element, name) for name in ("x1", "y1", "x2", "y2")])


def _ellipse(element: Element) -> Iterable[Box]:
    across, down = (_number(element, name) for name in (("r", "r") if element.tag == "circle" else ("rx", "ry")))
    x, y = _number(element, "cx"), _number(element, "cy")
    return ((x - across, y - down, x + across, y + down),)


def _polygon(element: Element) -> Iterable[Box]:
    return _around([float(part) for part in re.findall(r"-?[\d.]+", element.get("points") or "")])


def _path(element: Element) -> Iterable[Box]:
    path = element.get("d") or ""
    if _OTHER_STEPS.search(path):
        return _around([value for point in points(path) for value in point])
    return _around([float(part) for part in _FLOAT.findall(path)])


def _number(element: Element, name: str) -> float:
    return float((element.get(name) or "0").removesuffix("px"))


def _around(values: Sequence[float]) -> Iterable[Box]:
    """Return the box around points, given as x and y in turns."""
    xs, ys = values[::2], values[1::2]
    return ((min(xs), min(ys), max(xs), max(ys)),) if ys else ()


def _text(element: Element) -> Iterator[Box]:
    rows = [row for row in element.findall("tspan") if "".join(row.itertext()).strip()] or [element]
    size = _length(element.get("font-size") or f"{FONT_SIZE}px", FONT_SIZE)
    wide = max(text_width("".join(row.itertext()), size, bold=_bold(element) or _bold(row)) for row in rows)
    x = float(rows[0].get("x") or element.get("x") or 0)
    lines = list(_baselines(element, rows, size))
    anchor = element.get("text-anchor") or rows[0].get("text-anchor") or "start"
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}.get(anchor, 0.0)
    yield left, min(lines) - size * _ASCENT, left + wide, max(lines) + size * _DESCENT


def _baselines(element: Element, rows: list[Element], size: float) -> Iterator[float]:
    """Yield the baseline of every row; what a row says of its place counts before what its text says."""
    y = _length(element.get("y"), size) + size * LOWER.get(element.get("dominant-baseline") or "", 0.0)
    dy = element.get("dy")
    for row in rows:
        if row is not element and row.get("y"):
            y = _length(row.get("y"), size)
        y += _length(row.get("dy") or dy, size)
        dy = None
        yield y


def _bold(element: Element) -> bool:
    return element.get("font-weight") in ("bold", "600", "700")


def _length(value: str | None, size: float) -> float:
    """Return a length in CSS pixels; *size* is the font's."""
    text = value or "0"
    return float(text.removesuffix("em")) * size if text.endswith("em") else float(text.removesuffix("px"))


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


_SHAPES: dict[str, Callable[[Element], Iterable[Box]]] = {
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
