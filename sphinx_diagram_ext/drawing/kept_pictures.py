"""Gate for kept pictures: what comes back from a cache holds what this extension writes, or counts as damaged.

A cache may have been written by somebody else: a folder that a pull request brings, a store that several builds share.
Its pictures become parts of pages, so elements, attributes and values are compared with the lists again.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.parsers import expat

from sphinx_diagram_ext.drawing.foreign.css_parser import harmless
from sphinx_diagram_ext.drawing.foreign.sanitize import ATTRIBUTES, ELEMENTS, NAMES
from sphinx_diagram_ext.drawing.picture import KIND_PREFIX, Picture
from sphinx_diagram_ext.fonts import FONT_FAMILY
from sphinx_diagram_ext.urls import safe_url

_FREE = NAMES | frozenset(["aria-labelledby", "aria-describedby"])
"""Attributes that no browser reads as an address, a value or a script."""
_FIXED = {
    "role": ("img", "group"),
    "xmlns": ("http://www.w3.org/2000/svg",),
    "xmlns:xlink": ("http://www.w3.org/1999/xlink",),
    "font-family": (FONT_FAMILY,),
}
_STYLE = re.compile("paint-order:[a-z ]+")
_VALUES = (ATTRIBUTES - {"href"}) | {"color"}
_REFERENCES = frozenset(["use", "linearGradient", "radialGradient"])


def read_kept(content: bytes) -> Picture | None:
    """Return the picture that a cache gives back, None if it is none or holds something that is on no list."""
    picture = Picture.decode(content)
    forms = (picture, picture.narrow) if picture else ()
    return picture if all(_is_harmless(one.marked()) for one in forms if one) else None


def _is_harmless(text: str) -> bool:
    parser = expat.ParserCreate()
    parser.StartElementHandler = _check
    # Nothing that this extension writes.
    parser.CommentHandler = parser.ProcessingInstructionHandler = _refuse
    parser.StartDoctypeDeclHandler = parser.StartCdataSectionHandler = _refuse
    try:
        parser.Parse(text, True)  # noqa: FBT003 - of the standard library
    except (expat.ExpatError, ValueError):
        return False
    return True


def _refuse(*_found: object) -> None:
    raise ValueError


def _check(tag: str, attributes: dict[str, str]) -> None:
    if tag not in ELEMENTS:
        raise ValueError(tag)
    for name, value in attributes.items():
        if not _allowed(tag, KIND_PREFIX.sub("", name) if "." in name else name, value):
            raise ValueError(name)


@lru_cache(maxsize=8_192)
def _allowed(tag: str, name: str, value: str) -> bool:
    if name in ("href", "xlink:href"):
        return value.startswith("#") if tag in _REFERENCES else tag == "a" and safe_url(value) is not None
    if name == "style":
        return _STYLE.fullmatch(value) is not None
    if name in _FIXED:
        return value in _FIXED[name]
    return name in _FREE or (name in _VALUES and harmless(value))
