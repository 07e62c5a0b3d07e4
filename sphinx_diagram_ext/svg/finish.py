"""From an engine's SVG to the picture that is kept: small, safe, stable and with its labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from sphinx_diagram_ext.expand.expansion import is_placeholder
from sphinx_diagram_ext.svg import stylesheet
from sphinx_diagram_ext.svg.allow import restrict
from sphinx_diagram_ext.svg.bounds import bounds
from sphinx_diagram_ext.palette import BY_COLOUR
from sphinx_diagram_ext.svg.colours import ink_on, normal, plain_ink, readable
from sphinx_diagram_ext.svg.marks import mark_nodes
from sphinx_diagram_ext.svg.mend import centre_edge_labels, centre_titles, straighten_cylinders
from sphinx_diagram_ext.svg.stylesheet import local_name
from sphinx_diagram_ext.text import FONT_FAMILY

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from sphinx_diagram_ext.engine import Drawing
    from sphinx_diagram_ext.expand import Line
    from sphinx_diagram_ext.svg.labels import Labels

ANCHOR = "\U00100000"
"""Stands for the diagram's anchor in ids; a private-use character that no text may hold."""

MARGIN = 10
"""Room around a drawing in CSS pixels."""

SVG = "http://www.w3.org/2000/svg"

_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?|-?\d+e-?\d+")
_NUMERIC = frozenset(
    "d points transform x y x1 x2 y1 y2 cx cy r rx ry width height dx dy viewBox stroke-width refX refY".split()
)
_REFERENCE = re.compile(r"url\(#([^)]+)\)")


def finish(drawing: Drawing, labels: Labels) -> str:
    """Return the picture: standing alone, colours of the light palette, ids with ANCHOR.

    Raises:
        xml.etree.ElementTree.ParseError: the engine's SVG is not well-formed.
    """
    root = ElementTree.fromstring(drawing.svg)
    for element in root.iter():
        element.tag = local_name(element)
    root.set("id", "cdc")
    kind = root.get("aria-roledescription") or ""
    css = [element.text or "" for element in root.iter() if local_name(element) == "style"]
    stylesheet.apply(root, css)
    restrict(root)
    _prune(root)
    _paint(root)
    mark_nodes(root, labels, ANCHOR)
    _put_labels_back(root, labels.texts)
    _flatten_text(root)
    if kind.startswith("flowchart"):
        centre_titles(root)
        straighten_cylinders(root)
    elif kind.startswith(("state", "class", "er", "requirement")):
        centre_edge_labels(root)
    if kind in ("sequence", "timeline"):
        _fit(root)
    _tidy(root)
    _frame(root, labels)
    return ElementTree.tostring(root, encoding="unicode")


def _prune(root: Element) -> None:
    """Drop what shows nothing: hidden edges, empty labels, unused definitions."""
    for parent in list(root.iter()):
        for child in list(parent):
            classes = (child.get("class") or "").split()
            if "edge-thickness-invisible" in classes or (
                local_name(child) == "text" and not "".join(child.itertext()).strip()
            ):
                parent.remove(child)
    used = {
        name
        for element in root.iter()
        for key, value in element.attrib.items()
        if key != "id"
        for name in (*_REFERENCE.findall(value), *([value[1:]] if value.startswith("#") else ()))
    }
    for parent in list(root.iter()):
        for child in list(parent):
            if local_name(child) in ("marker", "symbol", "linearGradient", "radialGradient") and (
                child.get("id") not in used
            ):
                parent.remove(child)
    emptied = True
    while emptied:
        emptied = False
        for parent in list(root.iter()):
            for child in list(parent):
                bare = local_name(child) in ("g", "defs") and len(child) == 0
                unsized = local_name(child) == "rect" and child.get("width") is None
                if bare or unsized:
                    parent.remove(child)
                    emptied = True


def _paint(root: Element) -> None:
    """Write colours as the palette does, and keep labels readable on an author's own."""
    for element in root.iter("rect"):
        if "background" in (element.get("class") or "").split() and element.get("opacity"):
            element.set("opacity", "0.85")
    for element in root.iter():
        for name in ("fill", "stroke", "stop-color"):
            value = element.get(name)
            if value and value not in ("none", "transparent", "currentColor"):
                written = element.tag in ("text", "tspan") and normal(value) == "#ffffff"
                element.set(name, normal(value) if written else plain_ink(value))
    for group in root.iter():
        if local_name(group) != "g" or "node" not in (group.get("class") or "").split():
            continue
        shape = next((part for part in group if local_name(part) not in ("g", "text", "title")), None)
        fill = shape.get("fill") or "" if shape is not None else ""
        ink = ink_on(fill)
        for part in group.iter() if ink else ():
            own = part.get("fill") or ""
            if part.tag == "text" and (own in BY_COLOUR or not readable(own, fill)):
                for text in part.iter():
                    text.attrib.pop("fill", None)
                part.set("fill", ink or "")


