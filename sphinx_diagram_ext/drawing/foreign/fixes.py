"""Fixes to what an engine draws a little wrong in graphs and state diagrams."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from sphinx_diagram_ext.drawing.foreign.bounding_boxes import bounds, box_of
from sphinx_diagram_ext.drawing.foreign.transforms import translation
from sphinx_diagram_ext.model import Role
from sphinx_diagram_ext.palette import LIGHT_BASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from sphinx_diagram_ext.drawing.foreign.bounding_boxes import BoundingBox
    from sphinx_diagram_ext.drawing.foreign.labels import Labels

_NO_CLASSES: frozenset[str] = frozenset()
_TITLE_GAP, _TITLE_ROOM = 4.0, 60.0
"""Least and most room between the title of a group and what is in it, in CSS pixels."""

_FILL_AND_LINE = 2
_ROUGH = 1_500
"""Length from which a path is one of a hand-drawing library's."""


def classes(element: Element) -> frozenset[str]:
    """Return the classes of *element*."""
    name = element.get("class")
    return _classes(name) if name else _NO_CLASSES


@lru_cache(maxsize=1_000)
def _classes(name: str) -> frozenset[str]:
    return frozenset(name.split())


def centre_titles(root: Element) -> None:
    """Put the lines of a group's title above its middle; the engine aligns them to the left."""
    for _, box, title in (
        found for layer in root.iter("g") if "clusters" in classes(layer) for found in _titled(layer)
    ):
        move = translation(title)
        if move:
            middle = float(box.get("x") or 0) + float(box.get("width") or 0) / 2
            title.set("transform", f"translate({middle:.2f},{move[1]})")
            for text in title.iter("text"):
                text.set("text-anchor", "middle")


def hold_titles(root: Element) -> None:
    """Let a group begin right above its title; the engine leaves titles of many lines too little or too much room."""
    for layer in root.iter("g"):
        clusters = next((part for part in layer if "clusters" in classes(part)), None)
        nodes = next((part for part in layer if "nodes" in classes(part)), None)
        if clusters is None or nodes is None:
            continue
        titled = [(box, title) for _, box, title in _titled(clusters)]
        # From the innermost to the outermost, so that each sees how high those inside it became.
        titled.sort(key=lambda item: float(item[0].get("height") or 0))
        middles = [((box[0] + box[2]) / 2, box[1]) for box in map(box_of, nodes) if box] if titled else []
        edges = [_edges(frame) for frame, _ in titled]
        inside = [
            [other for (other, _), its in zip(titled, edges, strict=True) if its is not own and _holds(own, its)]
            for own in edges
        ]
        for (frame, title), inner in zip(titled, inside, strict=True):
            outer = _edges(frame)
            tops = [_edges(other)[1] for other in inner] + [y for x, y in middles if _covers(outer, x, y)]
            own = box_of(title)
            gap = min(tops) - own[3] if tops and own else _TITLE_GAP
            _move_top(frame, title, gap - min(max(gap, _TITLE_GAP), _TITLE_ROOM))


def _move_top(box: Element, title: Element, down: float) -> None:
    move = translation(title)
    if move and down:
        box.set("y", f"{float(box.get('y') or 0) + down:.2f}")
        box.set("height", f"{float(box.get('height') or 0) - down:.2f}")
        title.set("transform", f"translate({move[0]},{float(move[1]) + down:.2f})")


def _titled(layer: Element) -> Iterator[tuple[Element, Element, Element]]:
    """Yield the groups of a layer that have a title, each with its frame and its title."""
    for group in layer:
        box = group.find("rect")
        title = next((part for part in group if "cluster-label" in classes(part)), None)
        if box is not None and title is not None:
            yield group, box, title


