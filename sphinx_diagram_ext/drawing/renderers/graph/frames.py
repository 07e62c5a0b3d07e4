"""Frames of groups: common edges, and titles that no line crosses."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect, union
from sphinx_diagram_ext.drawing.renderers.graph.parts import PAD, TITLE_INSET, TITLE_TOP, title_height, title_size
from sphinx_diagram_ext.drawing.renderers.graph.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.renderers.graph.parts import Joint, Route
    from sphinx_diagram_ext.drawing.renderers.graph.placement import Placement
    from sphinx_diagram_ext.model import Group

_TITLE_STEP = 6.0


def extent(placement: Placement) -> Rect:
    """Return the room of everything that is placed."""
    lines: list[Route | Joint] = [*placement.routes, *placement.joints]
    drawn = [Rect(x, y, x, y) for line in lines for x, y in line.points]
    drawn += [line.label for line in lines if line.label]
    return union([*placement.nodes.values(), *placement.frames.values(), *drawn])


def level(placement: Placement) -> None:
    """Give the frames of one parent that are below each other, or side by side, common edges."""
    for parent in {group.parent: None for group in placement.graph.groups}:
        keys = [group.key for group in placement.graph.groups if group.parent == parent]
        keys = [key for key in keys if key in placement.frames]
        around = placement.frames.get(parent) if parent else None
        for stacked in (True, False):
            spans = sorted(placement.frames[key][1::2] if stacked else placement.frames[key][::2] for key in keys)
            if len(keys) > 1 and all(one[1] <= other[0] + 1 for one, other in itertools.pairwise(spans)):
                _stretch(placement, keys, around, stacked=stacked)
        for one, other in itertools.combinations(keys, 2):
            _pair(placement, one, other, around)


def _stretch(placement: Placement, keys: list[str], around: Rect | None, *, stacked: bool) -> None:
    """Give frames the edges of all of them together: both, or else one."""
    whole = union(placement.frames[key] for key in keys)
    for key in keys:
        frame = placement.frames[key]
        for wide in _widened(frame, whole, stacked=stacked):
            if _free(placement, key, wide, around):
                placement.frames[key] = wide
                break


def _pair(placement: Placement, one: str, other: str, around: Rect | None) -> None:
    """Give two frames, one right below the other or right beside it, an edge in common if they have none."""
    first, second = placement.frames[one], placement.frames[other]
    stacked = min(first.right, second.right) > max(first.left, second.left)
    if stacked == (min(first.bottom, second.bottom) > max(first.top, second.top)):
        return
    sides = (0, 2) if stacked else (1, 3)
    if any(abs(first[side] - second[side]) < 1 for side in sides):
        return
    whole = union((first, second))
    for key, frame in ((one, first), (other, second)):
        for wide in _widened(frame, whole, stacked=stacked):
            if _free(placement, key, wide, around):
                placement.frames[key] = wide
                return


def _widened(frame: Rect, whole: Rect, *, stacked: bool) -> tuple[Rect, Rect, Rect]:
    """Return *frame* with both edges of *whole* across, with the first, and with the second."""
    if stacked:
        both = Rect(whole.left, frame.top, whole.right, frame.bottom)
        return both, both._replace(right=frame.right), both._replace(left=frame.left)
    both = Rect(frame.left, whole.top, frame.right, whole.bottom)
    return both, both._replace(bottom=frame.bottom), both._replace(top=frame.top)


def _free(placement: Placement, key: str, wide: Rect, around: Rect | None) -> bool:
    """Tell whether a frame may have the room *wide*: no node or frame that is not its own is in it."""
    inside = placement.inside(key)
    foreign = [rect for name, rect in placement.nodes.items() if name not in inside]
    parents = set(placement.parents(key))
    foreign += [
        rect
        for name, rect in placement.frames.items()
        if name != key and name not in parents and key not in placement.parents(name)
    ]
    return (around is None or around.holds(wide, 1)) and not any(wide.meets(rect, 1) for rect in foreign)


def fit(placement: Placement) -> None:
    """Make every frame hold its nodes, inner frames and title, the innermost first, and no empty room below them."""
    groups = [group for group in placement.graph.groups if group.key in placement.frames]
    for group in sorted(groups, key=lambda group: -len(list(placement.parents(group.key)))):
        frame, rows = placement.frames[group.key], placement.titles[group.key]
        inner = [placement.frames[other.key] for other in groups if other.parent == group.key]
        held = union([_trimmed(placement, group, frame, inner), *(item.grown(12, 0) for item in inner)])
        top = min([held.top, *(item.top - title_height(len(rows)) for item in inner)])
        bottom = max([held.bottom, *(item.bottom + 12 for item in inner)])
        spare = max(0.0, title_size(rows)[0] + 2 * TITLE_INSET - held.width) / 2
        placement.frames[group.key] = Rect(held.left - spare, top, held.right + spare, bottom)


def _trimmed(placement: Placement, group: Group, frame: Rect, inner: list[Rect]) -> Rect:
    """Return a frame without what is empty at its sides and below its last box."""
    held = [placement.nodes[key] for key in group.nodes] + [item.grown(12 - PAD, 0) for item in inner]
    for route in placement.routes:
        held += [Rect(x, y, x, y) for x, y in route.points if frame.has((x, y))]
        if route.label and frame.holds(route.label):
            held.append(route.label)
    needed = union(held).grown(PAD, 14) if held else frame
    return Rect(
        max(frame.left, needed.left), frame.top, min(frame.right, needed.right), min(frame.bottom, needed.bottom)
    )


def set_titles(placement: Placement) -> None:
    """Put every title at the left of the strip at the top of its frame."""
    for key, frame in placement.frames.items():
        width, height = title_size(placement.titles[key])
        placement.title_rects[key] = Rect.at(frame.left + TITLE_INSET, frame.top + TITLE_TOP, width, height)


def clear_titles(placement: Placement) -> None:
    """Move titles that an edge, a label or a box is in the way of: along the strip, or into a gutter at the left."""
    around = Surroundings(placement)
    for key in list(placement.title_rects):
        rect = placement.title_rects[key]
        if not struck(placement, around, key, rect):
            continue
        frame = placement.frames[key]
        free = next((spot for spot in _along(frame, rect) if not struck(placement, around, key, spot)), None)
        if free is not None:
            placement.title_rects[key] = free
            continue
        left = frame.left - rect.width - TITLE_INSET
        spot = rect.moved(left + TITLE_INSET - rect.left, 0)
        wide = frame._replace(left=left)
        if _free(placement, key, wide, None) and not struck(placement, around, key, spot):
            placement.frames[key] = wide
            placement.title_rects[key] = spot
    level(placement)
    for key, rect in placement.title_rects.items():
        # A frame that its neighbours made wider may have room at its left now.
        spot = rect.moved(placement.frames[key].left + TITLE_INSET - rect.left, 0)
        if not struck(placement, around, key, spot):
            placement.title_rects[key] = spot


def _along(frame: Rect, rect: Rect) -> Iterator[Rect]:
    """Yield where a title may be in the strip at the top of its frame, from the left to the right."""
    room = frame.right - TITLE_INSET - rect.width - frame.left - TITLE_INSET
    for step in range(int(max(room, 0.0) / _TITLE_STEP) + 1):
        yield rect.moved(frame.left + TITLE_INSET + step * _TITLE_STEP - rect.left, 0)
    yield rect.moved(frame.right - TITLE_INSET - rect.right, 0)


def struck_titles(placement: Placement) -> int:
    """Return the number of titles that something is in the way of."""
    around = Surroundings(placement)
    return sum(struck(placement, around, key, rect) for key, rect in placement.title_rects.items())


def moved_titles(placement: Placement) -> int:
    """Return the number of titles of outermost frames that are not at the left of their strip."""
    tops = (key for key in placement.title_rects if placement.groups[key].parent is None)
    return sum(placement.title_rects[key].left > placement.frames[key].left + TITLE_INSET + 1 for key in tops)


def struck(placement: Placement, around: Surroundings, key: str, rect: Rect) -> bool:
    """Tell whether something is in the way of a title in the room *rect*."""
    room = rect.grown(8, 2)
    if around.lines(room) or around.labels(room) or around.boxes(room):
        return True
    return any(room.meets(other) for name, other in placement.title_rects.items() if name != key)
