"""Small SVG files of pictures that other tools drew: only what is known to be harmless, in our font."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from sphinx_diagram_ext.drawing.foreign.prune import prune
from sphinx_diagram_ext.drawing.foreign.sanitize import restrict
from sphinx_diagram_ext.fonts import FONT_FAMILY

_SVG = "http://www.w3.org/2000/svg"
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_LOCAL = re.compile(r"url\(#([^)]+)\)")
_DROPPED = ("class", "data-id", "name", "id")


def cleaned(svg: str, name: str) -> str:
    """Return the text of a file: no scripts, styles, classes or links to elsewhere, ids that begin with *name*."""
    root = ET.fromstring(svg)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
        element.attrib.pop("style", None)
    restrict(root)
    prune(root)
    _rename(root, name)
    for element in root.iter():
        for key, value in list(element.attrib.items()):
            element.set(key, _NUMBER.sub(_short, value))
        if element.tag not in ("text", "tspan", "title"):
            element.text = None
        element.tail = None
    _unwrap(root)
    root.set("xmlns", _SVG)
    root.set("font-family", FONT_FAMILY)
    return ET.tostring(root, encoding="unicode") + "\n"


def _rename(root: ET.Element, name: str) -> None:
    used = {found for element in root.iter() for value in element.attrib.values() for found in _LOCAL.findall(value)}
    names = {old: f"{name}-{number}" for number, old in enumerate(sorted(used))}
    for element in root.iter():
        new = names.get(element.get("id", ""))
        for key, value in list(element.attrib.items()):
            if key in _DROPPED:
                del element.attrib[key]
            else:
                element.set(key, _LOCAL.sub(lambda found: f"url(#{names[found[1]]})", value))
        if new:
            element.set("id", new)


def _unwrap(parent: ET.Element) -> None:
    """Put the children of groups that say nothing in the place of the group."""
    children: list[ET.Element] = []
    for child in list(parent):
        _unwrap(child)
        children += list(child) if child.tag == "g" and not child.attrib else [child]
    parent[:] = children


def _short(found: re.Match[str]) -> str:
    return f"{float(found[0]):.1f}".removesuffix(".0").replace(
        "-0", "0" if float(f"{float(found[0]):.1f}") == 0 else "-0"
    )
