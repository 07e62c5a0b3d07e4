"""Lanes: groups below each other, as wide as the picture, with their titles in a gutter that no line enters."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect, union
from sphinx_diagram_ext.drawing.renderers.graph.axis import sideways
from sphinx_diagram_ext.drawing.renderers.graph.frames import title_size

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.renderers.graph.placement import Placement
    from sphinx_diagram_ext.model import Graph

GUTTER = 112.0
"""Widest title beside a lane."""

_INSET = 14.0
_GAP = 6.0
"""Least distance between two lanes."""


def takes_lanes(graph: Graph) -> bool:
    """Tell whether the groups of a graph can be lanes: one below the other, none inside another, every node in one."""
    inside = {key for group in graph.groups for key in group.nodes}
    plain = all(group.parent is None for group in graph.groups)
    return graph.stacked and plain and not sideways(graph.direction) and all(node.key in inside for node in graph.nodes)


def set_lanes(placement: Placement) -> bool:
    """Make lanes of the frames; return whether they are below each other."""
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
        frame = placement.frames[key]
        nodes = union(placement.nodes[name] for name in placement.inside(key))
        spare = max(14.0, (height + 20 - nodes.height) / 2)
        least = spans[index - 1].bottom + _GAP if index else frame.top - spare
        top, bottom = max(nodes.top - spare, least), nodes.bottom + spare
        placement.frames[key] = spans[index] = Rect(left, top, right, bottom)
        placement.title_rects[key] = Rect.at(left + _INSET, top + 12, width, height)
    return all(one.bottom <= other.top for one, other in itertools.pairwise(spans))
