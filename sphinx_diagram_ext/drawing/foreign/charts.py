"""Fixes to the pictures of charts and calendars, whose figures become nodes.

The engine knows one line a label in these families, places labels without looking at others
and begins bars before zero.
"""

from __future__ import annotations

import itertools
import math
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from sphinx_diagram_ext.drawing.foreign.bounding_boxes import LOWER
from sphinx_diagram_ext.drawing.foreign.transforms import first_translation
from sphinx_diagram_ext.fonts import text_width
from sphinx_diagram_ext.model import Tone
from sphinx_diagram_ext.palette import LIGHT, LIGHT_BASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from sphinx_diagram_ext.drawing.foreign.labels import Labels
    from sphinx_diagram_ext.palette import Swatch

LINE_HEIGHT_EM = 1.15
"""Distance of lines in ems."""

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
CLEAR = 12.0
"""Between a scale and the first bar, in CSS pixels."""

_CENTRED = "cdc-centred"


def straighten(root: Element) -> None:
    """Drop rotations by 0 degrees and write baselines out, so that every reader finds the same box around a text."""
    for element in root.iter("text"):
        transform = element.get("transform") or ""
        if transform.endswith(" rotate(0)"):
            element.set("transform", transform.removesuffix(" rotate(0)"))
        baseline = element.attrib.pop("dominant-baseline", "")
        if baseline in LOWER:
            size = float((element.get("font-size") or "16").removesuffix("px"))
            element.set("y", f"{size * LOWER[baseline]:.2f}")
        if baseline == "middle":
            element.set("class", f"{element.get('class') or ''} {_CENTRED}".strip())


def split_rows(text: Element) -> None:
    """Give each line of a label its own row; lines below each other are centred on one that was in the middle."""
    rows = (text.text or "").split("\n")
    if len(rows) == 1:
        return
    centred = _CENTRED in (text.get("class") or "").split()
    text.text = None
    first = -(len(rows) - 1) / 2 * LINE_HEIGHT_EM if centred else 0.0
    for number, row in enumerate(rows):
        dy = f"{LINE_HEIGHT_EM if number else first:.3g}em"
        span = ET.SubElement(text, "tspan", {"x": text.get("x") or "0", "dy": dy})
        span.text = row


def measures(root: Element, labels: Labels) -> Iterator[tuple[Element, str]]:
    """Yield bars or points, each with its label in one group."""
    if not labels.texts:
        return
    straighten(root)
    _drop_ground(root)
    _thin_out(first(root, "top-axis"))
    plot = first(root, "plot")
    names = first(root, "left-axis" if first(root, "top-axis") is not None else "bottom-axis")
    named = first(names, "label") if names is not None else None
    if plot is None or named is None:
        return
    texts = list(named)
    bars = first(plot, "bar-plot-0")
    curve = first(plot, "line-plot-0")
    shapes = list(bars) if bars is not None else _points(curve)
    if bars is not None:
        _begin_at_zero(root, shapes)
        _raise_scale(root)
    _limit(root, first(plot, "line-plot-1"), across=bars is None)
    if bars is None:
        _raise_title(named, first(names, "title"), labels)
    keys = iter(labels.tones)
    for shape, text in zip(shapes, texts, strict=False):
        written = labels.texts.get((text.text or "").strip())
        if bars is not None and written is not None and written.bold:
            bars.remove(shape)
            continue
        key = next(keys, None)
        if key is None:
            break
        colour(shape, Tone(labels.tones[key]), curve=bars is None)
        group = ET.SubElement(plot, "g")
        if bars is not None:
            bars.remove(shape)
        named.remove(text)
        group.extend((shape, text))
        yield group, key
    line = first(plot, "line-plot-1")
    if line is not None:
        plot.remove(line)
        plot.append(line)


def _raise_title(named: Element, title: Element | None, labels: Labels) -> None:
    """Put the title of an axis right below the labels; the engine leaves as much room below it as above."""
    text = title.find("text") if title is not None else None
    position = first_translation(text) if text is not None else None
    first = next(map(first_translation, named), None)
    if text is None or position is None or first is None:
        return
    rows = 1 + max(more_rows(label, labels) for label in named)
    text.set("transform", f"translate({position[0]},{float(first[1]) + rows * 14 * LINE_HEIGHT_EM + 8:.2f})")


