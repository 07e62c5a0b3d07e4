"""Routing of edges: straight where both ends allow it, else with right angles between the ranks.

The courses of the layout say where an edge passes the ranks between its ends; everything else is decided here. All
is thought of as going downwards (:mod:`.axis`): an edge has a *channel*, an x, at its upper end, at each rank that
it passes, at its label and at its lower end. Where two neighbours differ, a *jog* leads across.
"""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing import shapes
from sphinx_diagram_ext.drawing.geometry import Rect, simplified
from sphinx_diagram_ext.drawing.grid import Grid
from sphinx_diagram_ext.drawing.renderers.graph.axis import turned, turned_point
from sphinx_diagram_ext.drawing.renderers.graph.courses import Course, Look, course_of, runs_sideways, same
from sphinx_diagram_ext.drawing.renderers.graph.tracks import Jog, set_tracks

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.renderers.graph.placement import Placement

_INSET = 12.0
"""Least distance of an edge's end from the corner of its box."""
_SPREAD = 16.0
"""Distance between ends of edges that look different."""
_HEADS = 24.0
"""The same where arrowheads are at the ends."""
_RANK = 400.0
"""How far to the side boxes of a rank are looked for that an edge passes."""
_SNAP = 12.0
"""Bends that lead less far to the side are straightened."""


def route(placement: Placement) -> None:
    """Give every edge of *placement* its line, and move labels onto it."""
    for side in (False, True):
        ways = [
            way
            for item in placement.routes
            if item.edge.source != item.edge.target and runs_sideways(placement, item.edge) is side
            if (way := course_of(placement, item, side=side)) is not None
        ]
        if ways:
            _route(placement, ways, side=side)


def _route(placement: Placement, ways: list[Course], *, side: bool) -> None:
    turn = turned if side else same
    rects = Grid((turn(rect), key) for key, rect in placement.nodes.items())
    frames = [turn(rect) for rect in placement.frames.values()]
    texts = [(turn(rect), key) for key, rect in placement.title_rects.items()]
    texts += [(turn(item.label), "") for item in placement.routes if item.label]
    pairs = Counter(frozenset((way.upper, way.lower)) for way in ways)
    for way in ways:
        label = turn(way.route.label) if way.route.label else None
        _reduce(way, rects, label, keep=pairs[frozenset((way.upper, way.lower))] > 1)
    _set_ends(ways)
    for way in ways:
        _straighten(way, rects)
        way.jogs = _jogs(way)
    _name_trunks(ways)
    set_tracks([jog for way in ways for jog in way.jogs], rects, frames, Grid(texts))
    for way in ways:
        points = _beside(placement, way, rects, side=side) or _points(placement, way, side=side)
        way.route.points = [turned_point(point) for point in points] if side else points


def _reduce(way: Course, rects: Grid[str], label: Rect | None, *, keep: bool) -> None:
    """Leave only what an edge must pass: the ranks of other nodes, and its label."""
    if way.up and way.passes and min(x for x, _, _ in way.passes) > max(way.top.right, way.low.right) + 8:
        return  # It leads back around everything.
    kept: list[tuple[float, float, float]] = []
    for x, y, _ in way.passes:
        if not way.top.bottom < y < way.low.top:
            continue
        beside = _others(way, rects, Rect(x - _RANK, y - 4, x + _RANK, y + 4))
        if not beside and not (keep and label is None):
            continue
        low, high = min([y, *(r.top for r in beside)]), max([y, *(r.bottom for r in beside)])
        if kept and abs(kept[-1][0] - x) < 1:
            kept[-1] = (x, min(kept[-1][1], low), max(kept[-1][2], high))
        else:
            kept.append((x, low, high))
    if label is not None:
        x, y = label.centre
        kept = [item for item in kept if not label.top - 2 < (item[1] + item[2]) / 2 < label.bottom + 2]
        kept.append((x, label.top, label.bottom))
        kept.sort(key=lambda item: item[1])
    way.passes = [(x, max(low, way.top.bottom), min(high, way.low.top)) for x, low, high in kept]


