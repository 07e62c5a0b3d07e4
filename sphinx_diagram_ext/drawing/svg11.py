"""Attributes of SVG 1.1 (https://www.w3.org/TR/SVG11/attindex.html).

Engines leave attributes on elements that have no use for them; browsers do not mind, epubcheck does.
"""

from __future__ import annotations

_GEOMETRY = {
    "svg": "x y width height",
    "rect": "x y width height rx ry",
    "circle": "cx cy r",
    "ellipse": "cx cy rx ry",
    "line": "x1 y1 x2 y2",
    "path": "d",
    "polygon": "points",
    "polyline": "points",
    "text": "x y dx dy rotate",
    "tspan": "x y dx dy rotate",
    "use": "x y width height",
    "pattern": "x y width height",
    "linearGradient": "x1 y1 x2 y2",
    "radialGradient": "cx cy r",
}
"""What says where an element is."""

_ALLOWED = {name: frozenset(attributes.split()) for name, attributes in _GEOMETRY.items()}
_PLACES = frozenset().union(*_ALLOWED.values())

PAINT_ORDER = "paint-order"
"""A property of SVG 2, which SVG 1.1 takes as style only."""


def outside_svg11(tag: str, attribute: str) -> bool:
    """Tell whether SVG 1.1 has no such attribute on an element *tag*."""
    if attribute == PAINT_ORDER:
        return True
    return attribute in _PLACES and attribute not in _ALLOWED.get(tag, frozenset())
