"""Layouts of sequence diagrams: heads of participants, messages and notes.

merman gives no boxes of blocks (loop, alt, opt, par), grounds and activations.
"""

from __future__ import annotations

from typing import Any

from sphinx_diagram_ext.engine.layout import Box, EdgePath, Point
from sphinx_diagram_ext.engine.merman.layout_parts import (
    Keys,
    LayoutParts,
    bounds,
    centred_box,
    items,
    member,
    node_box,
    number,
    text,
)
from sphinx_diagram_ext.engine.protocol import EngineError

_HEAD, _NOTE, _MESSAGE = "actor-top-", "note-", "msg-"

_TEXT_DROP = 7.2
"""Pixels between the y of a message's label and the top of its text.

Mermaid puts the middle of the first line, 17.6 px high, one em (16 px) below that y.
"""

_LOOP = (45.0, 20.0)
"""Width and height in pixels of the curve that Mermaid draws for a message to oneself.

The layout has the start of it only.
"""


def sequence(layout: Any, _semantic: Any, keys: Keys) -> LayoutParts:
    """Return the parts of a sequence diagram."""
    parts = LayoutParts(extent=[bounds(layout.get("bounds"))])
    for record in items(layout, "nodes"):
        name = text(record, "id")
        if name.startswith(_HEAD):
            key = keys.node(name.removeprefix(_HEAD))
            if key is None:
                raise EngineError(f"merman's layout has an unknown participant {name!r}")
            parts.nodes.append(node_box(key, centred_box(record)))
        elif name.startswith(_NOTE):
            parts.marks.append(node_box(name, centred_box(record)))
    for record in items(layout, "edges"):
        if text(record, "id").startswith(_MESSAGE):
            parts.edges.append(_message(record, keys))
    return parts


def _message(record: Any, keys: Keys) -> EdgePath:
    source, target = keys.node(text(record, "from")), keys.node(text(record, "to"))
    if source is None or target is None:
        raise EngineError(f"merman's layout has a message of an unknown participant, {record.get('id')!r}")
    points = [(number(point, "x"), number(point, "y")) for point in items(record, "points")]
    if len(points) < 2:
        raise EngineError(f"merman's layout has no line for the message {record.get('id')!r}")
    label = member(record, "label")
    box = None
    if label is not None:
        centred = centred_box(label)
        box = Box(centred.x, number(label, "y") + _TEXT_DROP, centred.width, centred.height)
    return EdgePath(source, target, _loop(points[0]) if source == target else tuple(points), box)


def _loop(start: Point) -> tuple[Point, ...]:
    (x, y), (width, height) = start, _LOOP
    return (x, y), (x + width, y), (x + width, y + height), (x, y + height)