def _others(way: Course, rects: Grid[str], room: Rect) -> list[Rect]:
    """Return the boxes in *room* that are not at the ends of an edge."""
    return [rect for rect, key in rects.meeting(room) if key not in (way.upper, way.lower)]


def _set_ends(ways: list[Course]) -> None:
    """Choose where each edge leaves its upper box and meets its lower one."""
    bent: dict[tuple[str, bool], list[tuple[Course, float]]] = {}
    taken: dict[tuple[str, bool], list[tuple[float, Look, Course]]] = {}
    aside: dict[tuple[str, bool], list[tuple[Course, float]]] = {}
    for way in ways:
        straight = None if way.passes else _common(way.top, way.low)
        for lower in (False, True):
            side = (way.lower if lower else way.upper, lower)
            box = way.low if lower else way.top
            far = way.passes[-1 if lower else 0][0] if way.passes else (way.top if lower else way.low).centre[0]
            end = straight if straight is not None else _opposite(box, far) if way.passes else None
            if end is None:
                bent.setdefault(side, []).append((way, far))
                continue
            way.set_end(end, lower=lower)
            taken.setdefault(side, []).append((end, way.look(lower=lower), way))
            if abs(end - box.centre[0]) > _SNAP / 2:
                aside.setdefault(side, []).append((way, end))
    for side, found in bent.items():
        looks = {way.look(lower=side[1]) for way, _ in found}
        # Where one branch of a fork bends, all of them do: a stretch across would cross the straight ones.
        more = [(way, x) for way, x in aside.get(side, []) if way.look(lower=side[1]) in looks or _leaves(way, side)]
        bending = {id(way) for way, _ in more}
        left = [(x, look) for x, look, way in taken.get(side, []) if id(way) not in bending]
        _spread([*found, *more], left, lower=side[1])


def _leaves(way: Course, side: tuple[str, bool]) -> bool:
    """Tell whether an edge leads away from this side of a box."""
    return side[1] == way.up


def _opposite(box: Rect, far: float) -> float | None:
    """Return where a line straight up or down from the x *far* meets a side of *box*, None if it does not."""
    inset = min(_INSET, box.width / 2)
    if not box.left + inset <= far <= box.right - inset:
        return None
    return box.centre[0] if abs(far - box.centre[0]) < _SNAP / 2 else far


def _common(top: Rect, low: Rect) -> float | None:
    """Return the x at which a straight line joins two boxes, the middle of one of them if that is possible."""
    inset = min(_INSET, top.width / 2, low.width / 2)
    left, right = max(top.left, low.left) + inset, min(top.right, low.right) - inset
    if left > right + 0.01:
        return None
    for x in (low.centre[0], top.centre[0]) if low.width <= top.width else (top.centre[0], low.centre[0]):
        if left - 0.01 <= x <= right + 0.01:
            return x
    return (left + right) / 2


def _spread(found: list[tuple[Course, float]], taken: list[tuple[float, Look]], *, lower: bool) -> None:
    """Let bent edges that look alike share an end in the middle of a side, and keep all others apart."""
    found = sorted(found, key=lambda item: item[1])
    # What looks different and is between two that look alike would be crossed by what they share.
    bundles = [list(bundle) for _, bundle in itertools.groupby(found, key=lambda item: item[0].look(lower=lower))]
    box = found[0][0].low if lower else found[0][0].top
    inset = min(_INSET, box.width / 2)
    wished_step = _SPREAD if any(way.look(lower=lower)[3] for way, _ in found) else _HEADS
    step = min(wished_step, (box.width - 2 * inset) / max(1, len(bundles) - 1))
    for index, bundle in enumerate(bundles):
        look, far = bundle[0][0].look(lower=lower), sum(x for _, x in bundle) / len(bundle)
        wished = box.centre[0] + (index - (len(bundles) - 1) / 2) * step
        others = [x for x, own in taken if own != look]
        first = 1 if far >= wished else -1
        steps = (wished + sign * 4.0 * at for at in range(int(box.width / 8)) for sign in (first, -first))
        free = (x for x in steps if box.left + inset <= x <= box.right - inset)
        end = next((x for x in free if all(abs(x - other) >= step - 0.1 for other in others)), wished)
        for way, _ in bundle:
            way.set_end(end, lower=lower)


