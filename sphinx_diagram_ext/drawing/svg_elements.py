"""SVG elements: texts, boxes, paths, circles, icons, and lines with round corners and arrowheads."""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from sphinx_diagram_ext.drawing.ids import ANCHOR, PAINT, PAINT_END, without_marks
from sphinx_diagram_ext.drawing.scene import Box, Circle, Head, Line, Path, Symbol, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.scene import Align, Part
    from sphinx_diagram_ext.model import Icon

_HEAD_LENGTH, _HEAD_WIDTH = 9.0, 7.0
_CROSS = 4.5
USUAL_WIDTH = 1.3
"""Width of borders, which the root says."""
_GAP = 2.0
"""Between the end of a line and what it points at."""


def element(part: Part, align: Align) -> str:
    """Return the element of *part*; *align* is that of texts which say none."""
    if isinstance(part, Text):
        return _text(part, align)
    if isinstance(part, Line):
        return _line(part)
    if isinstance(part, Symbol):
        return _symbol(part)
    style = _style(part.fill, part.stroke, part.width, "" if isinstance(part, Circle) else part.dash)
    if isinstance(part, Path):
        return f'<path d="{part.data}"{style}/>'
    if isinstance(part, Circle):
        return f'<circle cx="{number(part.x)}" cy="{number(part.y)}" r="{number(part.radius)}"{style}/>'
    return _box(part, style)


def icon_id(icon: Icon) -> str:
    """Return the id of an icon in a picture, where its shapes stand once for all nodes that show it."""
    content = f"{icon.view} {icon.markup}"
    return f"{ANCHOR}-icon-{hashlib.sha256(content.encode()).hexdigest()[:10]}"


def _symbol(symbol: Symbol) -> str:
    left, top, _, _ = symbol.rect
    place = f'x="{number(left)}" y="{number(top)}"'
    size = f'width="{number(symbol.rect.width)}" height="{number(symbol.rect.height)}"'
    ink = f'fill="{paint(symbol.ink)}" color="{paint(symbol.ink)}"'
    return f'<use xlink:href="#{icon_id(symbol.icon)}" {place} {size} {ink}/>'


def _box(box: Box, style: str) -> str:
    left, top, _, _ = box.rect
    radius = min(box.radius, box.rect.width / 2, box.rect.height / 2)
    corners = f' rx="{number(radius)}"' if radius > 0 else ""
    size = f'width="{number(box.rect.width)}" height="{number(box.rect.height)}"'
    if box.opacity < 1:
        style += f' fill-opacity="{box.opacity:.2g}"'
    return f'<rect x="{number(left)}" y="{number(top)}" {size}{corners}{style}/>'


def _text(text: Text, align: Align) -> str:
    """Return each row as a text of its own, and a line feed behind it: what reads a page as text keeps words apart."""
    font, x = text.font, number(text.x)
    attributes = ""
    if font.size != 13:
        attributes += f' font-size="{number(font.size)}"'
    if font.bold:
        attributes += ' font-weight="600"'
    if text.align is not align:
        attributes += f' text-anchor="{text.align}"'
    if text.ink != "text":
        attributes += f' fill="{paint(text.ink)}"'
    return "".join(
        f'<text x="{x}" y="{number(text.baseline + at * font.line)}"{attributes}>{escaped(row)}</text>\n'
        for at, row in enumerate(text.rows)
    )


def _line(line: Line) -> str:
    points = list(line.points)
    heads = []
    for end, head in ((-1, line.head), (0, line.tail)):
        if head is not Head.NONE and len(points) > 1:
            ordered = points if end else points[::-1]
            ordered, shape = _headed(ordered, head, line)
            points = ordered if end else ordered[::-1]
            heads.append(shape)
    dash = f' stroke-dasharray="{line.dash}"' if line.dash else ""
    style = f' fill="none" stroke="{paint(line.stroke)}"{_stroke_width(line.width)}'
    return f'<path d="{rounded(points, line.radius)}"{style}{dash}/>{"".join(heads)}'


