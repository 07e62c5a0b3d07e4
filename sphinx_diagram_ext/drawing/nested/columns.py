"""Places across the flow: straight lines, blocks in the middle of what they are joined to, frames around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sphinx_diagram_ext.drawing.layered import spread
from sphinx_diagram_ext.drawing.nested.neighbours import join_neighbours
from sphinx_diagram_ext.drawing.nested.parts import Column
from sphinx_diagram_ext.drawing.nested.rows import LONG
from sphinx_diagram_ext.drawing.nested.separation import least_distances, ordered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sphinx_diagram_ext.drawing.nested.parts import Frame, Gaps, Rows

_ROUNDS, _STILL = 6, 1.0
_LONGEST = 40
"""Blocks that are followed in a line."""
_SIDE = 0.3
"""Weight of the side of a frame against that of a block."""
_BRANCH = 0.05
"""Weight of a branch against what is in the middle of branches."""
_LOOSE = 0.001
"""Weight of a block that nothing is joined to."""


def place(found: Rows, frames: Sequence[Frame], gaps: Gaps) -> None:
    """Give every column its x."""
    join_neighbours(found)
    spaced = [least_distances(row, frames, gaps, found.level) for row in found.rows]
    order = ordered(found, spaced, frames)
    rows = [[vertex.column for vertex in row] for row in found.rows]
    for column in order:
        column.x = max((other.x + gap for other, gap in column.follows), default=0.0)
    centre = _Centre(order)
    balanced = {id(column): _balanced(column) for column in order}

    def in_balance(column: Column, *, downwards: bool) -> _Wish:
        del downwards
        return balanced[id(column)]

    for choose in (_towards, in_balance):
        for _ in range(_ROUNDS):
            before = [column.x for column in order]
            for row, distances in zip(rows, spaced, strict=True):
                _settle(row, distances, choose, centre, downwards=True)
            for row, distances in zip(reversed(rows), reversed(spaced), strict=True):
                _settle(row, distances, choose, centre, downwards=False)
            if all(abs(column.x - x) < _STILL for column, x in zip(order, before, strict=True)):
                break
    _keep_apart(order)
    for column in order:
        column.x = float(round(column.x))


class _Centre:
    """The middle of everything, for rows that nothing is joined to."""

    def __init__(self, order: list[Column]) -> None:
        self._order = order

    @property
    def x(self) -> float:
        """The middle between the outermost columns that are joined to something."""
        joined = [column.x for column in self._order if column.above or column.below] or [0.0]
        return (min(joined) + max(joined)) / 2


_Wish: TypeAlias = tuple[list[tuple[Column, float]], float]
"""Columns to be in the middle of, and how much that counts."""


def _towards(column: Column, *, downwards: bool) -> _Wish:
    """Return the neighbours on the side that was placed before; those on the other if there are none."""
    return (column.above or column.below) if downwards else (column.below or column.above), column.weight


def _balanced(column: Column) -> _Wish:
    """Return the neighbours on the side with more of them: a block is in the middle of its branches, or its sources.

    A block between two others is in line with what leads to such a middle. All others give way: else what is in the
    middle of branches, and its branches, would follow each other aside.
    """
    above, below = _short(column.above), _short(column.below)
    if len(above) != len(below):
        wish = column.above if len(above) > len(below) else column.below
        return wish, column.weight if len(above) + len(below) > 1 else column.weight * _BRANCH
    if len(above) > 1:
        return [*column.above, *column.below], column.weight
    if _is_anchored(column, downwards=True):
        return column.below, column.weight
    if _is_anchored(column, downwards=False):
        return column.above, column.weight
    alone = above and _short(above[0].below) == [column]
    return column.above or column.below, column.weight if alone else column.weight * _BRANCH


def _is_anchored(column: Column, *, downwards: bool) -> bool:
    """Tell whether a line of blocks, each joined to the next only, leads to one that is in the middle of others."""
    for _ in range(_LONGEST):
        ahead = _short(column.below if downwards else column.above)
        if len(ahead) != 1:
            return len(ahead) > 1
        back = _short(ahead[0].above if downwards else ahead[0].below)
        if back != [column]:
            return False
        column = ahead[0]
    return False


def _short(near: list[tuple[Column, float]]) -> list[Column]:
    return [other for other, weight in near if weight == 1.0]


def _settle(
    row: list[Column], distances: list[float], choose: Callable[..., _Wish], centre: _Centre, *, downwards: bool
) -> None:
    """Bring the columns of a row to where they would be, as far as the distances allow."""
    wishes: list[float] = []
    weights: list[float] = []
    loose: list[int] = []
    for at, column in enumerate(row):
        if column.side:
            wishes.append(_side_wish(column))
            weights.append(_SIDE)
            continue
        if column.ends:
            wishes.append(max(other.x + gap for other, gap in column.ends))
            weights.append(LONG)
            continue
        near, weight = choose(column, downwards=downwards)
        if not near:
            loose.append(at)
            wishes.append(column.x)
            weights.append(_LOOSE)
            continue
        mass = total = 0.0
        for other, part in near:
            total += other.x * part
            mass += part
        wishes.append(total / mass)
        weights.append(weight)
    if loose:
        _draw_near(wishes, loose, [at for at, column in enumerate(row) if not column.side and at not in loose], centre)
    if len(row) == 1:
        row[0].x = wishes[0]
        return
    for column, x in zip(row, spread(wishes, distances, weights), strict=True):
        column.x = x


def _draw_near(wishes: list[float], loose: list[int], tied: list[int], centre: _Centre) -> None:
    """Let what nothing is joined to be beside what is, or in the middle."""
    middle = centre.x if not tied else 0.0
    for at in loose:
        wishes[at] = wishes[min(tied, key=lambda other: abs(other - at))] if tied else middle


def _side_wish(column: Column) -> float:
    """Return where a side of a frame would be: close to what is in it. The last neighbour is the other side."""
    if column.side < 0:
        return min(other.x - gap for other, gap in column.leads[:-1])
    return max(other.x + gap for other, gap in column.follows[:-1])


def _keep_apart(order: list[Column]) -> None:
    """Keep all distances. Pushing to the far side does, pushing to the near side does, and so does the mean.

    Lines that lead back are pushed to the far side only: what they go around does not give way.
    """
    far: dict[int, float] = {}
    for column in order:
        far[id(column)] = max([column.x, *(far[id(other)] + gap for other, gap in column.follows)])
    near: dict[int, float] = {}
    for column in reversed(order):
        near[id(column)] = min([column.x, *(near[id(other)] - gap for other, gap in column.leads if not other.ends)])
    for column in order:
        column.x = far[id(column)] if column.ends else (far[id(column)] + near[id(column)]) / 2
