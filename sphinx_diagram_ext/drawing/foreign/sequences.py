"""Fixes to sequence diagrams: heads that hold their words, titles beside their tabs, numbers in circles.

The engine draws every head as high as any other, writes the title of a block over its tab and
keeps the circles of numbers in markers, where other readers of the picture lose them.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from sphinx_diagram_ext.drawing.foreign.fixes import classes, halo
from sphinx_diagram_ext.fonts import FONT_SIZE, text_width
from sphinx_diagram_ext.palette import LIGHT_BASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

HEAD_LINE_HEIGHT = 18.0
"""Distance of the lines of a head in CSS pixels."""

PADDING = 10.0
CLEAR = 5.0
"""How much higher an actor's name is than the engine has it: the first step may touch it."""

NUMBER = 9.0
"""Least radius of the circle around a number in CSS pixels."""

_BASELINE = 5.5
"""How far the baseline of a line lies below its middle, in CSS pixels."""

_SHAPES = ("line", "circle", "rect", "path", "polygon")


def settle(root: Element) -> None:
    """Fix the drawing of a sequence diagram."""
    _heads(root)
    _numbers(root)
    _blocks(root)
    _halos(root)
    _gather_heads(root)


def _gather_heads(root: Element) -> None:
    """Put the figures of actors beside the other heads: whoever sorts heads takes no lifeline over a note."""
    holders = [child for child in root if any("actor-top" in classes(part) for part in child.iter())]
    if holders:
        first = list(root).index(holders[0])
        for holder in holders:
            root.remove(holder)
        root[first:first] = holders


def _heads(root: Element) -> None:
    """Let heads grow upwards until the longest one holds its lines."""
    heads = [group for group in root.iter("g") if any("actor-top" in classes(part) for part in (group, *group))]
    boxes = [(group, box) for group in heads if (box := group.find("rect")) is not None]
    most = max((len(group.findall("text")) for group, _ in boxes), default=0)
    for group, box in boxes:
        _grow(group, box, most)
    for group in heads:
        if "actor-man" in classes(group):
            _lift(group)


def _grow(group: Element, box: Element, most: int) -> None:
    top, height = _coordinate(box, "y"), _coordinate(box, "height")
    wanted = max(height, most * HEAD_LINE_HEIGHT + 2 * PADDING)
    box.set("y", f"{top + height - wanted}")
    box.set("height", f"{wanted}")
    texts = group.findall("text")
    middle = top + height - wanted / 2
    for index, text in enumerate(texts):
        _centre(text, middle + (index - (len(texts) - 1) / 2) * HEAD_LINE_HEIGHT)


def _lift(group: Element) -> None:
    """Put the name of an actor below the figure, and both above the lifeline."""
    texts = group.findall("text")
    middle = next((_coordinate(text, "y") for text in texts), 0.0)
    rise = HEAD_LINE_HEIGHT * max(len(texts) - 1, 0) + CLEAR
    for index, text in enumerate(texts):
        _centre(text, middle - rise + index * HEAD_LINE_HEIGHT)
    for part in group:
        if part.tag in _SHAPES:
            part.set("transform", f"translate(0,{-rise - CLEAR})")


def _centre(text: Element, middle: float) -> None:
    """Put a text of one line at *middle*, with a baseline that every reader finds."""
    text.set("y", f"{middle + _BASELINE}")
    for part in text.iter():
        for name in ("dominant-baseline", "alignment-baseline", "dy"):
            part.attrib.pop(name, None)


def _numbers(root: Element) -> None:
    """Draw the circle of a number where the number is."""
    for group in (root, *root.iter("g")):
        for at, line in enumerate(group):
            if line.tag != "line" or "sequencenumber" not in (line.get("marker-start") or ""):
                continue
            text = group[at + 1] if at + 1 < len(group) else None
            word = "".join(text.itertext()) if text is not None else ""
            radius = max(NUMBER, text_width(word, 12) / 2 + 3)
            circle = ET.Element("circle", {"cx": line.get("x1") or "0", "cy": line.get("y1") or "0"})
            circle.attrib |= {"r": f"{radius}", "fill": LIGHT_BASE["line"]}
            group[at] = circle
            _clear_way(list(group)[:at], circle)


