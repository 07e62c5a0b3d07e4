"""Lanes: groups below each other, as wide as the picture, with their titles in a gutter that no line enters."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect, union
from sphinx_diagram_ext.drawing.renderers.graph.axis import sideways
from sphinx_diagram_ext.drawing.renderers.graph.parts import title_size

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.renderers.graph.placement import Placement
    from sphinx_diagram_ext.model import Graph

GUTTER = 112.0
"""Widest title beside a lane."""

_INSET = 14.0
_GAP = 6.0
"""Least distance between two lanes."""


def may_take_lanes(graph: Graph) -> bool:
    """Tell whether the groups of a graph can be lanes: it grows downwards, and no group is inside another."""
    plain = bool(graph.groups) and all(group.parent is None for group in graph.groups)
    return plain and not graph.beside and not sideways(graph.direction)


def set_lanes(placement: Placement) -> bool:
    """Make lanes of the frames; return whether that is possible, and change nothing if it is not."""
    before = dict(placement.frames)
    keys = sorted(placement.frames, key=lambda key: placement.frames[key].top)
    spans = [placement.frames[key] for key in keys]
    if any(one.bottom > other.top + 1 for one, other in itertools.pairwise(spans)):
        return False
    drawn = [Rect(x, y, x, y) for route in placement.routes for x, y in route.points]
    drawn += [route.label for route in placement.routes if route.label]
    whole = union([*placement.nodes.values(), *drawn])
    gutter = max(title_size(rows)[0] for rows in placement.titles.values()) + 2 * _INSET
    left, right = whole.left - gutter, whole.right + 18
    for index, key in enumerate(keys):
        width, height = title_size(placement.titles[key])
        top, bottom = _sides(placement, key, height, spans[index - 1].bottom + _GAP if index else None)
        placement.frames[key] = spans[index] = Rect(left, top, right, bottom)
        placement.title_rects[key] = Rect.at(left + _INSET, top + 12, width, height)
    loose = placement.nodes.keys() - {name for key in keys for name in placement.inside(key)}
    apart = not any(placement.nodes[name].meets(span, 6) for name in loose for span in spans)
    if apart and all(one.bottom <= other.top for one, other in itertools.pairwise(spans)):
        return True
    placement.frames = before
    placement.title_rects.clear()
    return False


def _sides(placement: Placement, key: str, title: float, least: float | None) -> tuple[float, float]:
    """Return top and bottom of a lane: around its nodes and its title, but clear of labels between two lanes."""
    inside = placement.inside(key)
    nodes = union(placement.nodes[name] for name in inside)
    spare = max(14.0, (title + 22 - nodes.height) / 2)
    top, bottom = nodes.top - spare, nodes.bottom + spare
    for route in placement.routes:
        ends = (route.edge.source in inside, route.edge.target in inside)
        if route.label and any(ends) and not all(ends):
            if route.label.centre[1] < nodes.top:
                top = max(top, min(route.label.bottom + 3, nodes.top - 8))
            elif route.label.centre[1] > nodes.bottom:
                bottom = min(bottom, max(route.label.top - 3, nodes.bottom + 8))
    missing = title + 20 - (bottom - top)
    if missing > 0:
        bottom += missing
    return top if least is None else max(top, least), bottom
