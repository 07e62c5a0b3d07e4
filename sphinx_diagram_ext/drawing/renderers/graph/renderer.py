"""Choice of a graph's picture: the author's direction where it fits, else the form that does."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.renderers.graph.axis import sideways
from sphinx_diagram_ext.drawing.renderers.graph.beside import arrange_beside
from sphinx_diagram_ext.drawing.renderers.graph.compose import composed
from sphinx_diagram_ext.drawing.renderers.graph.frames import (
    clear_titles,
    extent,
    fit,
    level,
    moved_titles,
    set_titles,
    struck_titles,
)
from sphinx_diagram_ext.drawing.renderers.graph.labels import settle_labels
from sphinx_diagram_ext.drawing.renderers.graph.lanes import may_take_lanes, set_lanes
from sphinx_diagram_ext.drawing.renderers.graph.outline import draw_outline
from sphinx_diagram_ext.drawing.renderers.graph.parts import Measures
from sphinx_diagram_ext.drawing.renderers.graph.places import placed
from sphinx_diagram_ext.drawing.renderers.graph.routing import route
from sphinx_diagram_ext.drawing.renderers.graph.rows import in_rows
from sphinx_diagram_ext.drawing.renderers.graph.spacing import make_room, make_title_room
from sphinx_diagram_ext.model import Direction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.renderers.graph.placement import Placement
    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.drawing.scene import Scene
    from sphinx_diagram_ext.model import Diagram, Graph

_SLACK = 1.06
"""How much wider than its room a picture may be: what was 13 px is more than 12 px still, and fewer names break."""

_USUAL = Measures()
_DENSE = Measures(between=14, ranks=36, shrinks=0.94)
_TIGHT = Measures(name=128, question=118, label=104, title=180, between=18, ranks=34, shrinks=0.8)
_CLOSE = Measures(name=104, question=100, label=88, title=150, between=12, ranks=34, word=150, shrinks=0.68)
_CLOSEST = Measures(name=92, question=88, label=76, title=130, between=8, ranks=34, word=130, shrinks=0.64)
_ROWS = Measures(rows=True)
_LANES = Measures(gutter=True, ranks=30)
_PHONE = Measures(name=104, question=84, label=96, title=200, between=12, ranks=30, word=150)
_SMALL = Measures(name=84, question=70, label=80, title=200, between=10, ranks=30, word=120, shrinks=0.86)

_TRIES = 3
"""How often room is made for titles that something strikes."""

_PHONE_RANK = 3
"""Boxes that stand side by side on a phone."""


def draw(diagram: Diagram, body: Graph, space: Space) -> Scene:
    """Return the scene of a graph."""
    if space.narrow and widest_rank(body) > _PHONE_RANK:
        return draw_outline(diagram, body, space)
    room = space.width if space.narrow else space.width * _SLACK
    best: tuple[tuple[bool, int, bool, float], Placement] | None = None
    widths: dict[tuple[Direction, bool, bool], float] = {}
    for direction, measures in _forms(body, space):
        form = (direction, measures.gutter, measures.one_row or measures.rows)
        if widths.get(form, 0.0) * measures.shrinks > room:
            continue  # It would not fit either.
        placement = in_rows(body, measures, room) if measures.rows else arranged(body, direction, measures, space)
        if placement is None:
            continue
        found = placement
        width = extent(found).width
        widths.setdefault(form, width)
        if best and not best[0][0] and sideways(direction) != sideways(best[1].direction):
            break  # Another direction than the author's is for what does not fit.
        cost = (width > room, struck_titles(found), not measures.gutter and moved_titles(found) > 0, width)
        if best is None or cost < best[0]:
            best = cost, found
        if not any(cost[:3]) or (not any(cost[:2]) and not lanes_follow(body, measures)):
            break
    if best is None or (space.narrow and best[0][0]):
        return draw_outline(diagram, body, space)
    return composed(best[1], diagram)


def lanes_follow(graph: Graph, measures: Measures) -> bool:
    """Tell whether lanes are tried next, whose titles are in a gutter."""
    return measures is _USUAL and may_take_lanes(graph)


def widest_rank(graph: Graph) -> int:
    """Return about how many boxes are side by side if the graph grows downwards."""
    leads: dict[str, list[str]] = {}
    for edge in graph.edges:
        leads.setdefault(edge.source, []).append(edge.target)
    level = {node.key: 0 for node in graph.nodes}
    order = {node.key: at for at, node in enumerate(graph.nodes)}
    for node in graph.nodes:
        # Edges to nodes written before lead back, as authors write.
        for target in leads.get(node.key, ()):
            if order[target] > order[node.key]:
                level[target] = max(level[target], level[node.key] + 1)
    home = {key: group.key for group in graph.groups for key in group.nodes} if graph.stacked or graph.beside else {}
    return max(Counter((home.get(key), at) for key, at in level.items()).values(), default=1)


def _forms(graph: Graph, space: Space) -> Iterator[tuple[Direction, Measures]]:
    """Yield what to try, the author's own first; each row of a table from the widest to the narrowest."""
    own, down = graph.direction, Direction.BT if graph.direction is Direction.BT else Direction.TB
    if space.narrow:
        yield from ((down, measures) for measures in (_PHONE, _SMALL))
        return
    if graph.beside and sideways(own):
        # One row is worth closer boxes.
        yield from ((own, dataclasses.replace(measures, one_row=True)) for measures in (_USUAL, _TIGHT, _CLOSE))
    yield own, _USUAL
    if may_take_lanes(graph):
        yield own, _LANES
    if sideways(own) and not graph.stacked and not graph.beside:
        yield own, _ROWS
    yield from ((own, measures) for measures in (_DENSE, _TIGHT, _CLOSE, _CLOSEST))
    if not graph.beside and not graph.stacked:
        other = down if sideways(own) else Direction.LR
        yield from ((other, measures) for measures in (_USUAL, _TIGHT, _CLOSE))


def arranged(graph: Graph, direction: Direction, measures: Measures, space: Space) -> Placement:
    """Return *graph* with everything in its place."""
    placement = placed(graph, direction, measures)
    if measures.gutter and set_lanes(placement):
        route(placement)
        settle_labels(placement)
        return placement
    make_title_room(placement)
    fit(placement)
    if graph.beside:
        arrange_beside(placement, math.inf if measures.one_row else space.width)
    for _ in range(_TRIES):
        level(placement)
        set_titles(placement)
        route(placement)
        settle_labels(placement)
        clear_titles(placement)
        if not make_room(placement):
            break
    return placement