def _clear_way(before: list[Element], circle: Element) -> None:
    """Lift the label of a message to oneself, whose middle the engine puts above its number."""
    x, y, r = (_coordinate(circle, name) for name in ("cx", "cy", "r"))
    rows = list(itertools.takewhile(lambda part: "messageText" in classes(part), reversed(before[:-1])))
    low = max((_coordinate(text, "y") + FONT_SIZE + _BASELINE + 3.5 for text in rows), default=y)
    if rows and abs(_coordinate(rows[0], "x") - x) < 2 * r and y - r < low:
        for text in rows:
            text.set("y", f"{_coordinate(text, 'y') - (low - (y - r))}")


class BlockFrame(NamedTuple):
    """A loop, an alternative or the like: its frame, its tab and its titles."""

    lines: list[Element]
    tab: Element
    word: Element
    titles: list[Element]

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the frame."""
        xs = [_coordinate(line, name) for line in self.lines for name in ("x1", "x2")]
        ys = [_coordinate(line, name) for line in self.lines for name in ("y1", "y2")]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def second(self) -> float:
        """Where the second branch begins, the bottom if there is none."""
        _, top, _, bottom = self.edges
        level = [_coordinate(line, "y1") for line in self.lines if line.get("y1") == line.get("y2")]
        return min((y for y in level if y > top + 1), default=bottom)

    def stretch(self, right: float) -> None:
        """Move the right side of the frame to *right*."""
        old = self.edges[2]
        for line in self.lines:
            for name in ("x1", "x2"):
                if _coordinate(line, name) >= old - 0.01:
                    line.set(name, f"{right}")


def _block_frames(root: Element) -> Iterator[BlockFrame]:
    for group in root.iter("g"):
        lines = [part for part in group if part.tag == "line" and "loopLine" in classes(part)]
        tab = next((part for part in group if "labelBox" in classes(part)), None)
        word = next((part for part in group if "labelText" in classes(part)), None)
        if lines and tab is not None and word is not None:
            yield BlockFrame(lines, tab, word, [part for part in group if classes(part) & {"loopText", "sectionTitle"}])


def _blocks(root: Element) -> None:
    """Write titles beside the tab, from left to right, and widen frames that do not hold theirs."""
    blocks = sorted(_block_frames(root), key=lambda block: block.edges[2] - block.edges[0])
    for block in blocks:
        _settle_titles(block)
    for inner in blocks:
        left, top, right, bottom = inner.edges
        for outer in blocks:
            x, y, end, low = outer.edges
            if outer is not inner and x <= left and y <= top and bottom <= low and end < right + PADDING:
                outer.stretch(right + PADDING)
        for rect in root.iter("rect"):
            x, end = _coordinate(rect, "x"), _coordinate(rect, "x") + _coordinate(rect, "width")
            if "rect" in classes(rect) and _holds(rect, left, top) and end < right + PADDING:
                rect.set("width", f"{right + PADDING - x}")


def _settle_titles(block: BlockFrame) -> None:
    left, top, right, _ = block.edges
    wide = max(50.0, text_width("".join(block.word.itertext())) + 18)
    corners = ((0, 0), (wide, 0), (wide, 13), (wide - 8, 20), (0, 20))
    block.tab.set("points", " ".join(f"{left + x},{top + y}" for x, y in corners))
    block.word.set("x", f"{left + wide / 2 - 2}")
    _centre(block.word, top + 10.5)
    for text in block.titles:
        at = left + PADDING + (wide if _coordinate(text, "y") < block.second else 0.0)
        for part in text.iter():
            if part.get("x") is not None:
                part.set("x", f"{at}")
        text.set("text-anchor", "start")
        right = max(right, at + text_width("".join(text.itertext())) + PADDING)
    block.stretch(right)


def _halos(root: Element) -> None:
    """Give messages and titles a halo of what is behind them, so that lifelines do not cross them."""
    grounds = [rect for rect in root.iter("rect") if "rect" in classes(rect)]
    for text in root.iter("text"):
        if classes(text) & {"messageText", "loopText", "sectionTitle"}:
            x, y = _coordinate(text, "x"), _coordinate(text, "y")
            behind = [rect for rect in grounds if _holds(rect, x, y)]
            if not any(rect.get("fill-opacity") for rect in behind):
                halo(text, (behind[-1].get("fill") if behind else None) or LIGHT_BASE["ground"])


def _holds(rect: Element, x: float, y: float) -> bool:
    left, top = _coordinate(rect, "x"), _coordinate(rect, "y")
    return left <= x <= left + _coordinate(rect, "width") and top <= y <= top + _coordinate(rect, "height")


def _coordinate(element: Element, name: str) -> float:
    found = re.match(r"-?[\d.]+", element.get(name) or "")
    return float(found[0]) if found else 0.0
