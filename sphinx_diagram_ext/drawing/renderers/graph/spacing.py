"""Spacing: boxes that move apart, so that titles of frames have room."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers.graph.frames import struck
from sphinx_diagram_ext.drawing.renderers.graph.parts import TITLE_INSET, title_height
from sphinx_diagram_ext.drawing.renderers.graph.surroundings import Surroundings

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.renderers.graph.placement import Placement


def make_title_room(placement: Placement) -> None:
    """Move boxes down where a frame has not enough room for its title above them, from the top to the bottom."""
    groups = [group for group in placement.graph.groups if group.key in placement.frames]
    depth = {group.key: len(list(placement.parents(group.key))) for group in groups}
    for group in sorted(groups, key=lambda group: (placement.frames[group.key].top, depth[group.key])):
        frame = placement.frames[group.key]
        inner = [placement.frames[other.key].top for other in groups if other.parent == group.key]
        first = min([frame.bottom, *(placement.nodes[key].top for key in group.nodes), *inner])
        missing = frame.top + title_height(len(placement.titles[group.key])) - first
        if missing > 0:
            _insert_below(placement, first - 0.5, missing, set(placement.parents(group.key)) | {group.key})


def _insert_below(placement: Placement, at: float, room: float, around: set[str]) -> None:
    """Move everything below the y *at* down; frames that begin above it, and those *around* it, become higher."""

    def moved(y: float) -> float:
        return y + room if y > at else y

    for key, rect in placement.nodes.items():
        if rect.centre[1] > at:
            placement.nodes[key] = rect.moved(0, room)
    for key, rect in placement.frames.items():
        top = rect.top if key in around else moved(rect.top)
        placement.frames[key] = Rect(rect.left, top, rect.right, moved(rect.bottom))
    for route in placement.routes:
        shifted = placement.nodes[route.edge.source].centre[1] > at + room
        if route.edge.source == route.edge.target:
            route.course = [(x, y + room * shifted) for x, y in route.course]
            route.points = list(route.course)
            route.label = route.label and route.label.moved(0, room * shifted)
            continue
        route.course = [(x, moved(y)) for x, y in route.course]
        if route.label and route.label.centre[1] > at:
            route.label = route.label.moved(0, room)


def make_room(placement: Placement) -> bool:
    """Move boxes to the right where a title is struck, so that it has room at its left; return whether any moved."""
    around = Surroundings(placement)
    crossed = [key for key, rect in placement.title_rects.items() if struck(placement, around, key, rect)]
    cut = math.inf
    for key in sorted(crossed, key=lambda key: -placement.frames[key].left):
        frame, rect = placement.frames[key], placement.title_rects[key]
        at = around.leftmost(Rect(frame.left, rect.top, frame.right, rect.bottom))
        missing = frame.left + TITLE_INSET + rect.width + 10 - at
        # What is below or above has moved already.
        if missing > 0 and frame.left < at and frame.right <= cut:
            cut = frame.left
            _insert(placement, cut + 2, missing)
    return cut < math.inf


def _insert(placement: Placement, at: float, room: float) -> None:
    """Move everything right of the x *at* to the right; what is on it becomes wider."""

    def moved(x: float) -> float:
        return x + room if x > at else x

    for key, rect in placement.nodes.items():
        if rect.centre[0] > at:
            placement.nodes[key] = rect.moved(room, 0)
    for key, rect in placement.frames.items():
        placement.frames[key] = Rect(moved(rect.left), rect.top, moved(rect.right), rect.bottom)
    for route in placement.routes:
        loop = route.edge.source == route.edge.target
        shift = room if placement.nodes[route.edge.source].centre[0] > at + room else 0.0
        route.course = [(x + shift if loop else moved(x), y) for x, y in route.course]
        if loop:
            route.points = list(route.course)
            route.label = route.label and route.label.moved(shift, 0)
            continue
        if route.label and route.label.centre[0] > at:
            route.label = route.label.moved(room, 0)
