"""Drops what shows nothing: hidden edges, empty labels, unused definitions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_diagram_ext.svg.mend import classes

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

_DEFINITIONS = ("marker", "symbol", "linearGradient", "radialGradient")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")


def prune(root: Element) -> None:
    """Drop what shows nothing: hidden edges, empty labels, unused definitions."""
    _drop(root, _hidden)
    used = used_ids(root)
    _drop(root, lambda child: child.tag in _DEFINITIONS and child.get("id") not in used)
    while _drop(root, _empty):
        pass


def _drop(root: Element, useless: Callable[[Element], bool]) -> bool:
    """Remove every element that is *useless*; tell whether there was one."""
    found = [(parent, child) for parent in root.iter() for child in parent if useless(child)]
    for parent, child in found:
        parent.remove(child)
    return bool(found)


def _hidden(element: Element) -> bool:
    if element.tag == "text":
        return not "".join(element.itertext()).strip()
    return "edge-thickness-invisible" in classes(element)


def _empty(element: Element) -> bool:
    unsized = element.tag == "rect" and element.get("width") is None
    return unsized or (element.tag in ("g", "defs") and len(element) == 0)


def used_ids(root: Element) -> set[str]:
    """Return the ids that something in the picture refers to."""
    found: set[str] = set()
    for element in root.iter():
        for key, value in element.attrib.items():
            if "#" in value and key != "id":
                found.update(_REFERENCE.findall(value), (value[1:],) if value[0] == "#" else ())
    return found
