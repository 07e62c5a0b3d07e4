"""List of states, one below the other, each with the transitions that leave it: for pictures that no graph fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers.branches import (
    STEP,
    TRUNK,
    branch_end,
    branch_line,
    branch_middle,
    branch_texts,
)
from sphinx_diagram_ext.drawing.renderers.state_parts import (
    HEAD_OVER,
    HEAD_SIDE,
    MARK,
    OVER,
    SIDE,
    frame_parts,
    head_parts,
    height_of,
    mark_parts,
    rows_of,
    state_parts,
)
from sphinx_diagram_ext.drawing.renderers.state_tree import TOP
from sphinx_diagram_ext.drawing.scene import Head, Hook, Line, Scene
from sphinx_diagram_ext.model import reading_order

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.drawing.renderers.state_tree import Machine
    from sphinx_diagram_ext.drawing.scene import Part, Text
    from sphinx_diagram_ext.model import Diagram, Edge

_WIDEST = 420.0
"""Greatest width of a box in CSS pixels."""
_PAD, _LEAST = 14.0, 150.0
"""Room inside a frame, which is left out where a box would get narrower than the second number."""
_GAP = 20.0
"""Between one state with its transitions and the next."""
_BRANCH = 34.0
"""Where the texts of transitions begin, from the left side of the box."""


def state_list(diagram: Diagram, machine: Machine, space: Space) -> Scene:
    """Return the states of *diagram* in a column no wider than *space*."""
    width = min(space.width, _WIDEST)
    column = _Column(machine)
    column.add_level(TOP, Rect(0, 0, width, 0))
    scene = Scene()
    for key, frame in column.frames.items():
        scene.add(Hook.GROUP, *frame_parts(machine.states[key].node, frame), key=key)
    for line, ends in column.lines:
        scene.add(Hook.EDGE, line, ends=ends)
    for rect, last in column.marks:
        scene.add(Hook.NONE, *mark_parts(rect, last=last))
    for key in reading_order(diagram):
        scene.add(Hook.NODE, *column.nodes[key], key=key, link=machine.states[key].node.link or "")
    for texts in column.labels:
        scene.add(Hook.EDGE_LABEL, *texts)
    return scene


class _Column:
    """What is in the column so far."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._leaving: dict[str, list[Edge]] = {key: [] for key in machine.states}
        for edge in machine.edges:
            self._leaving[edge.source].append(edge)
        self.nodes: dict[str, list[Part]] = {}
        self.frames: dict[str, Rect] = {}
        self.marks: list[tuple[Rect, bool]] = []
        self.lines: list[tuple[Line, tuple[str, str]]] = []
        self.labels: list[list[Text]] = []

    def add_level(self, level: str, room: Rect) -> float:
        """Add the states of a level below each other from the top of *room* on, and return where they end."""
        y = room.top
        for state in self._machine.inner[level]:
            key = state.node.key
            if self._machine.starts[level] == key:
                y = self._add_start(key, room.left, y)
            y = self._add_state(key, Rect(room.left, y, room.right, y)) + _GAP
        return y - _GAP

    def _add_start(self, key: str, left: float, top: float) -> float:
        """Add the mark above the first state and return where that begins."""
        x, bottom = left + TRUNK, top + MARK + 22
        self.marks.append((Rect.around(x, top + MARK / 2, MARK, MARK), False))
        self.lines.append((Line([(x, top + MARK), (x, bottom)], head=Head.ARROW), ("", key)))
        return bottom

    def _add_state(self, key: str, room: Rect) -> float:
        """Add a state with what is inside it and what leaves it, and return where that ends."""
        state = self._machine.states[key]
        if state.inner:
            box = self._add_frame(key, room)
        else:
            rows = rows_of(state.node, room.width - 2 * SIDE)
            box = Rect.at(room.left, room.top, room.width, height_of(rows) + 2 * OVER)
            self.nodes[key] = state_parts(state.node, box, rows)
        return self._add_transitions(key, box)

    def _add_frame(self, key: str, room: Rect) -> Rect:
        node = self._machine.states[key].node
        rows = rows_of(node, room.width - 2 * HEAD_SIDE)
        head = Rect.at(room.left, room.top, room.width, height_of(rows) + 2 * HEAD_OVER)
        self.nodes[key] = head_parts(node, head, rows)
        self.frames[key] = room
        pad = _PAD if room.width - 2 * _PAD >= _LEAST else 4.0
        inner = Rect(room.left + pad, head.bottom + _PAD, room.right - pad, head.bottom)
        self.frames[key] = Rect(*room[:3], self.add_level(key, inner) + _PAD)
        return self.frames[key]

    def _add_transitions(self, key: str, box: Rect) -> float:
        """Add the transitions that leave a state as branches below its box."""
        y = box.bottom
        for edge in self._leaving[key]:
            y = self._add_branch(edge, box, y + STEP)
        if self._machine.states[key].final:
            middle = y + STEP + MARK / 2
            self._add_line(box, middle, (key, ""))
            self.marks.append((Rect.around(box.left + _BRANCH + MARK / 2, middle, MARK, MARK), True))
            y = middle + MARK / 2
        return y

    def _add_line(self, box: Rect, y: float, ends: tuple[str, str]) -> None:
        points = branch_line(box.left, box.bottom, y, box.left + _BRANCH - 2)
        line = Line(points, radius=6, head=Head.ARROW)
        self.lines.append((line, ends))

    def _add_branch(self, edge: Edge, box: Rect, top: float) -> float:
        """Add one transition and return where it ends."""
        name = self._machine.states[edge.target].node.label
        texts = branch_texts(name, edge.label, box.left + _BRANCH + 4, top, box.right)
        self._add_line(box, branch_middle(top), (edge.source, edge.target))
        self.labels.append(texts)
        return branch_end(texts)