def _drop_ground(root: Element) -> None:
    """Drop the ground, which would keep the drawing from being cut to what it shows."""
    for parent in root.iter("g"):
        for part in [part for part in parent if part.get("class") == "background"]:
            parent.remove(part)


def _thin_out(axis: Element | None) -> None:
    """Keep as many figures of a horizontal scale as fit beside each other, at equal distances."""
    scale = first(axis, "label")
    texts = list(scale) if scale is not None else []
    positions = [float(found[0]) for text in texts if (found := first_translation(text))]
    gap = min((right - left for left, right in itertools.pairwise(positions)), default=0.0)
    if gap <= 0:
        return
    step = math.ceil((max(text_width(text.text or "", 14) for text in texts) + 8) / gap)
    for number, text in enumerate(texts):
        if number % step:
            text.text = ""


def colour(shape: Element, tone: Tone, *, curve: bool) -> None:
    """Give a bar, or a point of a curve, its tone; the line around it says it too."""
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
    scale = first(root, "top-axis")
    zero = next(map(first_translation, every(scale, "text")), None)
    if zero is None:
        return
    start = float(zero[0])
    for bar in bars:
        end = float(bar.get("x") or 0) + float(bar.get("width") or 0)
        bar.set("x", f"{start}")
        bar.set("width", f"{max(end - start, 0)}")
    axis = first(root, "left-axis")
    for part in list(axis) if axis is not None else ():
        kind = part.get("class") or ""
        if kind == "ticks" and axis is not None:
            axis.remove(part)
        for path in part.iter("path") if "line" in kind else ():
            path.set("d", re.sub(r"(?<=[ML] )-?[\d.]+", f"{start}", path.get("d") or ""))


def _raise_scale(root: Element) -> None:
    """Put the scale a little above the first bar, which the engine lets touch it."""
    for name in ("top-axis", "chart-title"):
        group = first(root, name)
        if group is not None:
            group.set("transform", f"translate(0,{-CLEAR})")
    axis = first(root, "left-axis")
    for path in every(axis, "path"):
        numbers = _NUMBER.findall(path.get("d") or "")
        if len(numbers) == 4 and numbers[0] == numbers[2]:
            x, top, _, bottom = numbers
            path.set("d", f"M {x},{float(top) - CLEAR} L {x},{bottom}")


def _limit(root: Element, line: Element | None, *, across: bool) -> None:
    """Draw the limit dashed, from one end of the plot to the other."""
    path = line.find("path") if line is not None else None
    axis = first(root, "bottom-axis" if across else "left-axis")
    lines = (part for part in every(axis, "g") if "line" in (part.get("class") or ""))
    ends = next((part.find("path") for part in lines), None)
    if path is None or ends is None:
        return
    x, y = _NUMBER.findall(path.get("d") or "")[:2]
    left, top, right, bottom = _NUMBER.findall(ends.get("d") or "")[:4]
    path.set("d", f"M{left},{y}L{right},{y}" if across else f"M{x},{top}L{x},{bottom}")
    path.set("stroke", LIGHT[Tone.PROBLEM].stroke)
    path.set("stroke-dasharray", "7 4")


def more_rows(text: Element | None, labels: Labels) -> int:
    """Return how many lines more than one *text* has."""
    line = labels.texts.get((text.text or "").strip()) if text is not None else None
    return len(line.rows) - 1 if line is not None else 0


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


def every(element: Element | None, tag: str) -> Iterator[Element]:
    """Yield the elements inside with this *tag*, none if there is no *element*."""
    return element.iter(tag) if element is not None else iter(())


def first(element: Element | None, name: str) -> Element | None:
    """Return the first element inside with the class *name*."""
    inside = element.iter() if element is not None else ()
    return next((part for part in inside if name in (part.get("class") or "").split()), None)
