"""From an engine's SVG to the picture that is kept: small, safe, stable and with its labels."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from sphinx_diagram_ext.expand.expansion import is_placeholder
from sphinx_diagram_ext.palette import BY_COLOUR, LIGHT_BASE
from sphinx_diagram_ext.svg import cascade, sequences
from sphinx_diagram_ext.svg.allow import restrict
from sphinx_diagram_ext.svg.bounds import bounds
from sphinx_diagram_ext.svg.charts import split_rows
from sphinx_diagram_ext.svg.colours import ink_on, normal, plain_ink, readable
from sphinx_diagram_ext.svg.marks import mark_nodes
from sphinx_diagram_ext.svg.mend import (
    centre_edge_labels,
    centre_states,
    centre_titles,
    classes,
    close_states,
    drop_bends,
    ground_labels,
    hold_titles,
    hollow_markers,
    raise_edge_labels,
    raise_titles,
    straighten_shapes,
)
from sphinx_diagram_ext.svg.order import put_in_order
from sphinx_diagram_ext.svg.spread import spread_labels
from sphinx_diagram_ext.svg.tables import square_tables
from sphinx_diagram_ext.text import FONT_FAMILY

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from sphinx_diagram_ext.engine import Drawing
    from sphinx_diagram_ext.expand import Line
    from sphinx_diagram_ext.svg.labels import Labels

ANCHOR = "\U00100000"
"""Stands for the diagram's anchor in ids; a private-use character that no text may hold."""

OWN_ID = "cdc"
"""Prefix of every id in a picture until it has its diagram's anchor."""

MARGIN = 10
"""Room around a drawing in CSS pixels."""

SVG = "http://www.w3.org/2000/svg"

_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]\w*);")
_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?|-?\d+e-?\d+")
_NUMERIC = frozenset(
    [
        "d",
        "points",
        "transform",
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "width",
        "height",
        "dx",
        "dy",
        "viewBox",
        "stroke-width",
        "refX",
        "refY",
    ]
)
_DEFAULTS = {
    "stroke-width": ("1", "1px"),
    "stroke-dasharray": ("0", "1, 0", "1,0"),
    "font-style": ("normal", ""),
    "font-weight": ("normal", "400", ""),
}
_BOX = 4
_DEFINITIONS = ("marker", "symbol", "linearGradient", "radialGradient")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")


def finish(drawing: Drawing, labels: Labels) -> str:
    """Return the picture: standing alone, colours of the light palette, ids with ANCHOR.

    Raises:
        xml.etree.ElementTree.ParseError: the engine's SVG is not well-formed.
    """
    root = ET.fromstring(drawing.svg)
    for element in root.iter():
        element.tag = element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else "unknown"
    own = root.get("id") or OWN_ID
    root.set("id", OWN_ID)
    kind = root.get("aria-roledescription") or ""
    css = [element.text or "" for element in root.iter() if element.tag == "style"]
    if own != OWN_ID:
        css = [text.replace(f"#{own}", f"#{OWN_ID}") for text in css]
        _rename(root, own)
    # Before the style sheet, so that it need not visit what shows nothing.
    _prune(root)
    cascade.apply(root, css)
    restrict(root)
    _paint(root)
    _decode(root)
    _forget_anchors(root)
    mark_nodes(root, kind, labels, ANCHOR)
    if drawing.set_aside:
        _put_labels_back(root, labels.texts)
    for text in list(root.iter("text")) if labels.texts else ():
        split_rows(text)
    _flatten_text(root)
    if kind.startswith("flowchart"):
        centre_titles(root)
        hold_titles(root)
        raise_titles(root)
        straighten_shapes(root, labels, ANCHOR)
        spread_labels(root)
    elif kind.startswith(("state", "class", "er", "requirement")):
        centre_edge_labels(root)
        centre_states(root)
        close_states(root)
        drop_bends(root)
        ground_labels(root)
        spread_labels(root)
        raise_edge_labels(root)
        hollow_markers(root)
        square_tables(root)
    elif kind == "sequence":
        sequences.settle(root)
    put_in_order(root, (f"{ANCHOR}--{part}" for part in labels.anchors.values()))
    _fit(root, crop=kind in ("sequence", "timeline", "xychart", "pie", "gantt", "quadrantChart", "stateDiagram"))
    _tidy(root)
    _frame(root, labels)
    return ET.tostring(root, encoding="unicode")


