"""Frame of a picture: its size, fonts, title and description."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from sphinx_diagram_ext.drawing.colours import normal
from sphinx_diagram_ext.drawing.foreign.bounding_boxes import bounds
from sphinx_diagram_ext.drawing.ids import ANCHOR
from sphinx_diagram_ext.fonts import FONT_FAMILY

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from sphinx_diagram_ext.drawing.foreign.labels import Labels

MARGIN = 10
"""Room around a drawing in CSS pixels."""

SVG = "http://www.w3.org/2000/svg"

_BOX = 4


def frame(root: Element, labels: Labels) -> None:
    """Give the root its size, its fonts, a title and a description."""
    for child in list(root):
        if child.tag in ("title", "desc"):
            root.remove(child)
    width, height = _size(root)
    attributes = {
        "xmlns": SVG,
        "width": f"{width:.0f}",
        "height": f"{height:.0f}",
        "viewBox": root.get("viewBox") or f"0 0 {width:.0f} {height:.0f}",
        "font-family": FONT_FAMILY,
        "font-size": (root.get("font-size") or "16px").removesuffix("px"),
        "fill": normal(root.get("fill") or "#1f2938"),
        "role": "img",
        "aria-labelledby": f"{ANCHOR}-title",
    }
    title = ET.Element("title", {"id": f"{ANCHOR}-title"})
    title.text = labels.title
    root.insert(0, title)
    if labels.description:
        attributes["aria-describedby"] = f"{ANCHOR}-desc"
        description = ET.Element("desc", {"id": f"{ANCHOR}-desc"})
        description.text = labels.description
        root.insert(1, description)
    if next(root.iter("a"), None) is not None:
        attributes["role"] = "group"
    root.attrib.clear()
    root.attrib.update(attributes)


def fit(root: Element, *, crop: bool) -> None:
    """Show all of the drawing: engines cut long labels, and pad timelines (*crop*)."""
    box = bounds(root)
    if box is None:
        return
    left, top, right, bottom = box
    left, top, right, bottom = left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN
    shown = [float(part) for part in re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox") or "")]
    if not crop and len(shown) == _BOX:
        x, y, width, height = shown
        slack = MARGIN - 2
        left, top = min(left + slack, x), min(top + slack, y)
        right, bottom = max(right - slack, x + width), max(bottom - slack, y + height)
    root.set("viewBox", f"{left:.2f} {top:.2f} {right - left:.2f} {bottom - top:.2f}")


def _size(root: Element) -> tuple[float, float]:
    """Return width and height of the drawing in CSS pixels."""
    numbers = [float(part) for part in re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox") or "")]
    if len(numbers) == _BOX and numbers[2] > 0 and numbers[3] > 0:
        return numbers[2], numbers[3]
    return 400.0, 300.0