def _straighten(way: Course, rects: Grid[str]) -> None:
    """Take small steps to the side out of the way, where nothing is in it."""
    for index, (x, low, high) in enumerate(way.passes):
        before = way.passes[index - 1][0] if index else way.start
        if 0 < abs(before - x) < _SNAP and not _others(way, rects, Rect(before - 6, low, before + 6, high)):
            way.passes[index] = (before, low, high)
    last = way.passes[-1][0] if way.passes else way.start
    inset = min(_INSET, way.low.width / 2)
    if 0 < abs(last - way.end) < _SNAP and way.low.left + inset <= last <= way.low.right - inset:
        way.end = last


def _jogs(way: Course) -> list[Jog]:
    stops = [(way.start, way.top.bottom, way.top.bottom), *way.passes, (way.end, way.low.top, way.low.top)]
    return [
        Jog(before[0], after[0], before[2], after[1])
        for before, after in itertools.pairwise(stops)
        if abs(before[0] - after[0]) > 0.5
    ]


def _name_trunks(ways: list[Course]) -> None:
    """Let the jogs of a fork, or of a join, be on one track."""
    starts = Counter((way.upper, way.look(lower=False), way.start) for way in ways if _leaves_bent(way))
    ends = Counter((way.lower, way.look(lower=True), way.end) for way in ways if _arrives_bent(way))
    for way in ways:
        fork, join = (way.upper, way.look(lower=False), way.start), (way.lower, way.look(lower=True), way.end)
        if _leaves_bent(way) and (starts[fork] > 1 or not _arrives_bent(way)):
            way.jogs[0].trunk = ("fork", *fork)
        if _arrives_bent(way) and not way.jogs[-1].trunk and ends[join] > 1:
            way.jogs[-1].trunk = ("join", *join)


def _leaves_bent(way: Course) -> bool:
    return bool(way.jogs) and way.jogs[0].start == way.start and way.jogs[0].low == way.top.bottom


def _arrives_bent(way: Course) -> bool:
    return bool(way.jogs) and way.jogs[-1].end == way.end and way.jogs[-1].high == way.low.top


def _points(placement: Placement, way: Course, *, side: bool) -> list[Point]:
    points = [(way.start, way.top.bottom)]
    for jog in way.jogs:
        points += [(jog.start, jog.y), (jog.end, jog.y)]
    points.append((way.end, way.low.top))
    points = simplified(points)
    points[0] = _met(placement, way.upper, points[0], side=side)
    points[-1] = _met(placement, way.lower, points[-1], side=side)
    return points[::-1] if way.up else points


def _beside(placement: Placement, way: Course, rects: Grid[str], *, side: bool) -> list[Point] | None:
    """Return the line of an edge that leads back around what is between its ends: from side to side.

    None where something is in the way, or where the edge does not lead around.
    """
    if not way.up or not way.passes:
        return None
    channels = [x for x, _, _ in way.passes]
    right = min(channels) > max(way.top.right, way.low.right) + 8
    if not right and max(channels) > min(way.top.left, way.low.left) - 8:
        return None
    x = max(channels) if right else min(channels)
    ends = [(box.right if right else box.left, box.centre[1]) for box in (way.low, way.top)]
    line = [ends[0], (x, ends[0][1]), (x, ends[1][1]), ends[1]]
    ends_of = (way.upper, way.lower)
    if any(key not in ends_of for one, other in itertools.pairwise(line) for _, key in rects.crossed(one, other, 3)):
        return None
    line[0] = _met(placement, way.lower, line[0], side=side)
    line[-1] = _met(placement, way.upper, line[-1], side=side)
    return line


def _met(placement: Placement, key: str, point: Point, *, side: bool) -> Point:
    """Return where a line meets the true outline of a node."""
    real = turned_point(point) if side else point
    met = shapes.border_point(placement.roles[key], placement.nodes[key], real)
    return turned_point(met) if side else met
