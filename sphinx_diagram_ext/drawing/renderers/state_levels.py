"""Places of states: each level of a state machine is laid out by itself, and is one block of the level around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect, union
from sphinx_diagram_ext.drawing.layered import Block, End, Link, Spacing, Turn, arranged, turned_links
from sphinx_diagram_ext.drawing.renderers.line_labels import label_rows, link_size, route_label
from sphinx_diagram_ext.drawing.renderers.loops import Loops
from sphinx_diagram_ext.drawing.renderers.state_boxes import Box, frame, leaf
from sphinx_diagram_ext.drawing.renderers.state_parts import END, MARK, START
from sphinx_diagram_ext.drawing.renderers.state_placed import Demand, Placed
from sphinx_diagram_ext.drawing.renderers.state_tree import TOP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_diagram_ext.drawing.layered import Route
    from sphinx_diagram_ext.drawing.renderers.state_tree import Machine
    from sphinx_diagram_ext.model import Direction


@dataclass(frozen=True, slots=True)
class Form:
    """How to draw.

    There are the directions outside and inside of frames, the greatest widths of the texts of states and of
    transitions, and the width beyond which there is no use for the picture.
    """

    direction: Direction
    inner: Direction
    width: float
    label: float
    room: float


@dataclass(frozen=True, slots=True)
class _Wire:
    """What leads from block to block of a level; ``edge`` is the number of a transition, or -1 at a mark.

    ``side`` is -1 for the piece of a transition inside the state that it leaves, 1 for the one inside the state that
    it enters, and 0 for what is between.
    """

    source: str
    target: str
    edge: int = -1
    side: int = 0
    turned: bool = False


def placed(machine: Machine, form: Form) -> Placed:
    """Return the places of everything, the top left corner of the picture being the origin.

    Raises:
        TooLargeError: the picture would be wider than its room.
    """
    return _Level(machine, form, TOP, form.direction, ()).placed()


class _Level:
    """One level while it is laid out."""

    def __init__(
        self, machine: Machine, form: Form, key: str, direction: Direction, demands: Sequence[Demand], depth: int = 1
    ) -> None:
        self._machine, self._form, self._key, self._depth = machine, form, key, depth
        self._direction, self._turn = direction, Turn(direction)
        self._demands = demands
        self._found = Placed()
        self._wires = [*self._own_wires(), *self._demanded_wires()]
        self._boxes = {state.node.key: self._box(state.node.key) for state in machine.inner[key]}

    def _own_wires(self) -> list[_Wire]:
        machine, key = self._machine, self._key
        wires = [_Wire(START, _name(machine.starts[key]))]
        for number in machine.transitions[key]:
            edge = machine.edges[number]
            wires.append(_Wire(self._home(edge.source), self._home(edge.target), number))
        wires += [_Wire(_name(state.node.key), END) for state in machine.inner[key] if state.final]
        names = [START, *(_name(state.node.key) for state in machine.inner[key]), END]
        turned = turned_links(names, [(wire.source, wire.target) for wire in wires])
        return [
            _Wire(wire.source, wire.target, wire.edge, turned=number in turned) for number, wire in enumerate(wires)
        ]

    def _demanded_wires(self) -> Iterator[_Wire]:
        for demand in self._demands:
            home = self._home(demand.inside)
            if demand.leaving:
                yield _Wire(home, demand.port, demand.edge, -1, turned=demand.end is End.FIRST)
            else:
                yield _Wire(demand.port, home, demand.edge, 1, turned=demand.end is End.LAST)

    def _home(self, key: str) -> str:
        return _name(self._machine.child(self._key, key))

    def _box(self, key: str) -> Box:
        """Return the box of a state of this level, with what is inside it laid out."""
        state, name = self._machine.states[key], _name(key)
        texts = [label_rows(self._machine.edges[n].label, self._form.label) for n in self._machine.loops[key]]
        loops = Loops(texts, self._turn)
        sides = [sum(self._meets(wire, name, lower=lower) for wire in self._wires) for lower in (False, True)]
        if not state.inner:
            return leaf(state.node, self._form.width, loops, max(sides))
        demands = tuple(self._inner_demands(key))
        direction = self._direction if demands else self._form.inner
        inner = _Level(self._machine, self._form, key, direction, demands, self._depth + 1).placed()
        upper = End.LAST if self._turn.back else End.FIRST
        entries = [] if self._turn.sideways else [inner.ports[one][0] for one in demands if one.end is upper]
        return frame(state.node, inner, self._form.width, loops, max(sides), entries)

    @staticmethod
    def _meets(wire: _Wire, name: str, *, lower: bool) -> bool:
        """Tell whether a line meets the block *name* on its lower or upper side."""
        return (wire.source if lower != wire.turned else wire.target) == name

    def _inner_demands(self, key: str) -> Iterator[Demand]:
        name = _name(key)
        for wire in self._wires:
            if wire.edge < 0:
                continue
            edge = self._machine.edges[wire.edge]
            if wire.source == name and edge.source != key:
                yield Demand(wire.edge, leaving=True, end=End.FIRST if wire.turned else End.LAST, inside=edge.source)
            if wire.target == name and edge.target != key:
                yield Demand(wire.edge, leaving=False, end=End.LAST if wire.turned else End.FIRST, inside=edge.target)

    def placed(self) -> Placed:
        """Return the places of everything on this level and inside it."""
        turn = self._turn
        spacing = Spacing(labels_near=turn.sideways, beside=3.0 if turn.sideways else 7.0)
        links = [self._link(wire) for wire in self._wires]
        arrangement = arranged(self._blocks(), links, spacing, turn.room(self._form.room))
        rects = {name: turn.rect(rect) for name, rect in arrangement.blocks.items()}
        for wire, route in zip(self._wires, arrangement.routes, strict=True):
            self._take_route(wire, route)
        for name, rect in rects.items():
            self._take_block(name, rect)
        return self._shifted()

    def _blocks(self) -> list[Block]:
        turn = self._turn
        blocks = [Block(START, MARK, MARK)]
        for key, box in self._boxes.items():
            breadth, depth = turn.size(box.width, box.height)
            blocks.append(Block(_name(key), breadth, depth, box.loops.beyond, level=box.inner is not None))
        if any(state.final for state in self._machine.inner[self._key]):
            blocks.append(Block(END, MARK, MARK))
        return [*blocks, *(Block(demand.port, 0, 0, end=demand.end) for demand in self._demands)]

    def _link(self, wire: _Wire) -> Link:
        size = link_size(self._rows(wire), self._turn)
        return Link(
            wire.source,
            wire.target,
            size,
            wire.turned,
            self._port_at(wire, wire.source),
            self._port_at(wire, wire.target),
        )

    def _rows(self, wire: _Wire) -> tuple[str, ...]:
        if wire.edge < 0 or wire.side:
            return ()
        return label_rows(self._machine.edges[wire.edge].label, self._form.label)

    def _port_at(self, wire: _Wire, name: str) -> float | None:
        """Return where across the flow a line has to meet the block *name*: at the port of a state inside it."""
        box = self._boxes.get(name.removeprefix(_PREFIX)) if name.startswith(_PREFIX) else None
        if box is None or box.inner is None:
            return None
        leaving = wire.source == name
        for demand, (x, y) in box.inner.ports.items():
            if demand.edge == wire.edge and demand.leaving is leaving:
                return y + box.offset[1] if self._turn.sideways else x + box.offset[0]
        return None

    def _take_route(self, wire: _Wire, route: Route) -> None:
        points = [self._turn.point(point) for point in route.points]
        if wire.edge < 0:
            state = (wire.target if wire.source == START else wire.source).removeprefix(_PREFIX)
            self._found.mark_lines.append((points, ("", state) if wire.source == START else (state, "")))
            return
        # Inner pieces come before outer ones where a transition leaves states, and after them where it enters some.
        self._found.pieces.setdefault(wire.edge, {})[wire.side * self._depth] = points
        label = route_label(self._rows(wire), route, self._turn)
        if label:
            self._found.labels.append(label)

    def _take_block(self, name: str, rect: Rect) -> None:
        if name in (START, END):
            self._found.marks.append((name, rect))
            return
        if not name.startswith(_PREFIX):
            demand = next(demand for demand in self._demands if demand.port == name)
            self._found.ports[demand] = (rect.left, rect.top)
            return
        key = name.removeprefix(_PREFIX)
        box = self._boxes[key]
        self._found.texts[key] = box.rows
        if box.inner is None or box.head is None:
            self._found.states[key] = rect
        else:
            self._found.frames[key] = rect
            self._found.states[key] = box.head.moved(rect.left, rect.top)
            self._found.absorb(box.inner, rect.left + box.offset[0], rect.top + box.offset[1])
        for number, loop in zip(self._machine.loops[key], box.loops.placed(rect), strict=True):
            points, label = loop
            self._found.pieces[number] = {0: points}
            if label:
                self._found.labels.append(label)

    def _shifted(self) -> Placed:
        """Return what was found, with its top left corner at the origin."""
        found = self._found
        rects = [*found.states.values(), *found.frames.values(), *(rect for _, rect in found.marks)]
        rects += [label.rect for label in found.labels]
        lines = [points for points, _ in found.mark_lines]
        lines += [points for pieces in found.pieces.values() for points in pieces.values()]
        rects += [Rect(x, y, x, y) for points in lines for x, y in points]
        room = union(rects)
        shifted = Placed(room.width, room.height)
        shifted.absorb(found, -room.left, -room.top)
        shifted.ports = {one: (x - room.left, y - room.top) for one, (x, y) in found.ports.items()}
        return shifted


_PREFIX = "state "


def _name(key: str) -> str:
    return f"{_PREFIX}{key}"