def _put_labels_back(root: Element, texts: dict[str, Line]) -> None:
    if not texts:
        return
    for element in root.iter():
        if element.text and any(map(is_placeholder, element.text)):
            line = texts.get(element.text.strip())
            if line is not None and line.bold:
                element.set("font-weight", "bold")
            element.text = _filled(element.text, texts)
        if element.tail and any(map(is_placeholder, element.tail)):
            element.tail = _filled(element.tail, texts)


def _filled(text: str, texts: dict[str, Line]) -> str:
    return "".join(texts[char].text if char in texts else char for char in text)


def _flatten_text(root: Element) -> None:
    """Join the engine's one-word spans into one span a line."""
    for row in root.iter():
        if local_name(row) != "tspan" or "row" not in (row.get("class") or "").split():
            continue
        styles = {(part.get("font-style"), part.get("font-weight")) for part in row}
        if len(styles) == 1 and all(len(part) == 0 for part in row):
            style, weight = styles.pop()
            row.text = (row.text or "") + "".join((part.text or "") + (part.tail or "") for part in row)
            for part in list(row):
                row.remove(part)
            for name, value in (("font-style", style), ("font-weight", weight)):
                if value and value != "normal":
                    row.set(name, value)


def _tidy(root: Element) -> None:
    """Shorten numbers, drop classes and ids that nothing uses, give the rest stable ids."""
    used = {
        name
        for element in root.iter()
        for key, value in element.attrib.items()
        if key != "id"
        for name in (*_REFERENCE.findall(value), *([value[1:]] if key == "href" and value[:1] == "#" else ()))
    }
    for element in root.iter():
        for name in list(element.attrib):
            value = element.attrib[name]
            if name in _NUMERIC:
                element.set(name, _NUMBER.sub(_short, value))
            elif name == "class":
                kept = " ".join(word for word in value.split() if word.startswith("cdc-"))
                if kept:
                    element.set("class", kept)
                else:
                    del element.attrib["class"]
            elif name == "id" and not value.startswith(ANCHOR):
                if value in used:
                    element.set("id", f"{ANCHOR}-{value.removeprefix('cdc').lstrip('-_')}")
                else:
                    del element.attrib["id"]
            elif name in ("data-id", "name") or _redundant(name, value):
                del element.attrib[name]
            elif "url(#" in value or (name == "href" and value.startswith("#") and local_name(element) != "a"):
                element.set(
                    name, re.sub(r"#([\w-]+)", lambda found: f"#{ANCHOR}-{found[1].removeprefix('cdc').lstrip('-_')}", value)
                )


def _redundant(name: str, value: str) -> bool:
    defaults = {
        "stroke-width": ("1", "1px"),
        "stroke-dasharray": ("0", "1, 0", "1,0"),
        "font-style": ("normal",),
        "font-weight": ("normal", "400"),
    }
    return value in defaults.get(name, ())


def _short(found: re.Match[str]) -> str:
    text = f"{float(found[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _frame(root: Element, labels: Labels) -> None:
    """Give the root its size, its fonts, a title and a description."""
    for child in list(root):
        if local_name(child) in ("title", "desc"):
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
    title = ElementTree.Element("title", {"id": f"{ANCHOR}-title"})
    title.text = labels.title
    root.insert(0, title)
    if labels.description:
        attributes["aria-describedby"] = f"{ANCHOR}-desc"
        description = ElementTree.Element("desc", {"id": f"{ANCHOR}-desc"})
        description.text = labels.description
        root.insert(1, description)
    if any(local_name(element) == "a" for element in root.iter()):
        attributes["role"] = "group"
    root.attrib.clear()
    root.attrib.update(attributes)


def _fit(root: Element) -> None:
    """Show all of the drawing and no more; the engine cuts sequences and pads timelines."""
    box = bounds(root)
    if box is not None:
        left, top, right, bottom = box
        numbers = (left - MARGIN, top - MARGIN, right - left + 2 * MARGIN, bottom - top + 2 * MARGIN)
        root.set("viewBox", " ".join(f"{number:.2f}" for number in numbers))


def _size(root: Element) -> tuple[float, float]:
    """Return width and height of the drawing in CSS pixels."""
    numbers = [float(part) for part in re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox") or "")]
    if len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0:
        return numbers[2], numbers[3]
    return 400.0, 300.0
