"""All steps of a layered layout, from blocks and links to their places."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect, simplified
from sphinx_diagram_ext.drawing.layered.channels import crossings_of, tracks
from sphinx_diagram_ext.drawing.layered.columns import place
from sphinx_diagram_ext.drawing.layered.order import layered
from sphinx_diagram_ext.drawing.layered.parts import Arrangement, Route

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.layered.parts import Block, Layers, Link, Spacing, Vertex

_EMPTY_LEG = 3.0
"""Room above and below a rank in which nothing is but lines that pass."""


def arranged(
    blocks: Sequence[Block],
    links: Sequence[Link],
    spacing: Spacing,
    room: tuple[float, float] = (math.inf, math.inf),
) -> Arrangement:
    """Return where *blocks* and *links* are, the routes in the order of the links.

    Args:
        blocks: at least one, in the order of the author.
        links: lines between different blocks; those in the way of a circle are turned (:func:`.turned_links`).
        spacing: distances to keep.
        room: breadth and depth beyond which there is no use for the result.

    Raises:
        TooLargeError: it is certain that they do not fit *room*. They may not fit without that.
    """
    layers = layered(blocks, links, spacing, room)
    place(layers, links, spacing)
    crossings = crossings_of(layers, links, spacing)
    given: list[dict[int, int]] = []
    tops = [0.0]
    for at, channel in enumerate(crossings):
        found, count = tracks(list(channel.values()))
        given.append(dict(zip(channel, found, strict=True)))
        upper, lower = layers.ranks[at], layers.ranks[at + 1]
        legs = _leg(upper, spacing) + _leg(lower, spacing)
        tops.append(tops[-1] + _depth(upper) + legs + max(0, count - 1) * spacing.track)
    lanes = _Lanes(layers, tops, crossings, given, spacing)
    found_blocks = {}
    for key, vertex in layers.blocks.items():
        top = lanes.top(vertex)
        found_blocks[key] = Rect(vertex.x - vertex.near, top, vertex.x + vertex.near, top + vertex.depth)
    return Arrangement(found_blocks, [lanes.route(number, link) for number, link in enumerate(links)])


def _depth(rank: Sequence[Vertex]) -> float:
    return max((vertex.depth for vertex in rank), default=0.0)


def _leg(rank: Sequence[Vertex], spacing: Spacing) -> float:
    if any(vertex.key for vertex in rank):
        return spacing.leg
    return spacing.label_leg if any(vertex.labelled for vertex in rank) else _EMPTY_LEG


class _Lanes:
    """Where ranks, channels and tracks are along the flow."""

    def __init__(
        self,
        layers: Layers,
        tops: Sequence[float],
        crossings: Sequence[dict[int, tuple[float, float]]],
        given: Sequence[dict[int, int]],
        spacing: Spacing,
    ) -> None:
        self._layers, self._tops, self._crossings, self._given = layers, tops, crossings, given
        self._spacing = spacing
        self._depths = [_depth(rank) for rank in layers.ranks]
        self._legs = [_leg(rank, spacing) for rank in layers.ranks]

    def top(self, vertex: Vertex) -> float:
        """Return where a vertex begins along the flow."""
        lower = 0.0 if vertex.level else (self._depths[vertex.rank] - vertex.depth) / 2
        return self._tops[vertex.rank] + lower

    def route(self, number: int, link: Link) -> Route:
        """Return the line of a link from its source to its target, and the room of its label."""
        chain = self._layers.chains[number]
        start, _ = self._crossings[chain[0].rank][number]
        points: list[Point] = [(start, self.top(chain[0]) + chain[0].depth)]
        for upper, _lower in itertools.pairwise(chain):
            enter, leave = self._crossings[upper.rank][number]
            track = self._given[upper.rank][number]
            if track >= 0:
                base = self._tops[upper.rank] + self._depths[upper.rank] + self._legs[upper.rank]
                along = base + track * self._spacing.track
                points += [(enter, along), (leave, along)]
        points.append((points[-1][0], self.top(chain[-1])))
        label = next((vertex for vertex in chain if vertex.labelled), None)
        room = self._label(label, link) if label else None
        points = simplified(points)
        return Route(points[::-1] if link.turned else points, room, bool(label and label.label_near))

    def _label(self, vertex: Vertex, link: Link) -> Rect:
        breadth, depth = link.label or (0.0, 0.0)
        beside = self._spacing.beside
        left = vertex.x - beside - breadth if vertex.label_near else vertex.x + beside
        return Rect.at(left, self.top(vertex), breadth, depth)
