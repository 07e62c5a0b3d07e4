"""Conversion of an engine's SVG to the picture that is kept: small, safe, stable and with its labels."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from sphinx_diagram_ext.drawing.colours import ink_on, normal, plain_ink, readable
from sphinx_diagram_ext.drawing.foreign import css_cascade, sequences
from sphinx_diagram_ext.drawing.foreign.charts import split_rows
from sphinx_diagram_ext.drawing.foreign.entity_rows import square_tables
from sphinx_diagram_ext.drawing.foreign.family_fixes import (
    clear_relations,
    darken_externals,
    ground_columns,
    ink_tree,
    settle_calendar,
    settle_classes,
    size_title,
    soften_grounds,
)
from sphinx_diagram_ext.drawing.foreign.fixes import (
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
from sphinx_diagram_ext.drawing.foreign.frame import fit, frame
from sphinx_diagram_ext.drawing.foreign.inline_labels import inline_labels
from sphinx_diagram_ext.drawing.foreign.label_spread import spread_labels
from sphinx_diagram_ext.drawing.foreign.minify import tidy
from sphinx_diagram_ext.drawing.foreign.node_anchors import mark_nodes
from sphinx_diagram_ext.drawing.foreign.node_order import put_in_order
from sphinx_diagram_ext.drawing.foreign.placeholders import decode, flatten_text, forget_marks, put_labels_back
from sphinx_diagram_ext.drawing.foreign.prune import prune
from sphinx_diagram_ext.drawing.foreign.sanitize import restrict
from sphinx_diagram_ext.drawing.ids import ANCHOR, OWN_ID
from sphinx_diagram_ext.drawing.picture import Picture
from sphinx_diagram_ext.palette import BY_COLOUR, LIGHT_BASE

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from sphinx_diagram_ext.drawing.foreign.labels import Labels
    from sphinx_diagram_ext.engine import Drawing


_CROPPED = frozenset(("c4", "gantt", "pie", "quadrantChart", "sequence", "stateDiagram", "timeline", "xychart"))
"""Kinds of diagram that engines leave room around."""


_BEFORE_STYLES = {"c4": darken_externals, "gantt": settle_calendar, "journey": size_title}
"""Fixes by kind that look at classes, before the style sheet is applied."""

_STATES_AND_TABLES: tuple[Callable[[Element], None], ...] = (
    centre_edge_labels,
    centre_states,
    close_states,
    drop_bends,
    ground_labels,
    spread_labels,
    raise_edge_labels,
    hollow_markers,
)

_AFTER_STYLES: dict[str, tuple[Callable[[Element], None], ...]] = {
    "c4": (clear_relations,),
    "classDiagram": (settle_classes,),
    "kanban": (ground_columns,),
    "sequence": (soften_grounds, sequences.settle),
    "treemap": (ink_tree,),
}


def adapt(drawing: Drawing, labels: Labels) -> Picture:
    """Return the picture of an engine.

    Raises:
        xml.etree.ElementTree.ParseError: the engine's SVG is not well-formed.
    """
    root = ET.fromstring(drawing.svg)
    for element in root.iter():
        element.tag = element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else "unknown"
    own = root.get("id") or OWN_ID
    root.set("id", OWN_ID)
    kind = root.get("aria-roledescription") or ""
    css = [style.text or "" for style in root.iter("style")]
    if own != OWN_ID:
        css = [text.replace(f"#{own}", f"#{OWN_ID}") for text in css]
        _rename(root, own)
    inline_labels(root, from_left=kind == "kanban")
    if kind in _BEFORE_STYLES:
        _BEFORE_STYLES[kind](root)
    # Before the style sheet, so that it need not visit what shows nothing.
    prune(root)
    css_cascade.apply(root, css)
    restrict(root)
    _paint(root)
    decode(root)
    forget_marks(root)
    mark_nodes(root, kind, labels, ANCHOR)
    if drawing.set_aside:
        put_labels_back(root, labels.texts)
    for text in list(root.iter("text")) if labels.texts else ():
        split_rows(text)
    flatten_text(root)
    _fix(root, kind, labels)
    put_in_order(root, (f"{ANCHOR}--{part}" for part in labels.anchors.values()))
    fit(root, crop=kind in _CROPPED)
    tidy(root)
    frame(root, labels)
    root.tag = "svg"
    return Picture.of(root, labels.title)


def _fix(root: Element, kind: str, labels: Labels) -> None:
    """Repair what the engine draws a little wrong in diagrams of this *kind*."""
    if kind.startswith("flowchart"):
        centre_titles(root)
        hold_titles(root)
        raise_titles(root)
        straighten_shapes(root, labels, ANCHOR)
        spread_labels(root)
    elif kind.startswith(("state", "class", "er", "requirement")):
        for settle in _STATES_AND_TABLES:
            settle(root)
        if not kind.startswith("state"):  # the circle of an end is drawn by hand, too
            square_tables(root)
    for fix in _AFTER_STYLES.get(kind, ()):
        fix(root)


def _rename(root: Element, own: str) -> None:
    """Give the ids of another engine the prefix that all that follows knows."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "id" and value.startswith(own):
                element.set(name, OWN_ID + value.removeprefix(own))
            elif f"#{own}" in value:
                element.set(name, value.replace(f"#{own}", f"#{OWN_ID}"))


def _paint(root: Element) -> None:
    """Write colours as the palette does, and keep labels readable on an author's own."""
    for element in root.iter():
        if element.tag == "rect" and "background" in classes(element) and element.get("opacity"):
            element.set("opacity", "0.85")
        _paint_one(element)
    for marker in root.iter("marker"):
        for part in marker:
            if part.get("fill") is None and part.get("stroke") is None:
                part.set("fill", LIGHT_BASE["line"])
    for group in root.iter("g"):
        if classes(group) & {"node", "cluster"}:
            _ink(group)


def _paint_one(element: Element) -> None:
    for name in ("fill", "stroke", "stop-color"):
        value = element.get(name)
        if value and value not in ("none", "transparent", "currentColor"):
            written = element.tag in ("text", "tspan") and normal(value) == "#ffffff"
            element.set(name, normal(value) if written else plain_ink(value))
        if value and value.startswith("rgba("):
            _split_opacity(element, name, value)


def _split_opacity(element: Element, name: str, value: str) -> None:
    """Write a colour of the palette that is seen through as the colour and its opacity: it has to follow the scheme."""
    colour, _, opacity = value.removeprefix("rgba(").removesuffix(")").rpartition(",")
    plain = normal(f"rgb({colour})")
    if plain in BY_COLOUR and name != "stop-color":
        element.attrib |= {name: plain, f"{name}-opacity": opacity.strip()}


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
