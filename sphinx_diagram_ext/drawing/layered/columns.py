"""Places across the flow: straight lines, blocks in the middle of what they are joined to."""

from __future__ import annotations

import enum
import itertools
from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.drawing.layered.parts import Spacing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sphinx_diagram_ext.drawing.layered.parts import Layers, Link, Vertex

_ROUNDS, _STILL = 12, 0.1
_FAR = 0.01
"""Weight of a line over several ranks against that of one to the next and of a block."""

EDGE = 14.0
"""Least distance of a line's end from the corner of its block."""


def least_breadth(ends: int) -> float:
    """Return how broad a block is at least so that *ends* lines can meet it on one side."""
    # Two lines are in the middle; from three on the middle may be beside them.
    gaps = ends if ends > 2 else ends - 1
    return 2 * EDGE + gaps * Spacing().lines if ends > 1 else 0.0


class _Side(enum.Enum):
    """Which neighbours count."""

    ABOVE = enum.auto()
    BELOW = enum.auto()
    BOTH = enum.auto()
    NONE = enum.auto()
    """Only the distances do."""


class _Column:
    """Vertices that have the same x: a block, or the line of a link from rank to rank."""

    __slots__ = ("follows", "leads", "vertices", "weight", "wish", "x")

    def __init__(self, vertices: list[Vertex], weight: float = 1.0) -> None:
        self.vertices, self.weight = vertices, weight
        self.x = 0.0
        self.wish: Callable[[_Side], float] = lambda _: self.x
        # Neighbours on the near and on the far side, with the least distance to each.
        self.follows: list[tuple[_Column, float]] = []
        self.leads: list[tuple[_Column, float]] = []


class _Row(NamedTuple):
    """The columns of a rank and the least distances between them."""

    columns: list[_Column]
    gaps: list[float]


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
    for line in lines:
        line.wish = _line_wish(line, layers, links, spacing, of)
    for block in blocks:
        block.wish = _block_wish(block, links, of)
    rows = [_Row([of[id(vertex)] for vertex in row], _gaps(row, spacing)) for row in layers.ranks]
    for first, second in ((_Side.ABOVE, _Side.BELOW), (_Side.BOTH, _Side.BOTH), (_Side.NONE, _Side.NONE)):
        _settle(rows, order, first, second)
    _apart(order)
    for column in order:
        for vertex in column.vertices:
            vertex.x = float(round(column.x))


def _gaps(row: Sequence[Vertex], spacing: Spacing) -> list[float]:
    """Return the least distances between the spines of neighbours."""
    return [
        left.far + right.near + (spacing.blocks if left.key and right.key else spacing.lines)
        for left, right in itertools.pairwise(row)
    ]


def _settle(rows: Sequence[_Row], order: Sequence[_Column], first: _Side, second: _Side) -> None:
    """Go down and up the ranks until nothing moves any more, or often enough."""
    for _ in range(_ROUNDS):
        before = [column.x for column in order]
        _sweep(rows, first)
        _sweep(rows[::-1], second)
        if all(abs(column.x - x) < _STILL for column, x in zip(order, before, strict=True)):
            return


def _sweep(rows: Sequence[_Row], side: _Side) -> None:
    """Bring every column to its wish, rank by rank, as far as the distances allow."""
    for row in rows:
        wishes = [column.x if side is _Side.NONE else column.wish(side) for column in row.columns]
        places = spread(wishes, row.gaps, [column.weight for column in row.columns])
        for column, x in zip(row.columns, places, strict=True):
            column.x = x


def spread(wishes: Sequence[float], gaps: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Return places in the order of *wishes*, at least *gaps* apart and as near to them as can be.

    The weighted squares of the distances are least, by pooling adjacent violators (Ayer et al., 1955).
    """
    offsets = [0.0, *itertools.accumulate(gaps)]
    pools: list[tuple[float, float, int]] = []
    for wish, offset, weight in zip(wishes, offsets, weights, strict=False):
        total, mass, count = (wish - offset) * weight, weight, 1
        while pools and pools[-1][0] / pools[-1][1] > total / mass:
            more, much, many = pools.pop()
            total, mass, count = total + more, mass + much, count + many
        pools.append((total, mass, count))
    means = [total / mass for total, mass, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=False)]


def _joined(layers: Layers, columns: Iterable[_Column], spacing: Spacing) -> list[_Column] | None:
    """Return *columns* from the near side to the far one, or None if they go round in a circle."""
    of = {id(vertex): column for column in columns for vertex in column.vertices}
    every = {id(column): column for column in of.values()}
    for column in every.values():
        column.follows, column.leads = [], []
    for row in layers.ranks:
        for (left, right), gap in zip(itertools.pairwise(row), _gaps(row, spacing), strict=True):
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


def _block_wish(block: _Column, links: Sequence[Link], of: dict[int, _Column]) -> Callable[[_Side], float]:
    """Return what tells where a block would be: in the middle of the lines that end at it."""
    vertex = block.vertices[0]

    def ends(others: list[Vertex]) -> list[tuple[_Column, float]]:
        # Lines over several ranks pass on the outside; they do not draw a block there.
        chosen = [other for other in others if not _is_long(other)] or others
        fixed = [fixed_end(vertex, other, links) for other in chosen]
        offsets = [0.0 if at is None else vertex.near - at for at in fixed]
        return [(of[id(other)], offset) for other, offset in zip(chosen, offsets, strict=True)]

    both = ends([*vertex.above, *vertex.below])
    by_side = {
        _Side.ABOVE: ends(vertex.above) or both,
        _Side.BELOW: ends(vertex.below) or both,
        _Side.BOTH: both,
    }

    def wish(side: _Side) -> float:
        chosen = by_side[side]
        return sum(column.x + offset for column, offset in chosen) / len(chosen) if chosen else block.x

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
) -> Callable[[_Side], float]:
    """Return what tells where a line would be: straight to both of its ends if it can, else to one of them."""
    chain = layers.chains[line.vertices[0].link]
    upper, lower = chain[0], chain[-1]
    top, bottom = of[id(upper)], of[id(lower)]
    (top_low, top_high), top_ideal, top_count = _end(upper, chain[1], upper.below, links, spacing)
    (low, high), ideal, count = _end(lower, chain[-2], lower.above, links, spacing)
    if count == 1 == len(upper.above) + len(upper.below):
        # What has no other line follows this one, as the mark of a start does.
        top, top_low, top_high, top_ideal = bottom, low, high, ideal
    elif top_count == 1 == len(lower.above) + len(lower.below):
        bottom, low, high, ideal = top, top_low, top_high, top_ideal

    def wish(side: _Side) -> float:
        upper_best, lower_best = top.x + top_ideal, bottom.x + ideal
        best = {_Side.ABOVE: upper_best, _Side.BELOW: lower_best, _Side.BOTH: (upper_best + lower_best) / 2}[side]
        least = max(top.x + top_low, bottom.x + low)
        most = min(top.x + top_high, bottom.x + high)
        if least <= most:
            return min(max(best, least), most)
        if side is not _Side.BOTH:
            return best
        return lower_best if count <= top_count else upper_best

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
