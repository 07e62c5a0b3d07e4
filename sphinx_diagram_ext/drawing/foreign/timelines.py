"""Redrawing of timelines: one row or column an event, as high and as wide as their words.

The engine gives an event more room than its words need or less, so that sections cover the events
before them and a short timeline is a long one. Its boxes are kept in their order and drawn again.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from sphinx_diagram_ext.fonts import FONT_SIZE, text_width
from sphinx_diagram_ext.model import Tone
from sphinx_diagram_ext.palette import LIGHT, LIGHT_BASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from sphinx_diagram_ext.drawing.foreign.labels import Labels

TIMELINE_LINE_HEIGHT = 19.0
"""Distance of lines of text in CSS pixels."""

PADDING = 8.0
GAP = 8.0
"""Between the boxes of one event."""

APART = 16.0
"""Between events, and between a section and its events."""

AXIS = 44.0
"""Room for the axis between times and events."""

LEAST = 96.0
"""Least width of a box in CSS pixels."""

_WRAPPERS = {"taskWrapper": "time", "eventWrapper": "event"}


class Words(NamedTuple):
    """The lines of a box, or their placeholders, and the size of the box around them."""

    lines: list[str]
    width: float
    height: float


class EventBox(NamedTuple):
    """A point in time, and what happened then."""

    group: Element
    tone: Tone
    time: Words
    texts: list[Words]


class PeriodBox(NamedTuple):
    """Events below one title; the title may be missing."""

    group: Element | None
    tone: Tone
    title: Words | None
    events: list[EventBox]


def events(root: Element, labels: Labels) -> Iterator[tuple[Element, str]]:
    """Draw the timeline again and yield the group of every event."""
    keys = list(labels.tones)
    boxes = [box for group in root.iter("g") if (box := _box(group, labels)) is not None]
    if not labels.texts or sum(kind == "time" for kind, _ in boxes) != len(keys):
        return
    down = _is_vertical(root)
    periods = _periods(boxes, keys, labels)
    for child in list(root):
        root.remove(child)
    if down:
        _down(root, periods)
    else:
        _across(root, periods)
    yield from zip((event.group for period in periods for event in period.events), keys, strict=True)


def _periods(boxes: list[tuple[str, Words]], keys: list[str], labels: Labels) -> list[PeriodBox]:
    tones = iter(labels.sections)
    names = iter(keys)
    periods: list[PeriodBox] = []
    for kind, words in boxes:
        if kind == "section":
            periods.append(PeriodBox(ET.Element("g"), Tone(next(tones, Tone.NEUTRAL)), words, []))
        elif kind == "time":
            if not periods:
                periods.append(PeriodBox(None, Tone.NEUTRAL, None, []))
            periods[-1].events.append(EventBox(ET.Element("g"), Tone(labels.tones[next(names)]), words, []))
        elif periods and periods[-1].events:
            periods[-1].events[-1].texts.append(words)
    return periods


def _box(group: Element, labels: Labels) -> tuple[str, Words] | None:
    """Return what *group* draws a box for and the words in it, None if it draws none of its own."""
    kind = next((kind for name, kind in _WRAPPERS.items() if name in (group.get("class") or "").split()), None)
    if kind is None and group.get("class") is None:
        kind = "section"
    node = next((part for part in group if "timeline-node" in (part.get("class") or "").split()), None)
    text = node.find("g/text") if node is not None else None
    if kind is None or text is None:
        return None
    rows = ["".join(row.itertext()) for row in text.findall("tspan")] or ["".join(text.itertext())]
    written = [labels.texts[row.strip()].text if row.strip() in labels.texts else row for row in rows]
    wide = max(text_width(row, bold=kind == "section") for row in written)
    return kind, Words(rows, wide + 2 * PADDING + 4, len(rows) * TIMELINE_LINE_HEIGHT + 2 * PADDING)


def _is_vertical(root: Element) -> bool:
    """Tell whether the engine put what happened beside its time instead of below it."""
    lefts = [
        (group.get("transform") or "").partition(",")[0]
        for name in _WRAPPERS
        for group in itertools.islice((one for one in root.iter("g") if one.get("class") == name), 1)
    ]
    return len(set(lefts)) > 1


def _down(root: Element, periods: list[PeriodBox]) -> None:
    """Draw times on the left of the axis and what happened on its right."""
    every = [event for period in periods for event in period.events]
    left = max(event.time.width for event in every)
    right = max((text.width for event in every for text in event.texts), default=LEAST)
    titles = max((period.title.width for period in periods if period.title), default=0.0)
    right = max(right, titles - left - AXIS)
    axis, y = ET.SubElement(root, "line"), 0.0
    for period in periods:
        if period.group is not None and period.title:
            root.append(period.group)
            y += APART / 2 if y else 0.0
            _draw(period.group, (0.0, y, left + AXIS + right), period.title, period.tone)
            y += period.title.height + APART
        for event in period.events:
            root.append(event.group)
            y = _row(event, y, left, right) + APART
    _axis(axis, (left + AXIS / 2, -APART / 2), (left + AXIS / 2, y - APART / 2))


def _row(event: EventBox, top: float, left: float, right: float) -> float:
    """Draw an event that begins at *top* and return where it ends."""
    first = max([event.time.height, *(text.height for text in event.texts[:1])])
    _draw(event.group, (0.0, top + (first - event.time.height) / 2, left), event.time, event.tone)
    y = top
    for index, text in enumerate(event.texts):
        aside = (first - text.height) / 2 if index == 0 else 0.0
        _draw(event.group, (left + AXIS, y + aside, right), text, event.tone)
        y += (first if index == 0 else text.height) + GAP
    _dot(event.group, left + AXIS / 2, top + first / 2, event.tone)
    return max(y - GAP, top + first)


def _across(root: Element, periods: list[PeriodBox]) -> None:
    """Draw times above the axis and what happened below it."""
    every = [event for period in periods for event in period.events]
    wide = max(LEAST, *(words.width for event in every for words in (event.time, *event.texts)))
    titles = max((period.title.height for period in periods if period.title), default=0.0)
    middle = (titles + APART if titles else 0.0) + max(event.time.height for event in every) + AXIS / 2
    axis, x = ET.SubElement(root, "line"), 0.0
    for period in periods:
        least = period.title.width if period.title else 0.0
        step = max(wide + GAP, (least + GAP) / len(period.events))
        if period.group is not None and period.title:
            root.append(period.group)
            _draw(period.group, (x, 0.0, step * len(period.events) - GAP), period.title, period.tone, high=titles)
        for event in period.events:
            root.append(event.group)
            _column(event, x, middle, step - GAP)
            x += step
        x += APART / 2
    _axis(axis, (-APART / 2, middle), (x, middle))


def _column(event: EventBox, left: float, middle: float, wide: float) -> None:
    """Draw an event above and below the *middle* of the axis."""
    _draw(event.group, (left, middle - AXIS / 2 - event.time.height, wide), event.time, event.tone)
    y = middle + AXIS / 2
    for text in event.texts:
        _draw(event.group, (left, y, wide), text, event.tone)
        y += text.height + GAP
    _dot(event.group, left + wide / 2, middle, event.tone)


def _draw(group: Element, position: tuple[float, float, float], words: Words, tone: Tone, high: float = 0.0) -> None:
    """Draw a box, its left upper corner and width at *position*; the line around it says its tone too."""
    x, y, wide = position
    high = max(high, words.height)
    swatch = LIGHT[tone]
    box = {"x": x, "y": y, "width": wide, "height": high, "rx": 4}
    rect = ET.SubElement(group, "rect", {name: f"{value}" for name, value in box.items()})
    rect.attrib |= {"fill": swatch.fill, "stroke": swatch.stroke}
    rect.set("stroke-width", "3" if tone is Tone.PROBLEM else "1.5")
    if tone is Tone.CAUTION:
        rect.set("stroke-dasharray", "6 3")
    first = y + (high - len(words.lines) * TIMELINE_LINE_HEIGHT) / 2 + TIMELINE_LINE_HEIGHT / 2 + FONT_SIZE * 0.35
    text = ET.SubElement(group, "text", {"y": f"{first}", "text-anchor": "middle", "fill": swatch.text})
    for index, line in enumerate(words.lines):
        ET.SubElement(
            text, "tspan", {"x": f"{x + wide / 2}", "y": f"{first + index * TIMELINE_LINE_HEIGHT}"}
        ).text = line


def _dot(group: Element, x: float, y: float, tone: Tone) -> None:
    ET.SubElement(group, "circle", {"cx": f"{x}", "cy": f"{y}", "r": "6", "fill": LIGHT[tone].stroke})


def _axis(line: Element, start: tuple[float, float], end: tuple[float, float]) -> None:
    for name, value in zip(("x1", "y1", "x2", "y2"), (*start, *end), strict=True):
        line.set(name, f"{value}")
    line.attrib |= {"stroke": LIGHT_BASE["line"], "stroke-width": "3", "stroke-linecap": "round"}
