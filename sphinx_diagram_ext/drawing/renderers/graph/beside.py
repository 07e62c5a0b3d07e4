"""Groups beside each other: each laid out on its own, in rows that fit, with what leads from one to the next."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing import shapes
from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers.graph.axis import sideways
from sphinx_diagram_ext.drawing.renderers.graph.parts import Joint, label_size
from sphinx_diagram_ext.drawing.scene import DETAIL

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.renderers.graph.placement import Placement

_GAP = 24.0
_ARROW = 44.0
"""Room for an arrow without a label between two frames."""
_LABEL = 84.0
"""Widest label of an arrow between two frames."""


def arrange_beside(placement: Placement, width: float) -> None:
    """Put the frames of the outermost groups into rows of at most *width* pixels, or into one column."""
    graph = placement.graph
    keys = [group.key for group in graph.groups if group.parent is None and group.key in placement.frames]
    if not keys or len(placement.chains) < len(placement.nodes):
        # A box outside all groups would be below one of them.
        return
    labels = _labels(placement)
    gap = max([_GAP, *(_room(rows) for rows in labels)]) if graph.joints else _GAP
    wide = [placement.frames[key].width for key in keys]
    per_row = _per_row(wide, gap, width) if sideways(placement.direction) else 1
    rows = [keys[at : at + per_row] for at in range(0, len(keys), per_row)]
    columns = [max(placement.frames[row[at]].width for row in rows if at < len(row)) for at in range(per_row)]
    top = 0.0
    for row in rows:
        height = max(placement.frames[key].height for key in row)
        left = 0.0
        for key, column in zip(row, columns, strict=False):
            _move(placement, key, Rect.at(left, top, column, height))
            left += column + gap
        below = max([_GAP, *(DETAIL.line * len(lines) + 44 for lines in labels)]) if graph.joints else _GAP
        top += height + below
    if graph.joints:
        row_of = {key: index for index, row in enumerate(rows) for key in row}
        for (one, other), lines in zip(itertools.pairwise(keys), labels, strict=False):
            placement.joints.append(_joint(placement, one, other, lines, level=row_of[one] == row_of[other]))


def _labels(placement: Placement) -> list[tuple[str, ...]]:
    joints = placement.graph.joints
    return [tuple(shapes.wrapped(joint, _LABEL, DETAIL)) if joint else () for joint in joints]


def _room(rows: tuple[str, ...]) -> float:
    return label_size(rows)[0] + 8 if rows else _ARROW


def _per_row(widths: list[float], gap: float, width: float) -> int:
    """Return how many frames go into a row, as evenly as possible."""
    column = max(widths)
    if sum(widths) + gap * (len(widths) - 1) <= width:
        return len(widths)
    most = max(1, int((width + gap) // (column + gap)))
    return math.ceil(len(widths) / math.ceil(len(widths) / most))


def _move(placement: Placement, key: str, to: Rect) -> None:
    """Move a frame and all that is in it; what it holds goes to the middle of its new width."""
    frame = placement.frames[key]
    across, down = to.left - frame.left + (to.width - frame.width) / 2, to.top - frame.top
    inside = placement.inside(key)
    for name in inside:
        placement.nodes[name] = placement.nodes[name].moved(across, down)
    for name in placement.frames:
        if key in placement.parents(name):
            placement.frames[name] = placement.frames[name].moved(across, down)
    for route in placement.routes:
        if route.edge.source in inside:
            route.course = route.points = [(x + across, y + down) for x, y in route.course]
            route.label = route.label and route.label.moved(across, down)
    placement.frames[key] = to


def _joint(placement: Placement, one: str, other: str, rows: tuple[str, ...], *, level: bool) -> Joint:
    before, after = placement.frames[one], placement.frames[other]
    if level:
        y = (max(before.top, after.top) + min(before.bottom, after.bottom)) / 2
        points: list[Point] = [(before.right, y), (after.left, y)]
    else:
        start, end = before.centre[0], after.centre[0]
        y = (before.bottom + after.top) / 2
        points = [(start, before.bottom), (start, y), (end, y), (end, after.top)]
        if abs(start - end) < 1:
            points = [points[0], points[-1]]
    label = None
    if rows:
        width, height = label_size(rows)
        (x0, y0), (x1, y1) = points[len(points) // 2 - 1], points[len(points) // 2]
        middle = (x0 + x1) / 2, (y0 + y1) / 2
        label = Rect.around(middle[0], middle[1] - height / 2 - 6, width, height) if level else None
        label = label or Rect.around(middle[0], middle[1] - 5, width, height)
    return Joint((one, other), points, rows, label)
