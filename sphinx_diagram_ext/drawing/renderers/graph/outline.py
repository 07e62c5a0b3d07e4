"""Outline of a graph for a phone: boxes one below the other, each after what leads to it, and in their frames.

A box from which one edge leads, to the next box, has an arrow to it. What else leaves a box is listed below it, as
branches: a line, the name of the target, the label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing import shapes
from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers.branches import (
    STEP,
    branch_end,
    branch_line,
    branch_middle,
    branch_texts,
)
from sphinx_diagram_ext.drawing.renderers.graph.compose import frame_box, styled_line
from sphinx_diagram_ext.drawing.scene import DETAIL, TITLE, Align, Head, Hook, Line, Scene, Text
from sphinx_diagram_ext.fonts import wrap
from sphinx_diagram_ext.model import Message, Role, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.model import Diagram, Edge, Graph, Group

_GAP, _ARROW = 16.0, 30.0
"""Distance of two boxes without and with an arrow between them."""
_PAD = 10.0
"""Room between a frame and what is in it."""
_ARROW_INSET = 24.0
"""Distance of arrows from the right side of their boxes: titles are at the left."""
_BRANCH = 36.0
"""Where the texts of branches begin, from the left side of the box."""


def draw_outline(diagram: Diagram, body: Graph, space: Space) -> Scene:
    """Return *body* as an outline of the width of *space*."""
    called = {key: str(name) for key, name in names(diagram).items()}
    return _Outline(body, list(_depth_first(body)), called).drawn(space.width)


def _depth_first(graph: Graph) -> Iterator[str]:
    """Yield the nodes, each right after the first that leads to it: branches stay together."""
    leads: dict[str, list[str]] = {}
    for edge in graph.edges:
        leads.setdefault(edge.source, []).append(edge.target)
    entered = {target for source, targets in leads.items() for target in targets if target != source}
    keys = [node.key for node in graph.nodes]
    done: set[str] = set()
    for start in (*(key for key in keys if key not in entered), *keys):
        waiting = [start]
        while waiting:
            key = waiting.pop()
            if key not in done:
                done.add(key)
                yield key
                waiting += reversed(leads.get(key, ()))


class _Outline:
    def __init__(self, graph: Graph, order: list[str], called: dict[str, str]) -> None:
        self._graph = graph
        self._called = called
        self._nodes = {node.key: node for node in graph.nodes}
        self._groups = {group.key: group for group in graph.groups}
        self._home = {key: group.key for group in graph.groups for key in group.nodes}
        self._children: dict[str | None, dict[str, bool]] = {}
        for key in order:
            self._hang(key)
        self._flat = list(self._leaves(None))
        self._next = dict(zip(self._flat, self._flat[1:], strict=False))
        self._leads: dict[str, list[Edge]] = {}
        for edge in graph.edges:
            self._leads.setdefault(edge.source, []).append(edge)
        self._depth = max((self._depth_of(group) for group in graph.groups), default=0)
        self._arrow_x = 0.0
        self._frames: list[tuple[Group, Rect, int]] = []
        self._boxes: dict[str, Rect] = {}
        self._texts: list[tuple[Text, str]] = []
        self._arrows: list[Edge] = []
        self._branches: list[tuple[Edge, Line, list[Text]]] = []
        self._joints: list[tuple[Message | None, float, float]] = []

    def _hang(self, key: str) -> None:
        """Put a node below its groups; a group comes where the first of its nodes does."""
        child, is_node, home = key, True, self._home.get(key)
        while True:
            known = child in self._children.setdefault(home, {})
            self._children[home].setdefault(child, is_node)
            if home is None or known:
                return
            child, is_node, home = home, False, self._groups[home].parent

    def _depth_of(self, group: Group) -> int:
        depth, parent = 1, group.parent
        while parent is not None:
            depth, parent = depth + 1, self._groups[parent].parent
        return depth

    def _leaves(self, parent: str | None) -> Iterable[str]:
        for child, is_node in self._children.get(parent, {}).items():
            if is_node:
                yield child
            else:
                yield from self._leaves(child)

    def drawn(self, width: float) -> Scene:
        """Return the scene, *width* pixels wide."""
        # One column for all arrows, beside every title.
        self._arrow_x = width - _ARROW_INSET - _PAD * self._depth
        self._add_children(None, 0.0, width, 0.0, 0)
        scene = Scene()
        for group, rect, depth in sorted(self._frames, key=lambda item: item[2]):
            scene.add(Hook.GROUP, frame_box(group, rect, depth), key=group.key)
        for edge in self._arrows:
            box, below = self._boxes[edge.source], self._boxes[edge.target]
            start = shapes.border_point(self._nodes[edge.source].role, box, (self._arrow_x, box.bottom))
            end = shapes.border_point(self._nodes[edge.target].role, below, (self._arrow_x, below.top))
            scene.add(Hook.EDGE, styled_line(edge, [start, end]), ends=(edge.source, edge.target))
        for edge, line, texts in self._branches:
            scene.add(Hook.EDGE, line, ends=(edge.source, edge.target))
            scene.add(Hook.EDGE_LABEL, *texts, ends=(edge.source, edge.target))
        for joint, top, bottom in self._joints:
            line = Line([(width / 2, top), (width / 2, bottom)], "line", 2.6, head=Head.ARROW)
            scene.add(Hook.EDGE, line)
            if joint:
                rows = tuple(wrap(joint.text, width / 2 - 20, DETAIL.size))
                y = (top + bottom) / 2 - DETAIL.line * len(rows) / 2
                scene.add(Hook.EDGE_LABEL, Text(width / 2 + 10, y, rows, DETAIL, "text", Align.START))
        for text, key in self._texts:
            scene.add(Hook.TITLE if key else Hook.EDGE_LABEL, text, key=key)
        for key in self._flat:
            node, rect = self._nodes[key], self._boxes[key]
            parts = shapes.node_parts(node, self._content(key, rect.width).lines, rect)
            scene.add(Hook.NODE, *parts, key=key, link=node.link or "")
        return scene

    def _content(self, key: str, width: float) -> shapes.Content:
        node = self._nodes[key]
        room = shapes.inset(node.role)
        return shapes.content(node, max(40.0, width - room.left - room.right))

    def _add_children(self, parent: str | None, left: float, right: float, y: float, depth: int) -> float:
        """Add what is in a group between two sides and from *y* on; return the y below it."""
        children = list(self._children.get(parent, {}).items())
        for at, (key, is_node) in enumerate(children):
            y = self._add_node(key, left, right, y) if is_node else self._add_group(key, left, right, y, depth)
            if at + 1 < len(children):
                y = self._add_joint(at, y) if self._graph.joints and parent is None else y + self._gap(key, is_node)
        return y

    def _gap(self, key: str, is_node: bool) -> float:  # noqa: FBT001 - of one table with the children
        last = key if is_node else list(self._leaves(key))[-1]
        return _ARROW if self._single(last) else _GAP

    def _single(self, key: str) -> Edge | None:
        """Return the only edge that leaves a box, if it leads to the next one."""
        edges = self._leads.get(key, [])
        return edges[0] if len(edges) == 1 and edges[0].target == self._next.get(key) else None

    def _add_joint(self, at: int, y: float) -> float:
        joint = self._graph.joints[at] if at < len(self._graph.joints) else None
        rows = len(wrap(joint.text, 120, DETAIL.size)) if joint else 0
        below = y + max(_ARROW, rows * DETAIL.line + 24)
        self._joints.append((joint, y, below))
        return below

    def _add_group(self, key: str, left: float, right: float, y: float, depth: int) -> float:
        group = self._groups[key]
        rows = tuple(shapes.wrapped(group.label, self._arrow_x - 10 - left - _PAD - 2, TITLE))
        self._texts.append((Text(left + _PAD + 2, y + 8, rows, TITLE, "text", Align.START), key))
        inner = y + 8 + TITLE.line * len(rows) + 8
        bottom = self._add_children(key, left + _PAD, right - _PAD, inner, depth + 1) + _PAD
        self._frames.append((group, Rect(left, y, right, bottom), depth))
        return bottom

    def _add_node(self, key: str, left: float, right: float, y: float) -> float:
        height = self._content(key, right - left).height
        self._boxes[key] = Rect(left, y, right, y + height)
        y += height
        single = self._single(key)
        if single:
            self._arrows.append(single)
            return self._add_arrow_label(single.label, left, y) if single.label else y
        low = y
        for edge in self._leads.get(key, ()):
            y = self._add_branch(edge, Rect(left, low, right, y), y + STEP)
        return y

    def _add_branch(self, edge: Edge, box: Rect, y: float) -> float:
        """Add a branch from the y *y* on, of a box whose lower side is the top of *box*; return the y below it."""
        first, second = Message(self._called[edge.target]), edge.label
        if second and self._nodes[edge.source].role is Role.DECISION:
            # Of a question the answers are read first.
            first, second = second, first
        texts = branch_texts(first, second, box.left + _BRANCH, y, self._arrow_x - 10)
        points = branch_line(box.left, box.top, branch_middle(y), box.left + _BRANCH - 5)
        line = styled_line(edge, points)
        line.radius, line.width = 4.0, min(line.width, 2.0)
        self._branches.append((edge, line, texts))
        return branch_end(texts)

    def _add_arrow_label(self, label: Message, left: float, y: float) -> float:
        rows = tuple(wrap(label.text, self._arrow_x - 10 - left - 8, DETAIL.size))
        self._texts.append((Text(self._arrow_x - 10, y + 6, rows, DETAIL, "text", Align.END), ""))
        return y + DETAIL.line * len(rows)
