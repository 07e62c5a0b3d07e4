"""Layouts of timelines and charts, where the order says which box belongs to which node."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.engine.layout import Box, Frame, NodeBox
from sphinx_diagram_ext.engine.merman.layout_parts import (
    Keys,
    LayoutParts,
    bounds,
    corner_box,
    items,
    member,
    node_box,
    number,
    text,
    union,
)
from sphinx_diagram_ext.engine.protocol import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEGEND_ROW = 18.0
"""Height in pixels of a row of a pie chart's legend."""

_POINT = re.compile(r"[ML]\s*([^\s,MLZ]+),([^\s,MLZ]+)")
"""A point of a path of straight lines."""


def timeline(layout: Any, _semantic: Any, keys: Keys) -> LayoutParts:
    """Return the events, each with the box of its time, in frames of their sections."""
    parts = LayoutParts(extent=[bounds(layout.get("bounds"))])
    boxes = []
    for count, section in enumerate(items(layout, "sections"), 1):
        title = corner_box(member(section, "node"))
        events = [_event(task) for task in items(section, "tasks")]
        whole = union([title, *events])
        parts.frames.append(Frame(f"section{count}", whole.x, whole.y, whole.width, whole.height, title))
        boxes += events
    boxes += [_event(task) for task in items(layout, "orphan_tasks")]
    parts.nodes = _counted(keys, "e", boxes)
    return parts


def _event(task: Any) -> Box:
    return union([corner_box(member(task, "node")), *(corner_box(event) for event in items(task, "events"))])


def gantt(layout: Any, _semantic: Any, keys: Keys) -> LayoutParts:
    """Return the bars of the tasks."""
    parts = LayoutParts(extent=[bounds(layout.get("bounds"))])
    for task in items(layout, "tasks"):
        key = keys.node(text(task, "id"))
        if key is None:
            raise EngineError(f"merman's layout has an unknown task {task['id']!r}")
        parts.nodes.append(node_box(key, corner_box(member(task, "bar"))))
    return parts


def pie(layout: Any, _semantic: Any, keys: Keys) -> LayoutParts:
    """Return the row of the legend for each part: small parts have no slice."""
    whole = bounds(layout.get("bounds"))
    left, top = number(layout, "center_x") + number(layout, "legend_x"), number(layout, "center_y")
    width = whole.x + whole.width - left
    rows = [Box(left, top + number(row, "y"), width, _LEGEND_ROW) for row in items(layout, "legend_items")]
    return LayoutParts(nodes=_counted(keys, "s", rows), extent=[whole])


def quadrants(layout: Any, _semantic: Any, keys: Keys) -> LayoutParts:
    """Return the points; merman's order is that of the text from its end."""
    points = [
        _dot(number(point, "x"), number(point, "y"), 2 * number(point, "radius", least=0))
        for point in reversed(items(layout, "points"))
    ]
    return LayoutParts(nodes=_counted(keys, "p", points), extent=[_whole(layout)])


def xychart(layout: Any, _semantic: Any, keys: Keys) -> LayoutParts:
    """Return the bars of the first plot, or the points of its line, each as large as the line is thick."""
    plots = [plot for plot in items(layout, "drawables") if "plot" in items(plot, "groupTexts")]
    data = items(plots[0], "data") if plots else []
    if plots and text(plots[0], "type") == "path":
        boxes = [_dot(x, y, number(path, "strokeWidth", least=0)) for path in data for x, y in _points(path)]
    else:
        boxes = [corner_box(bar) for bar in data]
    return LayoutParts(nodes=_counted(keys, "c", boxes), extent=[_whole(layout)])


def _points(path: Any) -> list[tuple[float, float]]:
    found = []
    for x, y in _POINT.findall(text(path, "path")):
        try:
            point = {"x": float(x), "y": float(y)}
        except ValueError:
            raise EngineError(f"merman's layout has a point at {x!r}, {y!r}") from None
        found.append((number(point, "x"), number(point, "y")))
    return found


def _dot(x: float, y: float, size: float) -> Box:
    return Box(x - size / 2, y - size / 2, size, size)


def _whole(layout: Any) -> Box:
    return Box(0, 0, number(layout, "width", least=0), number(layout, "height", least=0))


def _counted(keys: Keys, prefix: str, boxes: Iterable[Box]) -> list[NodeBox]:
    boxes = list(boxes)
    named = zip(keys.counted(prefix, len(boxes)), boxes, strict=True)
    return [node_box(key, box) for key, box in named if key is not None]
