"""Finds the figures of charts and calendars in their pictures, and mends how they are drawn.

The engine knows one line a label in these families, places labels without looking at others
and begins bars before zero.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from sphinx_diagram_ext.model import Tone
from sphinx_diagram_ext.palette import LIGHT, LIGHT_BASE
from sphinx_diagram_ext.text import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from sphinx_diagram_ext.palette import Swatch
    from sphinx_diagram_ext.svg.labels import Labels

ROW = 1.15
"""Distance of lines in ems."""

_PLACE = re.compile(r"translate\(\s*([-\d.e]+)[\s,]+([-\d.e]+)\s*\)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_LEAST_SHARE = 5


def straighten(root: Element) -> None:
    """Drop turns by nothing, so that the box around the drawing can be told."""
    for element in root.iter("text"):
        transform = element.get("transform") or ""
        if transform.endswith(" rotate(0)"):
            element.set("transform", transform.removesuffix(" rotate(0)"))


def split_rows(text: Element) -> None:
    """Give each line of a label its own row; lines below each other are centred on one that was in the middle."""
    rows = (text.text or "").split("\n")
    if len(rows) == 1:
        return
    centred = text.get("dominant-baseline") == "middle" or text.get("class") == _CENTRED
    text.text = None
    first = -(len(rows) - 1) / 2 * ROW if centred else 0.0
    for number, row in enumerate(rows):
        dy = f"{ROW if number else first:.3g}em"
        span = ET.SubElement(text, "tspan", {"x": text.get("x") or "0", "dy": dy})
        span.text = row


_CENTRED = "cdc-centred"


def measures(root: Element, labels: Labels) -> Iterator[tuple[Element, str]]:
    """Yield bars or points, each with its label in one group."""
    if not labels.texts:
        return
    straighten(root)
    _drop_ground(root)
    _thin_out(_first(root, "top-axis"))
    plot = _first(root, "plot")
    names = _first(root, "left-axis" if _first(root, "top-axis") is not None else "bottom-axis")
    named = _first(names, "label") if names is not None else None
    if plot is None or named is None:
        return
    texts = list(named)
    bars = _first(plot, "bar-plot-0")
    curve = _first(plot, "line-plot-0")
    shapes = list(bars) if bars is not None else _points(curve)
    if bars is not None:
        _begin_at_zero(root, shapes)
    _limit(root, _first(plot, "line-plot-1"), across=bars is None)
    keys = iter(labels.tones)
    for shape, text in zip(shapes, texts, strict=False):
        line = labels.texts.get((text.text or "").strip())
        if bars is not None and line is not None and line.bold:
            bars.remove(shape)
            continue
        key = next(keys, None)
        if key is None:
            return
        _colour(shape, Tone(labels.tones[key]), curve=bars is None)
        group = ET.SubElement(plot, "g")
        if bars is not None:
            bars.remove(shape)
        named.remove(text)
        group.extend((shape, text))
        yield group, key


def _drop_ground(root: Element) -> None:
    """Drop the ground, which would keep the drawing from being cut to what it shows."""
    for parent in root.iter("g"):
        for part in [part for part in parent if part.get("class") == "background"]:
            parent.remove(part)


def _thin_out(axis: Element | None) -> None:
    """Drop figures of a lying scale that would touch the one before."""
    scale = _first(axis, "label")
    end = float("-inf")
    for text in list(scale) if scale is not None else ():
        place = _PLACE.match(text.get("transform") or "")
        half = text_width(text.text or "", 14) / 2 + 4
        if place is None or scale is None or float(place[1]) - half < end:
            text.text = ""
        else:
            end = float(place[1]) + half


def _colour(shape: Element, tone: Tone, *, curve: bool) -> None:
    swatch = LIGHT[Tone.BLUE if tone is Tone.NEUTRAL else tone]
    shape.set("fill", swatch.stroke if curve else swatch.fill)
    shape.set("stroke", swatch.stroke)
    shape.set("stroke-width", "3" if tone is Tone.PROBLEM else "1.5")
    if tone is Tone.CAUTION and not curve:
        shape.set("stroke-dasharray", "6 3")


def _points(curve: Element | None) -> list[Element]:
    path = curve.find("path") if curve is not None else None
    numbers = _NUMBER.findall(path.get("d") or "") if path is not None else []
    return [
        ET.Element("circle", {"cx": x, "cy": y, "r": "5"}) for x, y in zip(numbers[::2], numbers[1::2], strict=False)
    ]


def _begin_at_zero(root: Element, bars: list[Element]) -> None:
    """Let bars and their axis begin where the scale does; the engine puts both before it."""
    scale = _first(root, "top-axis")
    zero = next((_PLACE.match(text.get("transform") or "") for text in _all(scale, "text")), None)
    if zero is None:
        return
    start = float(zero[1])
    for bar in bars:
        end = float(bar.get("x") or 0) + float(bar.get("width") or 0)
        bar.set("x", f"{start}")
        bar.set("width", f"{max(end - start, 0)}")
    axis = _first(root, "left-axis")
    for part in list(axis) if axis is not None else ():
        kind = part.get("class") or ""
        if kind == "ticks" and axis is not None:
            axis.remove(part)
        for path in part.iter("path") if "line" in kind else ():
            path.set("d", re.sub(r"(?<=[ML] )-?[\d.]+", f"{start}", path.get("d") or ""))


def _limit(root: Element, line: Element | None, *, across: bool) -> None:
    """Draw the limit dashed, from one end of the plot to the other."""
    path = line.find("path") if line is not None else None
    axis = _first(root, "bottom-axis" if across else "left-axis")
    lines = (part for part in _all(axis, "g") if "line" in (part.get("class") or ""))
    ends = next((part.find("path") for part in lines), None)
    if path is None or ends is None:
        return
    x, y = _NUMBER.findall(path.get("d") or "")[:2]
    left, top, right, bottom = _NUMBER.findall(ends.get("d") or "")[:4]
    path.set("d", f"M{left},{y}L{right},{y}" if across else f"M{x},{top}L{x},{bottom}")
    path.set("stroke", LIGHT[Tone.PROBLEM].stroke)
    path.set("stroke-dasharray", "7 4")


def parts(root: Element, labels: Labels) -> Iterator[tuple[Element, str]]:
    """Yield the entries of a pie chart's legend, moved apart by their lines."""
    if not labels.texts:
        return
    entries = [group for group in root.iter("g") if group.get("class") == "legend"]
    heights = [28 + 18 * _more_rows(group.find("text"), labels) for group in entries]
    top = -sum(heights) / 2
    for group, height, key in zip(entries, heights, labels.tones, strict=False):
        group.set("transform", f"translate(216,{top})")
        top += height
        yield group, key
    title = _first(root, "pieTitleText")
    if title is not None:
        title.set("y", f"{-200 - 18 * _more_rows(title, labels)}")
    for text in root.iter("text"):
        share = (text.text or "").strip().removesuffix("%")
        if text.get("class") == "slice" and share.isdigit() and int(share) < _LEAST_SHARE:
            # The legend says it too; labels of thin slices cover each other.
            text.text = ""


