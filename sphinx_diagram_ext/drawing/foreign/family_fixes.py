"""Fixes to single families: calendars, boards, C4 models, grounds of sequences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.colours import ink_on, luminance, normal
from sphinx_diagram_ext.drawing.foreign.fixes import classes, halo
from sphinx_diagram_ext.palette import LIGHT_BASE

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DARK = 0.4
"""Luminance below which dark texts do not read on a ground."""

_DARK_OPACITY, _PALE_OPACITY = "0.2", "0.4"

_COUNT_SIZE = "13px"
"""Size of the counts at the ends of a relation; the engine's 11 px are too small on a page."""

_EXTERNAL = "fill:#999999"
_SLATE = "#5b6482"
"""White has a contrast of 5.8 to it. It is no grey, which would become one of the palette."""

_TITLE_SIZE = "20"
"""Size of the title of a journey in CSS pixels; the engine says ``4ex``, which converters do not know."""


def settle_calendar(root: Element) -> None:
    """Turn milestones by an eighth, paint the grid pale, and leave out the line of today.

    A picture is drawn once: it would show the day of the build for ever. The engine puts it in 1970.
    """
    for parent in root.iter():
        for part in [part for part in parent if "today" in classes(part)]:
            parent.remove(part)
    for tick in (group for group in root.iter("g") if "tick" in classes(group)):
        for line in tick.findall("line"):
            line.set("stroke", LIGHT_BASE["group-line"])
    texts = {text.get("id"): text for text in root.iter("text")}
    for rect in [rect for rect in root.iter("rect") if "milestone" in classes(rect)]:
        _turn(rect, texts.get(f"{rect.get('id')}-text"))


def _turn(rect: Element, text: Element | None) -> None:
    """Make a milestone a diamond; a text that begins right of it keeps clear of it."""
    x, y, width, height = (float(rect.attrib.pop(name, "0")) for name in ("x", "y", "width", "height"))
    half, across = height * 0.57, x + width / 2
    rect.tag = "path"
    top = f"M{across:.2f},{y + height / 2 - half:.2f}"
    rect.set("d", f"{top}l{half:.2f},{half:.2f}l{-half:.2f},{half:.2f}l{-half:.2f},{-half:.2f}z")
    for name in ("rx", "ry", "transform-origin"):
        rect.attrib.pop(name, None)
    if text is not None and float(text.get("x") or 0) >= x + width:
        text.set("class", (text.get("class") or "").replace("OutsideLeft", "OutsideRight"))
        text.set("style", "text-anchor:start")


def settle_classes(root: Element) -> None:
    """Leave out the lines above compartments that hold nothing, and write counts as large as the smallest label.

    The labels of relations stand on the ground of the picture, not on that of a class.
    """
    for group in root.iter("g"):
        known = classes(group)
        if "node" in known:
            _drop_dividers(group)
        elif "edgeTerminals" in known:
            for part in group.iter():
                if part.get("font-size"):
                    part.set("font-size", _COUNT_SIZE)
        elif "edgeLabel" in known:
            for rect in group.iter("rect"):
                rect.set("fill", LIGHT_BASE["ground"])


def _drop_dividers(node: Element) -> None:
    dividers = [part for part in node if "divider" in classes(part)]
    held = {name for part in node for name in classes(part) if "".join(part.itertext()).strip()}
    for name in ("methods-group", "members-group"):
        if name in held or not dividers:
            return
        node.remove(dividers.pop())


def darken_externals(root: Element) -> None:
    """Give what is outside of a C4 model a grey that its white text reads on in both schemes."""
    for part in root.iter():
        style = part.get("style") or ""
        if _EXTERNAL in style:
            part.set("style", style.replace(_EXTERNAL, f"fill:{_SLATE}").replace("stroke:#8A8A8A", f"stroke:{_SLATE}"))


def size_title(root: Element) -> None:
    """Give the title of a journey a size that its picture has room for."""
    for text in root.iter("text"):
        if (text.get("font-size") or "").endswith("ex"):
            text.set("font-size", _TITLE_SIZE)


def ink_tree(root: Element) -> None:
    """Give all labels of a treemap one ink: the engine's belong to other boxes than the labels are in."""
    for text in root.iter("text"):
        text.set("fill", LIGHT_BASE["text"])


def ground_columns(root: Element) -> None:
    """Give the columns of a board the ground of groups; the engine makes them white on white."""
    for column in (part for layer in root.iter("g") if "sections" in classes(layer) for part in layer):
        for rect in column.findall("rect"):
            rect.attrib |= {"fill": LIGHT_BASE["group"], "stroke": LIGHT_BASE["group-line"]}


def soften_grounds(root: Element) -> None:
    """Let grounds of an author's own in a sequence be seen through, so that texts read on them in both schemes."""
    for rect in root.iter("rect"):
        fill = normal(rect.get("fill") or "")
        if "rect" in classes(rect) and ink_on(fill):
            rect.set("fill-opacity", _DARK_OPACITY if luminance(fill) < _DARK else _PALE_OPACITY)


def clear_relations(root: Element) -> None:
    """Draw the labels of a C4 model's relations with a halo, so that the lines below do not cross them."""
    for group in root.iter("g"):
        if any(part.get("marker-end") for part in group):
            for text in group.findall("text"):
                halo(text, LIGHT_BASE["ground"])
