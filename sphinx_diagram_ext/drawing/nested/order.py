"""Order within rows: few crossings, what is in a frame together, and else as the author wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.drawing.layered import inversions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_diagram_ext.drawing.nested.parts import Rows, Vertex

_SWEEPS = 8
_MOVED = 24
"""Lines over several ranks that are moved as a whole, at most."""


class _Entity(NamedTuple):
    """What moves together in a row: a vertex, or a frame with all that is in it there."""

    place: float | None
    frame: int
    vertices: list[Vertex]


def order(found: Rows) -> None:
    """Bring the vertices of every row into order."""
    frames = list(range(len(found.spans)))
    best = _swept(found, frames)
    if best[0] and len(frames) > 1:
        other = _swept(found, _by_place(found, frames))
        best = min(best, other, key=lambda item: item[0])
    _restore(found.rows, best[1])


def _swept(found: Rows, frames: list[int]) -> tuple[int, list[list[Vertex]]]:
    """Return the least number of crossings, and the rows with it; frames beside each other are in the order given."""
    rows = found.rows
    number = {frame: at for at, frame in enumerate(frames)}
    for row in rows:
        row[:] = _arranged([_Entity(None, -1, [vertex]) for vertex in row], number)
        _number(row)
    for row in rows[1:]:
        _sort(row, number, upwards=True)
    best, kept = _sweep(rows, number)
    if best:
        _restore(rows, kept)
        best = _moved_out(found, best)
        kept = [list(row) for row in rows]
    return best, kept


def _sweep(rows: list[list[Vertex]], number: dict[int, int]) -> tuple[int, list[list[Vertex]]]:
    """Sort all rows, up and down, by turns; return the least number of crossings, and the rows with it."""
    best, kept = _crossings(rows), [list(row) for row in rows]
    for sweep in range(_SWEEPS):
        if not best:
            break
        # Every other time what is equal is turned round, which two exchanges at once may need.
        turn = sweep % 4 > 1
        if sweep % 2:
            for row in rows[1:]:
                _sort(row, number, upwards=True, turn=turn)
        else:
            for row in reversed(rows[:-1]):
                _sort(row, number, upwards=False, turn=turn)
        _swap_neighbours(rows)
        crossings = _crossings(rows)
        if crossings < best:
            best, kept = crossings, [list(row) for row in rows]
    return best, kept


def _restore(rows: list[list[Vertex]], kept: list[list[Vertex]]) -> None:
    for row, before in zip(rows, kept, strict=True):
        row[:] = before
        _number(row)


def _moved_out(found: Rows, best: int) -> int:
    """Move lines over several ranks to the near or the far side where that leaves fewer crossings; return how many."""
    for number in sorted(found.long - found.back)[:_MOVED]:
        inner = found.chains[number][1:-1]
        if len({vertex.path for vertex in inner}) > 1:
            continue
        for first in (True, False):
            before = [list(row) for row in found.rows]
            for row in found.rows:
                _move_out(row, number, first=first)
            crossings = _crossings(found.rows)
            if crossings < best:
                best = crossings
                break
            _restore(found.rows, before)
    return best


def _move_out(row: list[Vertex], number: int, *, first: bool) -> None:
    """Move the vertex of a line, if there is one, before or after all that is in its frame."""
    vertex = next((vertex for vertex in row if vertex.tie == number), None)
    if vertex is None:
        return
    depth = len(vertex.path)
    inside = [at for at, other in enumerate(row) if other.path[:depth] == vertex.path and not other.back]
    sides = 1 if depth else 0
    at = inside[sides] if first else inside[-1 - sides]
    row.insert(at, row.pop(vertex.at))
    _number(row)


def _by_place(found: Rows, frames: list[int]) -> list[int]:
    """Return frames in the order in which the vertices in them would be if they were free."""
    total = [0.0] * len(frames)
    count = [0] * len(frames)
    for row in found.rows:
        free = sorted(row, key=lambda vertex: _mean(vertex.above) if vertex.above else vertex.at)
        for at, vertex in enumerate(free):
            for frame in vertex.path:
                total[frame] += at / len(row)
                count[frame] += 1
    return sorted(frames, key=lambda frame: total[frame] / max(1, count[frame]))


def _number(row: list[Vertex]) -> None:
    for at, vertex in enumerate(row):
        vertex.at = at


def _mean(vertices: Sequence[Vertex]) -> float:
    return sum(vertex.at for vertex in vertices) / len(vertices)


def _sort(row: list[Vertex], number: dict[int, int], *, upwards: bool, turn: bool = False) -> None:
    """Sort a row by the mean place of the neighbours on one side; what has none stays where it is."""
    entities = []
    for vertex in row:
        near = vertex.above if upwards else vertex.below
        entities.append(_Entity(_mean(near) if near else None, -1, [vertex]))
    row[:] = _arranged(entities, number, turn=turn)
    _number(row)


def _arranged(entities: list[_Entity], number: dict[int, int], depth: int = 0, *, turn: bool = False) -> list[Vertex]:
    """Return vertices in order, those of a frame together and between its sides."""
    if any(len(item.vertices[0].path) > depth for item in entities):
        entities = _framed(entities, number, depth, turn=turn)
    placed = [item for item in (reversed(entities) if turn else entities) if item.place is not None]
    placed.sort(key=lambda item: item.place or 0.0)
    follows = iter(placed)
    ordered = [item if item.place is None else next(follows) for item in entities]
    ordered.sort(key=lambda item: item.vertices[0].back if item.frame < 0 else 0)
    frames = sorted((item for item in ordered if item.frame >= 0), key=lambda item: number[item.frame])
    in_turn = iter(frames)
    return [vertex for item in ordered for vertex in (next(in_turn) if item.frame >= 0 else item).vertices]


def _framed(entities: list[_Entity], number: dict[int, int], depth: int, *, turn: bool) -> list[_Entity]:
    """Return entities with those of one frame united."""
    found: list[_Entity | None] = []
    inside: dict[int, list[_Entity]] = {}
    where: dict[int, int] = {}
    for item in entities:
        path = item.vertices[0].path
        if len(path) <= depth:
            found.append(item)
            continue
        if path[depth] not in where:
            where[path[depth]] = len(found)
            found.append(None)
        inside.setdefault(path[depth], []).append(item)
    for frame, items in inside.items():
        sides = [item for item in items if _is_side(item.vertices[0]) and len(item.vertices[0].path) == depth + 1]
        held = [item for item in items if not (_is_side(item.vertices[0]) and len(item.vertices[0].path) == depth + 1)]
        sides.sort(key=lambda item: item.vertices[0].column.side)
        inner = _arranged(held, number, depth + 1, turn=turn) if held else []
        places = [item.place for item in (held or items) if item.place is not None]
        if not places:
            places = [item.place for item in sides if item.place is not None]
        place = sum(places) / len(places) if places else None
        vertices = [*sides[0].vertices, *inner, *sides[1].vertices]
        found[where[frame]] = _Entity(place, frame, vertices)
    return [item for item in found if item is not None]


def _is_side(vertex: Vertex) -> bool:
    return vertex.column.side != 0


def _swap_neighbours(rows: list[list[Vertex]]) -> None:
    """Exchange vertices of one frame that are next to each other wherever that leaves fewer crossings."""
    for row in rows:
        for at in range(len(row) - 1):
            left, right = row[at], row[at + 1]
            if left.path != right.path or left.column.side or right.column.side or left.back or right.back:
                continue
            if _crossed(left, right) > _crossed(right, left):
                row[at], row[at + 1] = right, left
                left.at, right.at = at + 1, at


def _crossed(left: Vertex, right: Vertex) -> int:
    """Return how often the lines of two vertices cross if *left* is before *right*."""
    count = 0
    for one in left.above:
        for other in right.above:
            count += one.at > other.at
    for one in left.below:
        for other in right.below:
            count += one.at > other.at
    return count


def _crossings(rows: list[list[Vertex]]) -> int:
    """Return how often lines between neighbouring rows cross each other, or the side of a frame."""
    total = 0
    for row in rows:
        lines = sorted((vertex.at, other.at) for vertex in row for other in vertex.below)
        total += inversions([low for _, low in lines])
    return total
