"""Pruning of what shows nothing: hidden edges, empty labels, unused definitions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.foreign.fixes import classes

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DEFINITIONS = ("marker", "symbol", "linearGradient", "radialGradient")
_HOLDERS = ("g", "defs")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")


def prune(root: Element) -> None:
    """Drop what shows nothing: hidden edges, empty labels, unused definitions."""
    _drop_hidden(root)
    _drop_empty(root, used_ids(root))


def _drop_hidden(element: Element) -> None:
    for child in list(element):
        if _hidden(child):
            element.remove(child)
        elif len(child):
            _drop_hidden(child)


def _hidden(element: Element) -> bool:
    if element.tag == "text":
        return not "".join(element.itertext()).strip()
    return "edge-thickness-invisible" in classes(element)


def _drop_empty(element: Element, used: set[str]) -> None:
    """Drop definitions that are not *used* and what is empty, from the innermost outwards."""
    for child in list(element):
        if len(child):
            _drop_empty(child, used)
        if _empty(child) or (child.tag in _DEFINITIONS and child.get("id") not in used):
            element.remove(child)


def _empty(element: Element) -> bool:
    if element.tag == "rect":
        return element.get("width") is None
    return element.tag in _HOLDERS and len(element) == 0


def used_ids(root: Element) -> set[str]:
    """Return the ids that something in the picture refers to."""
    found: set[str] = set()
    for element in root.iter():
        for key, value in element.attrib.items():
            if "#" not in value or key == "id":
                continue
            if value[0] == "#":
                found.add(value[1:])
            if "url(#" in value:
                found.update(_REFERENCE.findall(value))
    return found
