"""Channels: the room between two ranks, where lines go across, each on a track of its own."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.drawing.layered.columns import EDGE, fixed_end, span, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_diagram_ext.drawing.layered.parts import Layers, Link, Spacing, Vertex

_FIXED, _STRAIGHT = 1e6, 1e3
"""Weights of an end that cannot give way and of one that is straight where it is, against 1."""

_NEARLY = 2.0
"""Difference below which a line is straight."""

_ROOM = 6.0
"""Least distance between two lines on one track."""


class _Port(NamedTuple):
    """Where a line would meet a block, its order, what it comes from, and whether it may meet it elsewhere."""

    wish: float
    at: int
    other: Vertex
    fixed: bool

    @property
    def weight(self) -> float:
        """How little it gives way to others."""
        if self.fixed:
            return _FIXED
        return _STRAIGHT if abs(self.other.x - self.wish) < 1 else 1.0

    def between(self, least: float, most: float) -> _Port:
        """Return the port with its wish in these bounds, if it may be anywhere."""
        return self if self.fixed else self._replace(wish=min(max(self.wish, least), max(least, most)))


def ports(block: Vertex, side: list[Vertex], links: Sequence[Link], spacing: Spacing) -> dict[int, float]:
    """Return for each link on a side of *block* where it meets it: straight where it can, and apart from the others."""
    wished = []
    for other in side:
        fixed = fixed_end(block, other, links)
        low, high = span(block, fixed)
        wish = min(max(other.x, block.x + low), block.x + high)
        wished.append(_Port(wish, other.at, other, fixed is not None))
    wished.sort(key=lambda port: (port.wish, port.at))
    low, high = span(block, None)
    after = len(wished) - 1
    gap = min(spacing.lines, (high - low) / max(1, after))
    # Each so that there is room for those before and after it.
    wished = [
        port.between(block.x + low + number * gap, block.x + high - (after - number) * gap)
        for number, port in enumerate(wished)
    ]
    places = spread([port.wish for port in wished], [gap] * after, [port.weight for port in wished])
    return {port.other.link: port.wish if port.fixed else place for port, place in zip(wished, places, strict=True)}


def tracks(crossings: Sequence[tuple[float, float]]) -> tuple[list[int], int]:
    """Return the track of each line that enters a channel at one x and leaves it at another, and how many there are.

    Tracks count from 0 on in the direction of the flow; straight lines have the track -1. Lines that go to the far
    side never cross each other, nor do those that go to the near side.
    """
    found = [-1] * len(crossings)
    far = sorted((n for n, (x, to) in enumerate(crossings) if to > x), key=lambda n: -crossings[n][0])
    near = sorted((n for n, (x, to) in enumerate(crossings) if to < x), key=lambda n: crossings[n][0])
    far_tracks = _assigned([(crossings[n][0], crossings[n][1]) for n in far])
    near_tracks = _assigned([(-crossings[n][0], -crossings[n][1]) for n in near])
    first, second = (far, far_tracks), (near, near_tracks)
    if _touching(crossings, far, near) > _touching(crossings, near, far):
        first, second = second, first
    offset = 0 if not _overlapping(crossings, far, near) else max(first[1], default=-1) + 1
    for numbers, given, base in ((*first, 0), (*second, offset)):
        for number, track in zip(numbers, given, strict=True):
            found[number] = base + track
    return found, max(found, default=-1) + 1


def _assigned(spans: Sequence[tuple[float, float]]) -> list[int]:
    """Return tracks for *spans*, which begin ever earlier: each below all those before that it overlaps."""
    starts: list[float] = []
    result = []
    for start, end in spans:
        # The earliest beginning on a track and on those below it grows from track to track.
        track = bisect_right(starts, end + _ROOM)
        result.append(track)
        starts[: track + 1] = [start] * (track + 1)
    return result


def _overlapping(crossings: Sequence[tuple[float, float]], far: Sequence[int], near: Sequence[int]) -> bool:
    """Tell whether a line to the far side and one to the near side share a stretch of the channel."""
    ends = [(n, True) for n in far] + [(n, False) for n in near]
    spans = sorted((min(crossings[n]), max(crossings[n]), is_far) for n, is_far in ends)
    reached = {True: float("-inf"), False: float("-inf")}
    for low, high, is_far in spans:
        if reached[not is_far] > low - _ROOM:
            return True
        reached[is_far] = max(reached[is_far], high)
    return False


def _touching(crossings: Sequence[tuple[float, float]], upper: Sequence[int], lower: Sequence[int]) -> int:
    """Return how many of *upper* leave the channel where one of *lower* enters it; they would run over each other."""
    entries = {round(crossings[number][0] / _ROOM) for number in lower}
    return sum(round(crossings[number][1] / _ROOM) in entries for number in upper)


def crossings_of(layers: Layers, links: Sequence[Link], spacing: Spacing) -> list[dict[int, tuple[float, float]]]:
    """Return for each channel and link where the line enters and where it leaves."""
    found: list[dict[int, tuple[float, float]]] = [{} for _ in layers.ranks[1:]]
    above = {key: ports(vertex, vertex.above, links, spacing) for key, vertex in layers.blocks.items()}
    below = {key: ports(vertex, vertex.below, links, spacing) for key, vertex in layers.blocks.items()}
    for number, chain in enumerate(layers.chains):
        for upper, lower in itertools.pairwise(chain):
            start = below[upper.key][number] if upper.key else upper.x
            end = above[lower.key][number] if lower.key else lower.x
            block, other = (upper, lower) if upper.key else (lower, upper)
            if abs(start - end) < _NEARLY and (not block.key or _gives_way(block, other, links)):
                start = end = other.x
            found[upper.rank][number] = (start, end)
    return found


def _gives_way(block: Vertex, other: Vertex, links: Sequence[Link]) -> bool:
    """Tell whether the line of *other* may meet *block* a little beside its place."""
    return block.near > EDGE and fixed_end(block, other, links) is None
