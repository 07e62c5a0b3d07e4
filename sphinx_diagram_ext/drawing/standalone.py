"""A finished picture as a file of its own, for books and other readers that know SVG 1.1 only."""

from __future__ import annotations

import re

from sphinx_diagram_ext.drawing.ids import ANCHOR

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
"""What says where an element is (https://www.w3.org/TR/SVG11/attindex.html)."""

_PLACES = frozenset(name for names in _GEOMETRY.values() for name in names.split())
_LATER = "paint-order"
"""A property of SVG 2, which SVG 1.1 takes as style only."""

_TAG = re.compile(r'<(\w+)((?: [\w:-]+="[^"]*")+)')
_ATTRIBUTE = re.compile(r' ([\w:-]+)="([^"]*)"')


def standalone(svg: str) -> str:
    """Return the picture *svg* (see :func:`sphinx_diagram_ext.drawing.foreign.adapt`) as valid SVG 1.1.

    Engines leave attributes on elements that have no use for them; browsers do not mind,
    epubcheck does.
    """
    return _TAG.sub(_tag, svg.replace(ANCHOR, "cdc"))


def _tag(match: re.Match[str]) -> str:
    name, written = match.groups()
    allowed = _GEOMETRY.get(name, "").split()
    attributes = {key: value for key, value in _ATTRIBUTE.findall(written) if key not in _PLACES or key in allowed}
    later = attributes.pop(_LATER, None)
    if later:
        attributes["style"] = ";".join(filter(None, (attributes.get("style"), f"{_LATER}:{later}")))
    return f"<{name}" + "".join(f' {key}="{value}"' for key, value in attributes.items())