def _more_rows(text: Element | None, labels: Labels) -> int:
    line = labels.texts.get((text.text or "").strip()) if text is not None else None
    return len(line.rows) - 1 if line is not None else 0


def places(root: Element, labels: Labels) -> Iterator[tuple[Element, str]]:
    """Yield the points of a quadrant chart; labels move where they cover nothing."""
    if not labels.texts:
        return
    straighten(root)
    points = [group for group in root.iter("g") if group.get("class") == "data-point"]
    taken = [_around(group.find("circle")) for group in points]
    for quarter in _all(_first(root, "quadrants"), "g"):
        _settle_title(quarter, taken, labels)
    taken += [_line(line) for line in _all(_first(root, "border"), "line")]
    # The engine draws the points from the last to the first.
    for group, key in zip(reversed(points), labels.tones, strict=False):
        circle, text = group.find("circle"), group.find("text")
        if circle is None or text is None:
            continue
        _colour(circle, Tone(labels.tones[key]), curve=True)
        taken.append(_settle(text, _around(circle), taken, labels))
        yield group, key


Box = tuple[float, float, float, float]


def _around(circle: Element | None) -> Box:
    x, y, r = (float(circle.get(name) or 0) for name in ("cx", "cy", "r")) if circle is not None else (0.0, 0.0, 0.0)
    return x - r, y - r, x + r, y + r


def _line(line: Element) -> Box:
    x1, y1, x2, y2 = (float(line.get(name) or 0) for name in ("x1", "y1", "x2", "y2"))
    return min(x1, x2) - 2, min(y1, y2) - 2, max(x1, x2) + 2, max(y1, y2) + 2


def _box(text: Element, labels: Labels) -> Box:
    """Return the box of a centred label that hangs from its place."""
    line = labels.texts.get((text.text or "").strip())
    size = float((text.get("font-size") or "16").removesuffix("px"))
    rows = line.rows if line is not None else [text.text or ""]
    place = _PLACE.match(text.get("transform") or "")
    x, y = (float(place[1]), float(place[2])) if place else (0.0, 0.0)
    half = max(text_width(row, size) for row in rows) / 2
    return x - half, y, x + half, y + len(rows) * size * ROW


