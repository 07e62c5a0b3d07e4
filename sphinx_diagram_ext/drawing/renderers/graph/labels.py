"""Labels of edges: on their line, and on nothing else."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.renderers.graph.placement import Placement, Route

_STEP = 6.0


def settle_labels(placement: Placement) -> None:
    """Move every label to the point of its line that is nearest to where it is and free of everything else."""
    for route in placement.routes:
        if route.label is None:
            continue
        best = min(_spots(route, route.label), key=lambda spot: _cost(placement, route, spot), default=route.label)
        route.label = best


def _spots(route: Route, label: Rect) -> Iterator[Rect]:
    """Yield where a label may be along its line, not at its ends."""
    for start, end in itertools.pairwise(route.points):
        far = math.dist(start, end)
        for index in range(int(far / _STEP) + 1):
            part = index * _STEP / far if far else 0.0
            at = start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
            yield Rect.around(*at, label.width, label.height)


def _cost(placement: Placement, route: Route, spot: Rect) -> float:
    """Return how bad a spot is: what it covers, and how far it is from where the engine left room."""
    assert route.label is not None
    room = spot.grown(2)
    cost = 100.0 * sum(room.meets(rect, 2) for rect in placement.nodes.values())
    cost += 100.0 * sum(room.meets(rect) for rect in placement.title_rects.values())
    for other in placement.routes:
        if other is not route:
            cost += 60.0 * (other.label is not None and room.meets(other.label))
            cost += 30.0 * room.met_by(other.points)
    for rect in placement.frames.values():
        cost += 8.0 * (spot.meets(rect) and not rect.holds(spot))
    head = Rect.around(*route.points[-1], 22, 22)
    tail = Rect.around(*route.points[0], 10, 10)
    cost += 20.0 * spot.meets(head) + 10.0 * spot.meets(tail)
    return cost + math.dist(spot.centre, route.label.centre) / 10
