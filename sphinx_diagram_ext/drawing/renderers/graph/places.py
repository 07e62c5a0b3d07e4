"""Places of boxes and frames: a nested layout of the graph, and of each group that grows to a side of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect, union
from sphinx_diagram_ext.drawing.layered import Block, Turn
from sphinx_diagram_ext.drawing.nested import Frame, Gaps, Tie, nested
from sphinx_diagram_ext.drawing.renderers.graph.axis import sideways
from sphinx_diagram_ext.drawing.renderers.graph.loops import loops_of
from sphinx_diagram_ext.drawing.renderers.graph.parts import (
    PAD,
    TITLE_INSET,
    Route,
    label_size,
    title_height,
    title_size,
)
from sphinx_diagram_ext.drawing.renderers.graph.placement import Placement, measured

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.renderers.graph.loops import Loops
    from sphinx_diagram_ext.drawing.renderers.graph.parts import Measures
    from sphinx_diagram_ext.model import Direction, Graph, Group

_LABELS = 5.0
"""Additional distance of two ranks with labels between them."""
_BELOW = 14.0
"""Room between the last box in a frame and the frame."""
_LANE = 14.0
"""Room between a lane and the boxes in it, and what a title beside them needs above and below."""


@dataclass
class Places:
    """Where everything is; courses and labels are by the number of their edge."""

    nodes: dict[str, Rect] = field(default_factory=dict)
    frames: dict[str, Rect] = field(default_factory=dict)
    courses: dict[int, list[Point]] = field(default_factory=dict)
    labels: dict[int, Rect | None] = field(default_factory=dict)

    def add(self, other: Places, across: float, down: float) -> None:
        """Add *other*, moved."""
        self.nodes |= {key: rect.moved(across, down) for key, rect in other.nodes.items()}
        self.frames |= {key: rect.moved(across, down) for key, rect in other.frames.items()}
        self.courses |= {at: [(x + across, y + down) for x, y in line] for at, line in other.courses.items()}
        self.labels |= {at: rect and rect.moved(across, down) for at, rect in other.labels.items()}


class Layouter:
    """Layouts of a graph and of the groups in it that are laid out on their own."""

    def __init__(
        self, found: Placement, rows: list[tuple[str, ...]], loops: dict[str, Loops], measures: Measures
    ) -> None:
        self._found, self._rows, self._loops, self._measures = found, rows, loops, measures
        self._filled = [group for group in found.graph.groups if found.inside(group.key)]
        self._number = {key: at for at, key in enumerate(found.contents)}
        for group in self._filled:
            self._number[f"\0{group.key}"] = min(self._number[key] for key in found.inside(group.key))
        labels = _LABELS if any(rows) else 0.0
        self._gaps = Gaps(blocks=measures.between, ranks=measures.ranks + labels)

    def places(self, scope: str | None, direction: Direction) -> Places:
        """Return the places of what is in the group *scope*, or of everything."""
        apart = {group.key: self.framed(group) for group in self._apart(scope, direction)}
        inner = {key for part in apart.values() for key in part.nodes}
        turn = Turn(direction)
        blocks = [
            self._block(node.key, turn)
            for node in self._found.graph.nodes
            if node.key not in inner and (scope is None or node.key in self._found.inside(scope))
        ]
        blocks += [Block(f"\0{key}", *turn.size(*_size(part.frames[key]))) for key, part in apart.items()]
        blocks.sort(key=lambda block: self._number[block.key])
        frames = [
            self._frame(group, scope, turn, apart)
            for group in self._filled
            if group.key not in apart and self._within(group, scope, apart)
        ]
        own = {block.key for block in blocks}
        numbers = [
            at
            for at, edge in enumerate(self._found.graph.edges)
            if edge.source != edge.target and edge.source in own and edge.target in own
        ]
        ties = [self._tie(at, turn) for at in numbers]
        if not blocks:
            return Places()
        level = [[key for key in keys if key in own] for keys in self._found.graph.same_rank]
        in_order = self._found.graph.stacked and scope is None
        whole = nested(blocks, ties, frames, self._gaps, level, in_order=in_order)
        result = Places()
        for block in blocks:
            rect = turn.rect(whole.blocks[block.key])
            if block.key[0] != "\0":
                result.nodes[block.key] = rect
                continue
            part = apart[block.key[1:]]
            frame = part.frames[block.key[1:]]
            result.add(part, rect.left - frame.left, rect.top - frame.top)
        result.frames |= {key: turn.rect(rect) for key, rect in whole.frames.items()}
        for at, course, label in zip(numbers, whole.courses, whole.labels, strict=True):
            result.courses[at] = [turn.point(point) for point in course]
            result.labels[at] = label and turn.rect(label)
        return result

    def framed(self, group: Group) -> Places:
        """Return the places of what is in *group*, with its frame."""
        found = self.places(group.key, group.direction or self._found.direction)
        drawn = [Rect(x, y, x, y) for line in found.courses.values() for x, y in line]
        held = union(
            [*found.nodes.values(), *found.frames.values(), *drawn, *(rect for rect in found.labels.values() if rect)]
        )
        rows = self._found.titles[group.key]
        spare = max(0.0, title_size(rows)[0] + 2 * (TITLE_INSET - PAD) - held.width) / 2
        top, bottom = held.top - title_height(len(rows)), held.bottom + _BELOW
        found.frames[group.key] = Rect(held.left - PAD - spare, top, held.right + PAD + spare, bottom)
        return found

    def _apart(self, scope: str | None, direction: Direction) -> list[Group]:
        """Return the groups in *scope* that no edge leaves and that grow to another side than it does.

        If there are any in what grows sideways, the others that no edge leaves too: their ranks are no columns of it.
        """
        found: list[Group] = []
        other = self._found.graph.beside
        taken: set[str] = set()
        for group in self._filled:
            parents = list(self._found.parents(group.key))
            inside = scope is None or scope in parents
            if group.direction is None or not inside or taken.intersection(parents) or self._left(group):
                continue
            taken.add(group.key)
            found.append(group)
            other = other or group.direction is not direction
        if other and (self._found.graph.beside or sideways(direction)):
            return found
        return [group for group in found if group.direction is not direction]

    def _left(self, group: Group) -> bool:
        inside = self._found.inside(group.key)
        return any((edge.source in inside) is not (edge.target in inside) for edge in self._found.graph.edges)

    def _within(self, group: Group, scope: str | None, apart: dict[str, Places]) -> bool:
        parents = list(self._found.parents(group.key))
        return (scope is None or scope in parents) and not any(key in apart for key in parents)

    def _block(self, key: str, turn: Turn) -> Block:
        content, loops = self._found.contents[key], self._loops.get(key)
        if loops is None:
            return Block(key, *turn.size(content.width, content.height))
        high = max(content.height, loops.height)
        if turn.sideways:
            return Block(key, *turn.size(content.width + loops.width, high))
        return Block(key, content.width, high, beyond=loops.width)

    def _tie(self, at: int, turn: Turn) -> Tie:
        edge, lines = self._found.graph.edges[at], self._rows[at]
        return Tie(edge.source, edge.target, turn.size(*label_size(lines)) if lines else None)

    def _frame(self, group: Group, scope: str | None, turn: Turn, apart: dict[str, Places]) -> Frame:
        width, height = title_size(self._found.titles[group.key])
        wide, top, bottom = width + 2 * TITLE_INSET, title_height(len(self._found.titles[group.key])), _BELOW
        parent = None if group.parent == scope else group.parent
        blocks = list(group.nodes)
        blocks += [f"\0{key}" for key in apart if self._found.groups[key].parent == group.key]
        if self._measures.gutter:
            return Frame(group.key, tuple(blocks), parent, _LANE, _LANE, PAD, PAD, depth=height + 1.5 * _LANE)
        if turn.sideways:
            return Frame(group.key, tuple(blocks), parent, PAD, PAD, top, bottom, depth=wide)
        if turn.back:
            top, bottom = bottom, top
        return Frame(group.key, tuple(blocks), parent, top, bottom, PAD, PAD, breadth=wide)


def _size(rect: Rect) -> tuple[float, float]:
    return rect.width, rect.height


def placed(graph: Graph, direction: Direction, measures: Measures) -> Placement:
    """Return *graph* laid out in ranks, growing to *direction*."""
    found, rows = measured(graph, direction, measures)
    loops = loops_of(graph, rows)
    whole = Layouter(found, rows, loops, measures).places(None, direction)
    for key, box in whole.nodes.items():
        # Room for edges that lead back to the box itself is at its right.
        room = loops[key].width if key in loops and sideways(direction) else 0.0
        found.nodes[key] = box._replace(right=box.right - room)
    found.frames = {group.key: whole.frames[group.key] for group in graph.groups if group.key in whole.frames}
    for at, (edge, lines) in enumerate(zip(graph.edges, rows, strict=True)):
        if edge.source == edge.target:
            found.routes.append(loops[edge.source].route(edge, lines, found.nodes[edge.source]))
        else:
            found.routes.append(Route(edge, whole.courses[at], list(whole.courses[at]), lines, whole.labels[at]))
    return found
