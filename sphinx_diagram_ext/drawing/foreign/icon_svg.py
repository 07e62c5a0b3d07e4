"""SVG files of icons: a list of shapes and of what may be said of them; everything else is dropped or refused.

What a picture can do without (titles, metadata, names of editors) is dropped. What would make another picture of the
icon if it were left out (texts, images, gradients, scripts, references) is refused.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.parsers import expat

from sphinx_diagram_ext.drawing.foreign import css_cascade
from sphinx_diagram_ext.drawing.foreign.css_parser import parse
from sphinx_diagram_ext.drawing.svg11 import outside_svg11
from sphinx_diagram_ext.model import Icon

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_BYTES = 65_536
"""Size of a file."""

_MAX_ELEMENTS, _MAX_DEPTH, _MAX_STYLE = 500, 30, 4_000
_MAX_SIZE = 100_000.0

_SVG = "http://www.w3.org/2000/svg"
_DRAWN = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
_SHAPES = frozenset(("g", *_DRAWN))
_DROPPED = frozenset(("title", "desc", "metadata", "defs", "style"))

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,2})?"
_NUMBERS = r"[-+0-9e.,\s]*"
_LENGTH = rf"{_NUMBER}(?:px|pt|mm|cm|in|em|%)?"
_PAINT = r"#[0-9a-f]{3,8}|[a-z]{3,24}|(?:rgb|hsl)a?\([-+0-9.,%/\s]{1,60}\)"
_WORD = r"[a-z-]{3,16}"
_TURN = rf"(?:matrix|translate|scale|rotate|skewx|skewy)\s*\({_NUMBERS}\)[\s,]*"

_VALUES = {
    "d": r"[mlhvcsqtaze0-9+\-.,\s]*",
    "points": _NUMBERS,
    "transform": f"(?:{_TURN})*",
    **dict.fromkeys(("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height"), _LENGTH),
    **dict.fromkeys(("fill", "stroke"), _PAINT),
    **dict.fromkeys(("stroke-width", "stroke-dashoffset", "stroke-miterlimit"), _LENGTH),
    **dict.fromkeys(("opacity", "fill-opacity", "stroke-opacity"), rf"{_NUMBER}%?"),
    "stroke-dasharray": r"none|[0-9.,%\s]+",
    **dict.fromkeys(("stroke-linecap", "stroke-linejoin", "fill-rule", "display", "visibility"), _WORD),
}
_GRAMMAR = {name: re.compile(pattern, re.IGNORECASE | re.ASCII) for name, pattern in _VALUES.items()}
"""What the value of an attribute has to look like; no other attribute is kept."""


def read_icon(name: str, content: bytes) -> Icon:
    """Return the icon that an SVG file is.

    Raises:
        ValueError: it cannot be used; says why.
    """
    if len(content) > MAX_BYTES:
        raise ValueError(f"is larger than {MAX_BYTES:,} bytes")
    try:
        _look_over(content)
        root = ET.fromstring(content)
    except (expat.ExpatError, ET.ParseError, LookupError) as error:
        raise ValueError(f"is not well-formed XML ({error})") from None
    if root.tag not in ("svg", f"{{{_SVG}}}svg"):
        raise ValueError("is not SVG: its root element is another one")
    css = _style_sheets(root)
    root.tag = "svg"
    view = _view(root)
    _keep_shapes(root)
    if not any(element.tag in _DRAWN for element in root.iter()):
        raise ValueError("draws nothing")
    css_cascade.apply(root, css)
    for element in root.iter():
        _keep_attributes(element)
    for place in ("x", "y", "width", "height"):
        root.attrib.pop(place, None)
    root.tag = "g"
    parts = [root] if root.attrib else [*root]
    return Icon(name, "".join(ET.tostring(part, encoding="unicode") for part in parts), view)


def _look_over(content: bytes) -> None:
    """Refuse what takes more time or memory than an icon is worth, before a tree is made of it."""
    parser = expat.ParserCreate(namespace_separator=" ")
    depth = count = 0

    def start(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if count > _MAX_ELEMENTS:
            raise ValueError(f"has more than {_MAX_ELEMENTS} elements")
        if depth > _MAX_DEPTH:
            raise ValueError(f"is nested more than {_MAX_DEPTH} levels deep")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def entity(*_declared: object) -> None:
        raise ValueError("declares entities")

    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = start, end, entity
    parser.Parse(content, True)  # noqa: FBT003 - of the standard library


def _style_sheets(root: Element) -> list[str]:
    """Return the style sheets, if they are as plain as editors write them."""
    css = [style.text or "" for tag in ("style", f"{{{_SVG}}}style") for style in root.iter(tag)]
    if sum(map(len, css)) > _MAX_STYLE:
        raise ValueError(f"has a style sheet of more than {_MAX_STYLE:,} characters")
    # Editors write none, and an icon must not lose a colour to a selector that is not understood.
    if any(len(rule.compounds) > 1 for rule in parse("\n".join(css))):
        raise ValueError("has a style sheet whose selectors have several parts; set the attributes of its shapes")
    return css


def _view(root: Element) -> tuple[float, float, float, float]:
    """Return the room that the icon is drawn in."""
    given = root.get("viewBox")
    numbers = given.replace(",", " ").split() if given else ["0", "0", *(_pixels(root, side) for side in _SIDES)]
    try:
        left, top, width, height = map(float, numbers)
    except ValueError:
        raise ValueError("has neither a viewBox nor a width and height in pixels") from None
    if (
        not all(map(math.isfinite, (left, top, width, height)))
        or not 0 < width <= _MAX_SIZE
        or not 0 < height <= _MAX_SIZE
    ):
        raise ValueError("has no usable size")
    if max(abs(left), abs(top)) > _MAX_SIZE:
        raise ValueError("has no usable size")
    return left, top, width, height


_SIDES = ("width", "height")


def _pixels(root: Element, side: str) -> str:
    return root.get(side, "").strip().removesuffix("px")


def _keep_shapes(element: Element) -> None:
    """Drop what is no part of the picture.

    Raises:
        ValueError: a part of it is no plain shape.
    """
    element.text = element.tail = None
    for child in list(element):
        namespace, _, local = str(child.tag).rpartition("}")
        if namespace not in ("", f"{{{_SVG}") or local in _DROPPED:
            element.remove(child)
            continue
        if local not in _SHAPES:
            raise ValueError(f"has <{local[:40]}>, and icons are plain shapes: {', '.join(sorted(_SHAPES))}")
        child.tag = local
        _keep_shapes(child)


def _keep_attributes(element: Element) -> None:
    """Drop the attributes that say nothing of the picture, or nothing that can be trusted.

    Raises:
        ValueError: one refers to something else.
    """
    for name, value in list(element.attrib.items()):
        if "url(" in value.casefold():
            raise ValueError(f"refers to something else ({name[:40]}), and icons are plain shapes with plain colours")
        grammar = _GRAMMAR.get(name)
        if grammar is None or not grammar.fullmatch(value.strip()) or _elsewhere(element, name):
            del element.attrib[name]


def _elsewhere(element: Element, name: str) -> bool:
    return outside_svg11(str(element.tag), name)