def _settle_title(quarter: Element, taken: list[Box], labels: Labels) -> None:
    """Put the title of a quarter at its lower end if points are in its way at the upper one."""
    frame, text = quarter.find("rect"), quarter.find("text")
    if frame is None or text is None:
        return
    box = _box(text, labels)
    lower = float(frame.get("y") or 0) + float(frame.get("height") or 0) - (box[3] - box[1]) - 6
    moved = (box[0], lower, box[2], lower + box[3] - box[1])
    upper, under = (sum(_overlap(_wide(one), other) for other in taken) for one in (box, moved))
    if under < upper:
        text.set("transform", f"translate({(box[0] + box[2]) / 2:.2f},{lower:.2f})")
        box = moved
    taken.append(box)


def _wide(box: Box) -> Box:
    return box[0] - 10, box[1] - 10, box[2] + 10, box[3] + 10


def _settle(text: Element, point: Box, taken: list[Box], labels: Labels) -> Box:
    """Put a label below, above or beside its point, where it covers the least."""
    left, top, right, bottom = _box(text, labels)
    width, height = right - left, bottom - top
    x, y = (point[0] + point[2]) / 2, (point[1] + point[3]) / 2
    beside = width / 2 + 9
    spots = [(x, y + 8), (x, y - 8 - height), (x + beside, y - height / 2), (x - beside, y - height / 2)]
    spots += [(x + side * beside, y + down) for side in (1, -1) for down in (4, -4 - height)]
    spots += [(x + side * width / 4, y + down) for side in (1, -1) for down in (8, -8 - height)]
    boxes = [(at - width / 2, start, at + width / 2, start + height) for at, start in spots]
    best = min(boxes, key=lambda box: sum(_overlap(box, other) for other in taken) + _outside(box))
    text.set("transform", f"translate({(best[0] + best[2]) / 2:.2f},{best[1]:.2f})")
    return best


def _overlap(one: Box, other: Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0


def _outside(box: Box) -> float:
    return 1e4 if box[0] < 30 or box[1] < 5 or box[2] > 715 else 0.0


def tasks(root: Element, labels: Labels) -> Iterator[tuple[Element, str]]:
    """Yield the tasks of a Gantt chart, each bar with its label in one group."""
    if not labels.texts:
        return
    by_id = {(element.get("id") or "").removeprefix("cdc-"): element for element in root.iter()}
    for day in (text for tick in root.iter("g") if tick.get("class") == "tick" for text in tick.iter("text")):
        day.set("font-size", "12")
    home = next((group for group in root.iter("g") for bar in group if _is_task(bar)), None)
    for name, key in labels.nodes.items():
        bar, text = by_id.get(name), by_id.get(f"{name}-text")
        if home is None or bar is None or text is None:
            continue
        swatch = LIGHT[Tone(labels.tones[key])]
        outside = "Outside" in (text.get("class") or "")
        _task(bar, text, swatch, outside=outside)
        group = ET.SubElement(home, "g")
        for part in (bar, text):
            home.remove(part)
            group.append(part)
        yield group, key


def _is_task(element: Element) -> bool:
    return element.tag == "rect" and "task" in (element.get("class") or "").split()


def _task(bar: Element, text: Element, swatch: Swatch, *, outside: bool) -> None:
    bar.set("fill", swatch.fill)
    bar.set("stroke", swatch.stroke)
    text.set("class", _CENTRED)
    x, y, width, height = (float(bar.get(name) or 0) for name in ("x", "y", "width", "height"))
    half = width / 2
    if abs(width - height) < 0.01:
        # A point in time: the engine turns a square by a style that pictures do not keep.
        half, bar.tag = min(height, 24) / 2, "polygon"
        x, y = x + width / 2, y + height / 2
        bar.set("points", f"{x - half},{y} {x},{y - half} {x + half},{y} {x},{y + half}")
    else:
        x += half
    if not outside:
        text.set("fill", swatch.text)
        return
    # Lines of the calendar run behind it.
    text.attrib |= {"stroke": LIGHT_BASE["ground"], "stroke-width": "4", "paint-order": "stroke"}
    right = float(text.get("x") or 0) > x
    text.set("text-anchor", "start" if right else "end")
    text.set("x", f"{x + (half + 6 if right else -half - 6)}")


def _all(element: Element | None, tag: str) -> Iterator[Element]:
    return element.iter(tag) if element is not None else iter(())


def _first(element: Element | None, name: str) -> Element | None:
    """Return the first element inside with the class *name*."""
    inside = element.iter() if element is not None else ()
    return next((part for part in inside if name in (part.get("class") or "").split()), None)
