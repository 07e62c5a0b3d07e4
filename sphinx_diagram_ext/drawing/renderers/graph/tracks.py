"""Tracks: the y of every stretch that leads across between two ranks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cmp_to_key
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sphinx_diagram_ext.drawing.grid import Grid

_ROOM = 8.0
"""Least distance of a track from boxes, and wished between two tracks."""
_TRUNK = 12.0
"""Least room in which the stretch across of a fork is put near its stem."""
_HEAD = 16.0
"""Room for an arrowhead below a track."""


@dataclass(slots=True)
class Jog:
    """A stretch across, from ``start`` to ``end``, somewhere between ``low`` and ``high``.

    Those of one ``trunk`` share a y.
    """

    start: float
    end: float
    low: float
    high: float
    trunk: tuple[Hashable, ...] = ()
    y: float = 0.0

    @property
    def left(self) -> float:
        """The lesser x."""
        return min(self.start, self.end)

    @property
    def right(self) -> float:
        """The greater x."""
        return max(self.start, self.end)


@dataclass(slots=True, eq=False)
class _Track:
    jogs: list[Jog]
    left: float = 0.0
    right: float = 0.0
    low: float = 0.0
    high: float = 0.0


def set_tracks(jogs: list[Jog], nodes: Grid[str], frames: list[Rect], texts: Grid[str]) -> None:
    """Choose the y of all *jogs* so that none runs along another, through a box or through a text."""
    tracks: dict[Hashable, _Track] = {}
    for index, jog in enumerate(jogs):
        tracks.setdefault(jog.trunk or index, _Track([])).jogs.append(jog)
    for track in tracks.values():
        track.left, track.right = min(jog.left for jog in track.jogs), max(jog.right for jog in track.jogs)
        track.low = max(jog.low for jog in track.jogs)
        track.high = min(jog.high for jog in track.jogs)
        if track.high - track.low < 2 * _ROOM:
            # They cannot share one: each goes where it can.
            track.low, track.high = min(jog.low for jog in track.jogs), max(jog.high for jog in track.jogs)
        track.low, track.high = _clear(track, nodes, frames, texts)
    for bundle in _bundles(list(tracks.values())):
        _place(bundle)


def _clear(track: _Track, nodes: Grid[str], frames: list[Rect], texts: Grid[str]) -> tuple[float, float]:
    """Return the widest part of a track's room that is clear of boxes, of texts and of borders of frames."""
    room = Rect(track.left - 2, track.low, track.right + 2, track.high)
    blocked = [(rect.top - _ROOM / 2, rect.bottom + _ROOM / 2) for rect, _ in nodes.meeting(room)]
    lines = [
        (y - 4, y + 4)
        for rect in frames
        for y in (rect.top, rect.bottom)
        if rect.left < room.right > rect.left and rect.right > room.left
    ]
    words = [(rect.top - 2, rect.bottom + 2) for rect, _ in texts.meeting(room)]
    fork = next((jog.trunk[0] for jog in track.jogs if jog.trunk), "")
    for obstacles in (blocked + lines + words, blocked + words, blocked):
        spans = _free(room, obstacles)
        spans = [span for span in spans if _reached(track, sum(span) / 2, texts)] or spans
        near = [span for span in (spans[::-1] if fork == "join" else spans) if span[1] - span[0] >= _TRUNK]
        if fork and near:
            # The stem of a fork is short: the label of a straight branch is beyond it.
            return near[0]
        best = max(spans, key=lambda span: span[1] - span[0], default=(0.0, 0.0))
        if best[1] - best[0] >= _ROOM:
            return best
    return best if best[1] > best[0] else (track.low, track.high)


def _reached(track: _Track, y: float, texts: Grid[str]) -> bool:
    """Tell whether the lines down to a track at *y*, and on from it, meet no text."""
    ends = [Rect(jog.start - 2, jog.low, jog.start + 2, y) for jog in track.jogs]
    ends += [Rect(jog.end - 2, y, jog.end + 2, jog.high) for jog in track.jogs]
    return not any(True for end in ends for _ in texts.meeting(end))


def _free(room: Rect, blocked: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the parts of a room's height that nothing blocks, from the top to the bottom."""
    found, at = [], room.top
    within = ((max(low, room.top), min(high, room.bottom)) for low, high in blocked)
    for low, high in sorted(span for span in within if span[0] < span[1]):
        if low > at:
            found.append((at, low))
        at = max(at, high)
    return [*found, (at, room.bottom)] if room.bottom > at else found


def _bundles(tracks: list[_Track]) -> list[list[_Track]]:
    """Return tracks that share room, together."""
    bundles: list[list[_Track]] = []
    for track in sorted(tracks, key=lambda item: (item.low, item.left)):
        near = [bundle for bundle in bundles if any(_share(track, other) for other in bundle)]
        merged = [track, *(other for bundle in near for other in bundle)]
        bundles = [bundle for bundle in bundles if not any(bundle is other for other in near)]
        bundles.append(merged)
    return bundles


def _share(one: _Track, other: _Track) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left) > -_ROOM
    return across and min(one.high, other.high) > max(one.low, other.low)


def _place(bundle: list[_Track]) -> None:
    """Give the tracks of a bundle their y, in the order that crosses least."""
    if len(bundle) > 1:
        bundle.sort(key=lambda track: (track.low + track.high, track.left))
        bundle.sort(key=cmp_to_key(_before))
    low, high = max(track.low for track in bundle), min(track.high for track in bundle)
    if high - low < 4.0 * len(bundle):
        for track in bundle:
            _set(track, track.low + (track.high - track.low) / 2)
        return
    room = min(_HEAD, (high - low) * 0.6)
    top, bottom = low + min(_ROOM, (high - low) / 4), high - room
    step = min(_ROOM + 4, (bottom - top) / max(1, len(bundle) - 1)) if len(bundle) > 1 else 0.0
    first = (top + bottom - step * (len(bundle) - 1)) / 2
    for index, track in enumerate(bundle):
        _set(track, first + index * step)


def _set(track: _Track, y: float) -> None:
    for jog in track.jogs:
        jog.y = min(max(y, jog.low + 2), jog.high - 2)


def _before(one: _Track, other: _Track) -> int:
    """Compare how many lines cross if *one* is above *other*, and the other way round."""
    return _crossings(one, other) - _crossings(other, one)


def _crossings(upper: _Track, lower: _Track) -> int:
    inner = sum(lower.left < jog.end < lower.right for jog in upper.jogs)
    return inner + sum(upper.left < jog.start < upper.right for jog in lower.jogs)
