"""Checked reading of merman's layout, and what is read on the way to a ``Layout``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.engine.layout import Box, EdgePath, Frame, Layout, NodeBox, Point
from sphinx_diagram_ext.engine.protocol import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.mermaid import MermaidSource

_FARTHEST = 1e7
"""Pixels from the origin that no diagram reaches."""

_AUTHORS_OWN = frozenset(("mermaid", "custom"))
"""Families whose text is an author's, so that it may hold other nodes and groups than the model."""


@dataclass
class LayoutParts:
    """What was found so far, with the engine's origin; ``extent`` is what the drawing takes besides.

    For graphs that is nothing: merman counts invisible helpers of loops too.
    """

    nodes: list[NodeBox] = field(default_factory=list)
    edges: list[EdgePath] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    links: list[EdgePath] = field(default_factory=list)
    marks: list[NodeBox] = field(default_factory=list)
    extent: list[Box] = field(default_factory=list)


class Keys:
    """Model keys for Mermaid's ids."""

    def __init__(self, source: MermaidSource) -> None:
        self._source = source
        self.authors_own = source.family in _AUTHORS_OWN

    def node(self, name: str) -> str | None:
        """Return the key of a node, None for what is no node of the model."""
        nodes = self._source.nodes
        return name if self.authors_own and not nodes else nodes.get(name)

    def group(self, name: str) -> str | None:
        """Return the key of a group, None for what is no group of the model."""
        return self._source.groups.get(name, name if self.authors_own else None)

    def is_group(self, name: str) -> bool:
        """Tell whether a group of the model has the id *name*."""
        return name in self._source.groups

    def counted(self, prefix: str, found: int) -> list[str | None]:
        """Return the keys of *found* nodes that have no ids; None is what is no node.

        Raises:
            EngineError: the text has another number of them.
        """
        if self.authors_own:
            return [f"{prefix}{number}" for number in range(1, found + 1)]
        if found != len(self._source.order):
            raise EngineError(f"merman's layout has {found} nodes instead of {len(self._source.order)}")
        return list(self._source.order)

    def sort(self, parts: LayoutParts) -> None:
        """Put nodes and frames in the order of the model, with what it does not know last."""
        nodes = {key: rank for rank, key in enumerate(self._source.nodes.values())}
        parts.nodes.sort(key=lambda node: nodes.get(node.id, len(nodes)))
        groups = {key: rank for rank, key in enumerate(self._source.groups.values())}
        parts.frames.sort(key=lambda frame: groups.get(frame.id, len(groups)))

    def check(self, parts: LayoutParts) -> None:
        """Check that every node and every group of an emitted diagram was found, each once.

        Raises:
            EngineError: one is missing, or there twice.
        """
        if self.authors_own:
            return
        nodes, groups = self._source.nodes, self._source.groups
        framed = {key for name, key in groups.items() if name in nodes}
        frames = Counter(frame.id for frame in parts.frames)
        boxes = Counter(node.id for node in parts.nodes) + Counter({key: frames[key] for key in framed})
        _compare("node", [*nodes.values(), *filter(None, self._source.order)], boxes)
        _compare("group", [*groups.values()], frames)


def _compare(kind: str, wanted: list[str], found: Counter[str]) -> None:
    for key in wanted:
        if found[key] != 1:
            raise EngineError(f"merman's layout has the {kind} {key!r} {found[key]} times")


def member(record: Any, key: str) -> Any:
    """Return what *record* has as *key*, None if it has not.

    Raises:
        EngineError: it is no record.
    """
    if not isinstance(record, dict):
        raise EngineError(f"merman's layout has {record!r} instead of what has {key!r}"[:200])
    return record.get(key)


def number(record: Any, key: str, *, least: float = -_FARTHEST) -> float:
    """Return a number of *record*.

    Raises:
        EngineError: it is missing, not finite, or less than *least*.
    """
    value = member(record, key)
    # Comparisons with NaN are false.
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= _FARTHEST:
        raise EngineError(f"merman's layout has {value!r} as {key!r}"[:200])
    return float(value)


def text(record: Any, key: str) -> str:
    """Return a text of *record*.

    Raises:
        EngineError: it is missing or no text.
    """
    value = member(record, key)
    if not isinstance(value, str):
        raise EngineError(f"merman's layout has {value!r} as {key!r}"[:200])
    return value


def items(record: Any, key: str) -> list[Any]:
    """Return a list of *record*.

    Raises:
        EngineError: it is missing or no list.
    """
    value = member(record, key)
    if not isinstance(value, list):
        raise EngineError(f"merman's layout has {value!r} as {key!r}"[:200])
    return value


def corner_box(record: Any) -> Box:
    """Return the box of a record whose x and y are its top left corner."""
    x, y = number(record, "x"), number(record, "y")
    return Box(x, y, number(record, "width", least=0), number(record, "height", least=0))


def centred_box(record: Any) -> Box:
    """Return the box of a record whose x and y are its centre."""
    box = corner_box(record)
    return Box(box.x - box.width / 2, box.y - box.height / 2, box.width, box.height)


def bounds(record: Any) -> Box:
    """Return the box of a record of least and greatest x and y."""
    left, top = number(record, "min_x"), number(record, "min_y")
    return Box(left, top, number(record, "max_x", least=left) - left, number(record, "max_y", least=top) - top)


def node_box(key: str, box: Box) -> NodeBox:
    """Return *box* as that of the node *key*."""
    return NodeBox(key, box.x, box.y, box.width, box.height)


def union(boxes: list[Box]) -> Box:
    """Return the smallest box around *boxes*, which are not empty."""
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right = max(box.x + box.width for box in boxes)
    bottom = max(box.y + box.height for box in boxes)
    return Box(left, top, right - left, bottom - top)


def assembled(parts: LayoutParts) -> Layout:
    """Return the layout of *parts* with the origin at the top left corner of all that was found."""
    whole = union([*_boxes(parts)] or [Box(0, 0, 0, 0)])
    dx, dy = -whole.x, -whole.y
    return Layout(
        whole.width,
        whole.height,
        tuple(_moved_node(node, dx, dy) for node in parts.nodes),
        tuple(_moved_edge(edge, dx, dy) for edge in parts.edges),
        tuple(
            Frame(frame.id, frame.x + dx, frame.y + dy, frame.width, frame.height, _moved(frame.title, dx, dy))
            for frame in parts.frames
        ),
        tuple(_moved_edge(edge, dx, dy) for edge in parts.links),
        tuple(_moved_node(node, dx, dy) for node in parts.marks),
    )


def _boxes(parts: LayoutParts) -> Iterator[Box]:
    yield from parts.extent
    yield from (Box(node.x, node.y, node.width, node.height) for node in chain(parts.nodes, parts.marks))
    yield from (Box(frame.x, frame.y, frame.width, frame.height) for frame in parts.frames)
    yield from (frame.title for frame in parts.frames if frame.title)
    for edge in chain(parts.edges, parts.links):
        yield from (Box(x, y, 0, 0) for x, y in edge.points)
        if edge.label:
            yield edge.label


def _moved(box: Box | None, dx: float, dy: float) -> Box | None:
    return box and Box(box.x + dx, box.y + dy, box.width, box.height)


def _moved_node(node: NodeBox, dx: float, dy: float) -> NodeBox:
    return NodeBox(node.id, node.x + dx, node.y + dy, node.width, node.height)


def _moved_edge(edge: EdgePath, dx: float, dy: float) -> EdgePath:
    points: tuple[Point, ...] = tuple((x + dx, y + dy) for x, y in edge.points)
    return EdgePath(edge.source, edge.target, points, _moved(edge.label, dx, dy))
