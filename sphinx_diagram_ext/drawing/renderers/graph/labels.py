"""Labels of edges: on their line, and on nothing else."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers.graph.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.renderers.graph.parts import Route
    from sphinx_diagram_ext.drawing.renderers.graph.placement import Placement

_STEP = 6.0
_GOOD = 4.0
"""Cost up to which no better spot is looked for."""


def settle_labels(placement: Placement) -> None:
    """Move every label to the point of its line that is nearest to where it is and free of everything else."""
    around = Surroundings(placement)
    settled: list[Rect] = []
    for route in placement.routes:
        if route.label is None or route.edge.source == route.edge.target:
            continue

        def cost(spot: Rect, route: Route = route) -> float:
            return _cost(placement, around, route, spot) + 60.0 * any(spot.meets(other, 2) for other in settled)

        near = _nearest(route.points, route.label)
        if cost(near) >= _GOOD:
            near = min(_spots(route, route.label), key=cost, default=near)
        route.label = near
        settled.append(near)


def _nearest(points: list[Point], label: Rect) -> Rect:
    """Return *label* moved to the nearest point of a line."""
    x, y = label.centre
    best = points[0]
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        far = (x1 - x0) ** 2 + (y1 - y0) ** 2
        part = min(1.0, max(0.0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / far)) if far else 0.0
        at = x0 + (x1 - x0) * part, y0 + (y1 - y0) * part
        if math.dist(at, (x, y)) < math.dist(best, (x, y)):
            best = at
    return Rect.around(*best, label.width, label.height)


def _spots(route: Route, label: Rect) -> Iterator[Rect]:
    """Yield where a label may be along its line, not at its ends."""
    for start, end in itertools.pairwise(route.points):
        far = math.dist(start, end)
        for index in range(int(far / _STEP) + 1):
            part = index * _STEP / far if far else 0.0
            at = start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
            yield Rect.around(*at, label.width, label.height)


def _cost(placement: Placement, around: Surroundings, route: Route, spot: Rect) -> float:
    """Return how bad a spot is: what it covers, and how far it is from where room was left."""
    assert route.label is not None
    room = spot.grown(2)
    cost = 100.0 * around.boxes(room, 2) + 60.0 * around.labels(room, route) + 30.0 * around.lines(room, route)
    cost += 100.0 * sum(room.meets(rect) for rect in placement.title_rects.values())
    cost += 8.0 * sum(spot.meets(rect) and not rect.holds(spot) for rect in placement.frames.values())
    head = Rect.around(*route.points[-1], 22, 22)
    tail = Rect.around(*route.points[0], 10, 10)
    cost += 20.0 * spot.meets(head) + 10.0 * spot.meets(tail)
    return cost + math.dist(spot.centre, route.label.centre) / 10
