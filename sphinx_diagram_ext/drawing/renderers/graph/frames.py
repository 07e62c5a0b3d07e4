"""Frames of groups: common edges, and titles that no line crosses."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect, union
from sphinx_diagram_ext.drawing.scene import TITLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_diagram_ext.drawing.renderers.graph.placement import Placement

TITLE_INSET, TITLE_TOP = 14.0, 8.0
"""Distance of a title from the left side and from the top of its frame."""

PAD = 16.0
"""Least room between a frame and what is in it."""

GUTTER = 118.0
"""Widest title beside a lane."""


def title_size(rows: tuple[str, ...]) -> tuple[float, float]:
    """Return width and height of a title."""
    return max(map(TITLE.width, rows)), TITLE.line * len(rows)


def level(placement: Placement) -> None:
    """Give the frames of one parent that are below each other, or side by side, common edges."""
    for parent in {group.parent: None for group in placement.graph.groups}:
        keys = [group.key for group in placement.graph.groups if group.parent == parent]
        around = placement.frames.get(parent) if parent else None
        for stacked in (True, False):
            frames = {key: placement.frames[key] for key in keys if key in placement.frames}
            spans = sorted(frame[1::2] if stacked else frame[::2] for frame in frames.values())
            if len(frames) > 1 and all(one[1] <= other[0] + 1 for one, other in itertools.pairwise(spans)):
                _stretch(placement, frames, around, stacked=stacked)


def _stretch(placement: Placement, frames: dict[str, Rect], around: Rect | None, *, stacked: bool) -> None:
    whole = union(frames.values())
    for key, frame in frames.items():
        wide = (
            Rect(whole.left, frame.top, whole.right, frame.bottom)
            if stacked
            else Rect(frame.left, whole.top, frame.right, whole.bottom)
        )
        inside = placement.inside(key)
        foreign = [rect for name, rect in placement.nodes.items() if name not in inside]
        if (around is None or around.holds(wide, 1)) and not any(wide.meets(rect, 6) for rect in foreign):
            placement.frames[key] = wide


def fit(placement: Placement) -> None:
    """Make every frame hold its nodes, inner frames and title, the innermost first."""
    groups = [group for group in placement.graph.groups if group.key in placement.frames]
    for group in sorted(groups, key=lambda group: -len(list(_parents(placement, group.key)))):
        inner = [placement.frames[other.key].grown(12) for other in groups if other.parent == group.key]
        held = union([placement.frames[group.key], *inner])
        width, _ = title_size(placement.titles[group.key])
        if held.width < width + 2 * TITLE_INSET:
            middle = held.centre[0]
            held = Rect(middle - width / 2 - TITLE_INSET, held.top, middle + width / 2 + TITLE_INSET, held.bottom)
        placement.frames[group.key] = held


def _parents(placement: Placement, key: str) -> Iterable[str]:
    parents = {group.key: group.parent for group in placement.graph.groups}
    found = parents.get(key)
    while found is not None:
        yield found
        found = parents.get(found)


def set_titles(placement: Placement) -> None:
    """Put every title at the left of the strip at the top of its frame."""
    for key, frame in placement.frames.items():
        width, height = title_size(placement.titles[key])
        placement.title_rects[key] = Rect.at(frame.left + TITLE_INSET, frame.top + TITLE_TOP, width, height)


def clear_titles(placement: Placement) -> None:
    """Move titles that an edge, a label or a box is in the way of: along the strip, or into a gutter at the left."""
    for key in list(placement.title_rects):
        rect = placement.title_rects[key]
        if not _struck(placement, key, rect):
            continue
        frame = placement.frames[key]
        spots = [frame.right - TITLE_INSET - rect.width, frame.centre[0] - rect.width / 2]
        free = [spot for x in spots if not _struck(placement, key, spot := rect.moved(x - rect.left, 0))]
        if free:
            placement.title_rects[key] = free[0]
            continue
        left = frame.left - rect.width - TITLE_INSET
        band = Rect(left, frame.top, frame.left, frame.bottom)
        spot = rect.moved(left + TITLE_INSET - rect.left, 0)
        foreign = [item for name, item in placement.nodes.items() if name not in placement.inside(key)]
        others = [
            item
            for name, item in placement.frames.items()
            if name != key and name not in _parents(placement, key) and key not in _parents(placement, name)
        ]
        if not any(band.meets(item, 4) for item in (*foreign, *others)) and not _struck(placement, key, spot):
            placement.frames[key] = Rect(left, frame.top, frame.right, frame.bottom)
            placement.title_rects[key] = spot


def _struck(placement: Placement, key: str, rect: Rect) -> bool:
    room = rect.grown(4, 2)
    return (
        any(room.met_by(route.points) for route in placement.routes)
        or any(room.meets(route.label) for route in placement.routes if route.label)
        or any(room.meets(node) for node in placement.nodes.values())
        or any(room.meets(other) for name, other in placement.title_rects.items() if name != key)
    )
