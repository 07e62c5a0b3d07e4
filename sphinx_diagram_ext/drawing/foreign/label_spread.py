"""Spreading of edge labels that cover each other or a node: they move along their edges.

The engine lays a label out between two ranks without looking at those of other edges there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.foreign.bounding_boxes import box_of, overlap, points
from sphinx_diagram_ext.drawing.foreign.fixes import classes
from sphinx_diagram_ext.drawing.foreign.transforms import translation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from sphinx_diagram_ext.drawing.foreign.bounding_boxes import BoundingBox

_STEP = 6.0
"""Distance of the positions on an edge that are tried, in CSS pixels."""

_ROOM = 3.0
_LOOP = 60.0
"""An edge whose ends are nearer leads back to where it began; its label moves beside it."""


def spread_labels(root: Element) -> None:
    """Let no label of an edge cover another, nor a node, as far as its edge has room."""
    for layer in root.iter("g"):
        named = {name: part for part in layer for name in classes(part) & {"edgePaths", "edgeLabels", "nodes"}}
        if len(named) == 3 and len(named["edgeLabels"]):
            _spread(named["edgeLabels"], named["edgePaths"], named["nodes"])


def _spread(group: Element, paths: Element, nodes: Element) -> None:
    labels = [(label, box) for label in group if (box := box_of(label)) is not None]
    solid = [box for node in nodes if (box := box_of(node)) is not None]
    boxes = [box for _, box in labels]
    for index, (label, box) in enumerate(labels):
        others = [*boxes[:index], *boxes[index + 1 :], *solid]
        if not any(overlap(box, other, _ROOM) for other in others):
            continue
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        positions = sorted(_positions(label, paths, middle), key=lambda at: _distance(at, middle))
        best = min(
            positions, key=lambda at: sum(overlap(_at(box, at), other, _ROOM) for other in others), default=middle
        )
        move = translation(label)
        if move:
            x, y = float(move[0]) + best[0] - middle[0], float(move[1]) + best[1] - middle[1]
            label.set("transform", f"translate({x:.2f},{y:.2f})")
            boxes[index] = _at(box, best)


def _positions(label: Element, paths: Element, middle: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Yield where the middle of a label may go: on its edge, or near where it is."""
    name = next((part.get("data-id") for part in label.iter("g") if part.get("data-id")), None)
    path = next((part for part in paths.iter("path") if name and part.get("data-id") == name), None)
    yield middle
    way = list(points(path.get("d") or "")) if path is not None else []
    loops = bool(way) and _distance(way[0], way[-1]) < _LOOP
    if not loops:
        yield from _between(way)
    for number in range(1, 9):
        for side in (1, -1):
            step = side * number * _STEP
            yield (middle[0] + 2 * step, middle[1]) if loops else (middle[0], middle[1] + step)


def _between(way: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Yield positions at even steps along a line through the points of a path."""
    before: tuple[float, float] | None = None
    for at in way:
        if before is not None:
            steps = max(int(_distance(before, at) / _STEP), 1)
            for number in range(steps):
                share = number / steps
                yield before[0] + (at[0] - before[0]) * share, before[1] + (at[1] - before[1]) * share
        before = at


def _at(box: BoundingBox, middle: tuple[float, float]) -> BoundingBox:
    wide, high = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    return middle[0] - wide, middle[1] - high, middle[0] + wide, middle[1] + high


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(abs(one[0] - other[0]) + abs(one[1] - other[1]))