def _headed(points: list[Point], head: Head, line: Line) -> tuple[list[Point], str]:
    """Return a line that ends where its head begins, and the head at its end."""
    (x0, y0), (x1, y1) = points[-2], points[-1]
    far = math.dist((x0, y0), (x1, y1)) or 1.0
    along = ((x1 - x0) / far, (y1 - y0) / far)
    ink = paint(line.stroke)
    if head is Head.CROSS:
        centre = (x1 - along[0] * (_CROSS + 7), y1 - along[1] * (_CROSS + 7))
        legs = "".join(
            f"M{number(centre[0] - dx)} {number(centre[1] - dy)}L{number(centre[0] + dx)} {number(centre[1] + dy)}"
            for dx, dy in ((_CROSS, _CROSS), (_CROSS, -_CROSS))
        )
        shape = f'<path d="{legs}" fill="none" stroke="{ink}" stroke-width="{number(max(line.width, 1.8))}"/>'
        return [*points[:-1], centre], shape
    tip = (x1 - along[0] * _GAP / 2, y1 - along[1] * _GAP / 2)
    size = max(1.0, min(1.25, line.width / 1.6))
    base = (tip[0] - along[0] * _HEAD_LENGTH * size, tip[1] - along[1] * _HEAD_LENGTH * size)
    wing = (-along[1] * _HEAD_WIDTH / 2 * size, along[0] * _HEAD_WIDTH / 2 * size)
    one, other = (base[0] + wing[0], base[1] + wing[1]), (base[0] - wing[0], base[1] - wing[1])
    # Seen from its first corner, every head of one direction has the same words, which pack well.
    data = f"M{_at(one)}l{_at(_from(one, tip))} {_at(_from(tip, other))}"
    if head is Head.OPEN:
        return (
            [*points[:-1], tip],
            f'<path d="{data}" fill="none" stroke="{ink}" stroke-width="{number(line.width)}"/>',
        )
    shape = f'<path d="{data}z" fill="{ink}"/>'
    inner = (tip[0] - along[0] * (_HEAD_LENGTH * size - 1), tip[1] - along[1] * (_HEAD_LENGTH * size - 1))
    return [*points[:-1], inner], shape


def rounded(points: Sequence[Point], radius: float) -> str:
    """Return the path data of a polyline whose corners are round, as far as its legs are long enough."""
    at = points[0]
    data = [f"M{_at(at)}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        cut = min(radius, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        if cut < 0.5:
            data.append(_straight(at, corner))
            at = corner
            continue
        start, end = _towards(corner, before, cut), _towards(corner, after, cut)
        data.append(f"{_straight(at, start)}q{_at(_from(start, corner))} {_at(_from(start, end))}")
        at = end
    data.append(_straight(at, points[-1]))
    return "".join(data)


def _straight(start: Point, end: Point) -> str:
    """Return the path data of a straight line from *start* to *end*, short where it is level or upright."""
    if number(start[0]) == number(end[0]):
        return f"V{number(end[1])}"
    return f"H{number(end[0])}" if number(start[1]) == number(end[1]) else f"L{_at(end)}"


def _from(start: Point, end: Point) -> Point:
    return end[0] - start[0], end[1] - start[1]


def _towards(start: Point, end: Point, by: float) -> Point:
    far = math.dist(start, end) or 1.0
    return start[0] + (end[0] - start[0]) * by / far, start[1] + (end[1] - start[1]) * by / far


def _style(fill: str, stroke: str, width: float, dash: str) -> str:
    found = f' fill="{paint(fill)}"' if fill else ' fill="none"'
    if stroke:
        found += f' stroke="{paint(stroke)}"{_stroke_width(width)}'
        if dash:
            found += f' stroke-dasharray="{dash}"'
    return found


def _stroke_width(width: float) -> str:
    return "" if width == USUAL_WIDTH else f' stroke-width="{number(width)}"'


def paint(name: str) -> str:
    """Return the mark of the colour *name*, which a picture is given where it is shown."""
    return f"{PAINT}{name}{PAINT_END}"


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def number(value: float) -> str:
    """Return *value* with one digit after the point, or none if that is zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def escaped(text: str) -> str:
    """Return *text* as the content of an element, without marks of ours."""
    return escape(without_marks(text))
