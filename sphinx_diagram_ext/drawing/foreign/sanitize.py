"""SVG sanitiser: a list of what may reach a page; everything else is dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.foreign.css_parser import PROPERTIES, harmless
from sphinx_diagram_ext.urls import safe_url

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

XLINK_HREF = "{http://www.w3.org/1999/xlink}href"

ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "title",
        "desc",
        "defs",
        "marker",
        "symbol",
        "use",
        "a",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "pattern",
    ]
)
ATTRIBUTES = PROPERTIES | frozenset(
    [
        "id",
        "class",
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "dx",
        "dy",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "d",
        "points",
        "width",
        "height",
        "transform",
        "viewBox",
        "href",
        "offset",
        "markerWidth",
        "markerHeight",
        "markerUnits",
        "orient",
        "refX",
        "refY",
        "preserveAspectRatio",
        "gradientUnits",
        "gradientTransform",
        "rotate",
        "textLength",
        "name",
        "data-id",
        "clipPathUnits",
        "patternUnits",
        "spreadMethod",
        "fx",
        "fy",
    ]
)


_LINKS = ("href", XLINK_HREF)
NAMES = frozenset(["id", "class", "name", "data-id"])
"""Attributes that neither CSS nor SVG reads as values."""


def restrict(root: Element) -> None:
    """Drop every element and attribute that is not known to be harmless.

    What browsers read as CSS keeps values of a list of forms only: escapes, strings, comments and every function that
    is not named here can lead elsewhere (https://www.w3.org/TR/css-values-4/#urls).
    """
    for element in list(root.iter()):
        for child in [child for child in element if child.tag not in ELEMENTS]:
            _remove(element, child)
        for name, value in list(element.attrib.items()):
            if name in _LINKS:
                _relink(element, name, value)
            elif name not in ATTRIBUTES or not (name in NAMES or harmless(value)):
                del element.attrib[name]


def _relink(element: Element, name: str, value: str) -> None:
    """Keep a link with an allowed address, as ``href``."""
    allowed = _link(element, value)
    if name == XLINK_HREF or not allowed:
        del element.attrib[name]
    if allowed:
        element.set("href", value)


def _link(element: Element, value: str) -> bool:
    if element.tag == "a":
        return safe_url(value) is not None
    return element.tag in ("use", "linearGradient", "radialGradient") and value.startswith("#")


def _remove(parent: Element, child: Element) -> None:
    """Remove *child* and keep the text that follows it."""
    if child.tail:
        before = list(parent).index(child)
        if before:
            sibling = parent[before - 1]
            sibling.tail = (sibling.tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)