def _edges(box: Element) -> BoundingBox:
    x, y, width, height = (float(box.get(name) or 0) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def _holds(outer: BoundingBox, inner: BoundingBox) -> bool:
    """Tell whether one box is wholly inside another."""
    left, top, right, bottom = inner
    return _covers(outer, left, top) and _covers(outer, right, bottom)


def _covers(box: BoundingBox, x: float, y: float) -> bool:
    left, top, right, bottom = box
    return left <= x <= right and top <= y <= bottom


def raise_titles(root: Element) -> None:
    """Draw the titles of groups above the edges that cross them, with a halo of the ground."""
    for layer in root.iter("g"):
        clusters = next((part for part in layer if "clusters" in classes(part)), None)
        if clusters is None:
            continue
        raised = ET.Element("g")
        for group, box, title in list(_titled(clusters)):
            for text in title.iter("text"):
                halo(text, box.get("fill") or "")
            group.remove(title)
            raised.append(title)
            title.set("class", "cdc-title")
            box.set("class", "cdc-group")
        layer.append(raised)


def centre_states(root: Element) -> None:
    """Put the name of a state in the middle of its box; the engine aligns it to the left."""
    for group in root.iter("g"):
        label = next((part for part in group if "label" in classes(part)), None)
        if "statediagram-state" not in classes(group) or label is None:
            continue
        move = translation(label)
        if move:
            label.set("transform", f"translate(0,{move[1]})")
            for text in label.iter("text"):
                text.set("text-anchor", "middle")


def drop_bends(root: Element) -> None:
    """Drop the unseen nodes that bend an edge back to where it began; they are far outside."""
    for layer in root.iter("g"):
        if "nodes" in classes(layer):
            for node in [node for node in layer if "edgeLabel" in classes(node)]:
                layer.remove(node)


def close_states(root: Element) -> None:
    """Let the ground of a state with states inside end where its frame does."""
    for group in root.iter("g"):
        parts = {name: part for part in group.iter("rect") for name in classes(part) & {"outer", "inner"}}
        if "statediagram-cluster" in classes(group) and len(parts) == _FILL_AND_LINE:
            bottom = _edges(parts["outer"])[3]
            parts["inner"].set("height", f"{bottom - _edges(parts['inner'])[1]:.2f}")


def ground_labels(root: Element) -> None:
    """Give the labels of edges between states the colour of what is behind them."""
    for layer in root.iter("g"):
        named = {name: part for part in layer for name in classes(part) & {"clusters", "edgeLabels"}}
        if len(named) < _FILL_AND_LINE:
            continue
        inner = next((part for part in named["clusters"].iter("rect") if "inner" in classes(part)), None)
        ground = inner.get("fill") if inner is not None else None
        for part in named["edgeLabels"].iter("rect"):
            if "background" in classes(part):
                part.set("fill", ground or LIGHT_BASE["ground"])


def raise_edge_labels(root: Element) -> None:
    """Draw the labels of edges last; the engine lets states with states inside cover them."""
    for layer in root.iter("g"):
        labels = next((part for part in layer if "edgeLabels" in classes(part)), None)
        if labels is not None:
            layer.remove(labels)
            layer.append(labels)


def hollow_markers(root: Element) -> None:
    """Leave the feet of relations open; the engine's rules for them do not apply to their paths."""
    for marker in root.iter("marker"):
        for path in marker.iter("path") if marker.get("fill") in ("none", "transparent") else ():
            path.set("fill", "none")


def centre_edge_labels(root: Element) -> None:
    """Put the labels of edges on their edges, and the grounds behind them."""
    for group in root.iter("g"):
        label = next((part for part in group if "label" in classes(part)), None)
        if "edgeLabel" not in classes(group) or label is None:
            continue
        ground = next((part for part in label.iter("rect") if "background" in classes(part)), None)
        box = _text_box(group)
        move = translation(label)
        if ground is None or box is None or move is None:
            continue
        left, top, right, bottom = box
        x, y = float(move[0]), float(move[1])
        for name, value in (("x", left - x - 2), ("y", top - y), ("width", right - left + 4), ("height", bottom - top)):
            ground.set(name, f"{value:.2f}")
        label.set("transform", f"translate({x - (left + right) / 2:.2f},{y - (top + bottom) / 2:.2f})")


def _text_box(group: Element) -> tuple[float, float, float, float] | None:
    """Return the box around the text of an edge's label, without its ground."""
    grounds = list(group.iter("rect"))
    sizes = [part.attrib.pop("width", None) for part in grounds]
    transform = group.attrib.pop("transform", None)
    box = bounds(group)
    if transform is not None:
        group.set("transform", transform)
    for part, size in zip(grounds, sizes, strict=True):
        if size is not None:
            part.set("width", size)
    return box


def straighten_shapes(root: Element, labels: Labels, prefix: str) -> None:
    """Draw queues and actors with one path; the engine draws them by hand in 15 KB."""
    roles = {f"{prefix}--{anchor}": labels.roles.get(key) for key, anchor in labels.anchors.items()}
    draw = {Role.QUEUE: _lying_cylinder, Role.ACTOR: _stadium}
    for node in root.iter("g"):
        shape = draw.get(Role(roles.get(node.get("id") or "") or Role.SERVICE))
        for part in list(node) if shape else ():
            paths = part.findall("path")
            rough = part.tag == "g" and any(len(path.get("d") or "") > _ROUGH for path in paths)
            box = bounds(part) if rough else None
            if shape is None or box is None or len(paths) != _FILL_AND_LINE:
                continue
            paths[0].set("d", shape(*box))
            for name in ("stroke", "stroke-width", "stroke-dasharray"):
                value = paths[1].get(name)
                if value is not None:
                    paths[0].set(name, value)
            part.remove(paths[1])


def _lying_cylinder(left: float, top: float, right: float, bottom: float) -> str:
    high = bottom - top
    cap, half = min(high / 4, 8.0), high / 2
    return (
        f"M{left + cap:.2f},{top:.2f}H{right - cap:.2f}a{cap:.2f},{half:.2f} 0 0 1 0,{high:.2f}"
        f"H{left + cap:.2f}a{cap:.2f},{half:.2f} 0 0 1 0,{-high:.2f}z"
        f"M{right - cap:.2f},{top:.2f}a{cap:.2f},{half:.2f} 0 0 0 0,{high:.2f}"
    )


def _stadium(left: float, top: float, right: float, bottom: float) -> str:
    half = (bottom - top) / 2
    return (
        f"M{left + half:.2f},{top:.2f}H{right - half:.2f}a{half:.2f},{half:.2f} 0 0 1 0,{2 * half:.2f}"
        f"H{left + half:.2f}a{half:.2f},{half:.2f} 0 0 1 0,{-2 * half:.2f}z"
    )


def halo(text: Element, ground: str) -> None:
    """Draw *text* with a halo of the colour behind it, so that no line crosses it."""
    attributes = {"stroke": ground, "stroke-width": "4", "stroke-linejoin": "round", "paint-order": "stroke"}
    for name, value in attributes.items():
        text.set(name, value)