def _rename(root: Element, own: str) -> None:
    """Give the ids of another engine the prefix that all that follows knows."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "id" and value.startswith(own):
                element.set(name, OWN_ID + value.removeprefix(own))
            elif f"#{own}" in value:
                element.set(name, value.replace(f"#{own}", f"#{OWN_ID}"))


def _prune(root: Element) -> None:
    """Drop what shows nothing: hidden edges, empty labels, unused definitions."""
    _drop(root, _hidden)
    used = _used(root)
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


def _used(root: Element) -> set[str]:
    """Return the ids that something in the picture refers to."""
    return {
        name
        for element in root.iter()
        for key, value in element.attrib.items()
        if "#" in value and key != "id"
        for name in (*_REFERENCE.findall(value), *([value[1:]] if value.startswith("#") else ()))
    }


def _paint(root: Element) -> None:
    """Write colours as the palette does, and keep labels readable on an author's own."""
    for element in root.iter():
        if element.tag == "rect" and "background" in classes(element) and element.get("opacity"):
            element.set("opacity", "0.85")
        for name in ("fill", "stroke", "stop-color"):
            value = element.get(name)
            if value and value not in ("none", "transparent", "currentColor"):
                written = element.tag in ("text", "tspan") and normal(value) == "#ffffff"
                element.set(name, normal(value) if written else plain_ink(value))
    for marker in root.iter("marker"):
        for part in marker:
            if part.get("fill") is None and part.get("stroke") is None:
                part.set("fill", LIGHT_BASE["line"])
    for group in root.iter("g"):
        if classes(group) & {"node", "cluster"}:
            _ink(group)


def _ink(group: Element) -> None:
    """Give the label of a node that an author coloured an ink that reads on it."""
    shape = next((part for part in group if part.tag not in ("g", "text", "title")), None)
    fill = shape.get("fill") or "" if shape is not None else ""
    ink = ink_on(fill)
    for part in group.iter("text") if ink else ():
        own = part.get("fill") or ""
        if own in BY_COLOUR or not readable(own, fill):
            for text in part.iter():
                text.attrib.pop("fill", None)
            part.set("fill", ink or "")


def _decode(root: Element) -> None:
    """Decode what an engine encoded twice: entity codes of Mermaid in labels that are SVG text."""
    for element in root.iter():
        if element.text and "&" in element.text:
            element.text = _ENTITY.sub(lambda found: html.unescape(found[0]), element.text)


def _forget_anchors(root: Element) -> None:
    """Drop the character of our own that an author wrote as an entity code."""
    for element in root.iter():
        element.text, element.tail = (
            (part or "").replace(ANCHOR, "\ufffd") or None for part in (element.text, element.tail)
        )
        for name, value in element.attrib.items():
            if ANCHOR in value:
                element.set(name, value.replace(ANCHOR, "\ufffd"))


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
        if row.tag != "tspan" or "row" not in (row.get("class") or "").split():
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
    used = _used(root)
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            kept = _tidied(element.tag, name, value, used)
            if kept is None:
                del element.attrib[name]
            elif kept is not value:
                element.set(name, kept)


def _tidied(tag: str, name: str, value: str, used: set[str]) -> str | None:
    """Return what an attribute's value becomes, None to drop the attribute."""
    if name in _NUMERIC:
        value = _NUMBER.sub(_short, value)
    elif name == "class":
        return " ".join(word for word in value.split() if word.startswith("cdc-")) or None
    elif name == "id" and not value.startswith(ANCHOR):
        return _local(value) if value in used else None
    elif "#" in value and ("url(#" in value or (name == "href" and tag != "a" and value.startswith("#"))):
        return re.sub(r"#([\w-]+)", lambda found: f"#{_local(found[1])}", value)
    if name in ("data-id", "name") or value in _DEFAULTS.get(name, ()):
        return None
    return value


def _local(name: str) -> str:
    """Return an engine's id as one that belongs to this diagram."""
    return f"{ANCHOR}-{name.removeprefix('cdc').lstrip('-_')}"


def _short(found: re.Match[str]) -> str:
    text = f"{float(found[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _frame(root: Element, labels: Labels) -> None:
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
    if any(element.tag == "a" for element in root.iter()):
        attributes["role"] = "group"
    root.attrib.clear()
    root.attrib.update(attributes)


def _fit(root: Element, *, crop: bool) -> None:
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
