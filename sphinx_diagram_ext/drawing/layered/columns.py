"""Places across the flow: straight lines, blocks in the middle of what they are joined to."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.layered.parts import Spacing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sphinx_diagram_ext.drawing.layered.parts import Layers, Link, Vertex

_ROUNDS, _PUSHES, _PACE = 60, 3, 0.7
_FAR = 0.1
"""Weight of a line over several ranks against that of one to the next."""

EDGE = 14.0
"""Least distance of a line's end from the corner of its block."""


def least_breadth(ends: int) -> float:
    """Return how broad a block is at least so that *ends* lines can meet it on one side."""
    return 2 * EDGE + (ends - 1) * Spacing().lines if ends > 1 else 0.0


class _Column:
    """Vertices that have the same x: a block, or the line of a link from rank to rank."""

    __slots__ = ("follows", "leads", "vertices", "weight", "x")

    def __init__(self, vertices: list[Vertex], weight: float = 1.0) -> None:
        self.vertices, self.weight = vertices, weight
        self.x = 0.0
        # Neighbours on the near and on the far side, with the least distance to each.
        self.follows: list[tuple[_Column, float]] = []
        self.leads: list[tuple[_Column, float]] = []


def place(layers: Layers, links: Sequence[Link], spacing: Spacing) -> None:
    """Give every vertex its x."""
    blocks = [_Column([vertex]) for vertex in layers.blocks.values()]
    lines = [_Column(chain[1:-1], 1.0 if len(chain) == 3 else _FAR) for chain in layers.chains]
    order = _joined(layers, [*blocks, *lines], spacing)
    while order is None:
        # Lines that cross each other cannot all be straight.
        lines = [_Column([vertex], line.weight) for line in lines for vertex in line.vertices]
        order = _joined(layers, [*blocks, *lines], spacing)
    of = {id(vertex): column for column in order for vertex in column.vertices}
    for column in order:
        column.x = max((other.x + gap for other, gap in column.follows), default=0.0)
    wishes = {id(line): _line_wish(line, layers, links, spacing, of) for line in lines}
    wishes |= {id(block): _block_wish(block, links, of) for block in blocks}
    for _ in range(_ROUNDS):
        _settle(order, [wishes[id(column)]() for column in order])
    _apart(order)
    for column in order:
        for vertex in column.vertices:
            vertex.x = float(round(column.x))


def _joined(layers: Layers, columns: Iterable[_Column], spacing: Spacing) -> list[_Column] | None:
    """Return *columns* from the near side to the far one, or None if they go round in a circle."""
    of = {id(vertex): column for column in columns for vertex in column.vertices}
    every = {id(column): column for column in of.values()}
    for column in every.values():
        column.follows, column.leads = [], []
    for row in layers.ranks:
        for left, right in itertools.pairwise(row):
            gap = left.far + right.near + (spacing.blocks if left.key and right.key else spacing.lines)
            one, other = of[id(left)], of[id(right)]
            one.leads.append((other, gap))
            other.follows.append((one, gap))
    waiting = {key: len(column.follows) for key, column in every.items()}
    order = [column for key, column in every.items() if not waiting[key]]
    for column in order:
        for other, _ in column.leads:
            waiting[id(other)] -= 1
            if not waiting[id(other)]:
                order.append(other)
    return order if len(order) == len(every) else None


def _settle(order: list[_Column], wishes: list[float]) -> None:
    """Bring every column nearer to its wish; of two that are too near to each other the lighter one gives way more."""
    for column, wish in zip(order, wishes, strict=True):
        column.x += (wish - column.x) * _PACE
    for _ in range(_PUSHES):
        for column in order:
            for other, gap in column.leads:
                lacking = gap - other.x + column.x
                if lacking > 0:
                    part = other.weight / (column.weight + other.weight)
                    column.x -= lacking * part
                    other.x += lacking * (1 - part)


def _apart(order: list[_Column]) -> None:
    """Keep all distances. Pushing to the far side does, pushing to the near side does, and so does the mean."""
    far: dict[int, float] = {}
    for column in order:
        far[id(column)] = max([column.x, *(far[id(other)] + gap for other, gap in column.follows)])
    near: dict[int, float] = {}
    for column in reversed(order):
        near[id(column)] = min([column.x, *(near[id(other)] - gap for other, gap in column.leads)])
    for column in order:
        column.x = (far[id(column)] + near[id(column)]) / 2


def _block_wish(block: _Column, links: Sequence[Link], of: dict[int, _Column]) -> Callable[[], float]:
    """Return what tells where a block would be: in the middle of the lines that end at it."""
    vertex = block.vertices[0]
    ends = []
    for other in (*vertex.above, *vertex.below):
        fixed = fixed_end(vertex, other, links)
        offset = 0.0 if fixed is None else vertex.near - fixed
        ends.append((of[id(other)], offset, _is_long(other)))
    # Lines over several ranks pass on the outside; they do not draw a block there.
    chosen = [end for end in ends if not end[2]] or ends

    def wish() -> float:
        if not chosen:
            return block.x
        return sum(column.x + offset for column, offset, _ in chosen) / len(chosen)

    return wish


def _is_long(vertex: Vertex) -> bool:
    """Tell whether the link of *vertex* passes further ranks."""
    return any(other.link == vertex.link for other in (*vertex.above, *vertex.below))


def fixed_end(block: Vertex, other: Vertex, links: Sequence[Link]) -> float | None:
    """Return where the link of *other* has to meet *block*, from its near side; None if anywhere."""
    link = links[other.link]
    return link.source_at if link.source == block.key else link.target_at


def span(block: Vertex, fixed: float | None) -> tuple[float, float]:
    """Return between which distances from the spine of *block* a line may end at it."""
    if fixed is not None:
        return fixed - block.near, fixed - block.near
    room = max(0.0, block.near - EDGE)
    return -room, room


def _line_wish(
    line: _Column, layers: Layers, links: Sequence[Link], spacing: Spacing, of: dict[int, _Column]
) -> Callable[[], float]:
    """Return what tells where a line would be: straight to both of its ends if it can, else to one of them."""
    chain = layers.chains[line.vertices[0].link]
    upper, lower = chain[0], chain[-1]
    top, bottom = of[id(upper)], of[id(lower)]
    (top_low, top_high), top_ideal, top_count = _end(upper, chain[1], upper.below, links, spacing)
    (low, high), ideal, count = _end(lower, chain[-2], lower.above, links, spacing)

    def wish() -> float:
        least = max(top.x + top_low, bottom.x + low)
        most = min(top.x + top_high, bottom.x + high)
        if least <= most:
            mean = (top.x + top_ideal + bottom.x + ideal) / 2
            return min(max(mean, least), most)
        return bottom.x + ideal if count <= top_count else top.x + top_ideal

    return wish


def _end(
    block: Vertex, other: Vertex, side: list[Vertex], links: Sequence[Link], spacing: Spacing
) -> tuple[tuple[float, float], float, int]:
    """Return between what a line ends at *block*, where best, both from its spine, and how many lines do."""
    low, high = span(block, fixed_end(block, other, links))
    short = [one for one in side if not _is_long(one)]
    number = sum(one.at < other.at for one in short)
    # A line over several ranks ends beside the short ones, which share the middle.
    number_off = 0.0 if other in short else (0.5 if number else -0.5)
    best = (number + number_off - (len(short) - 1) / 2) * spacing.lines
    return (low, high), min(max(best, low), high), len(side)
