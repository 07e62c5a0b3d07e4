"""All steps of a nested layout, from blocks, ties and frames to their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.nested.columns import place
from sphinx_diagram_ext.drawing.nested.order import order
from sphinx_diagram_ext.drawing.nested.parts import Nested
from sphinx_diagram_ext.drawing.nested.ranks import ranked
from sphinx_diagram_ext.drawing.nested.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.layered import Block
    from sphinx_diagram_ext.drawing.nested.parts import Frame, Gaps, Rows, Tie, Vertex


def nested(
    blocks: Sequence[Block],
    ties: Sequence[Tie],
    frames: Sequence[Frame],
    gaps: Gaps,
    level: Iterable[Iterable[str]] = (),
    *,
    in_order: bool = False,
) -> Nested:
    """Return where *blocks* and *frames* are, and what lines pass.

    Args:
        blocks: at least one, in the order of the author.
        ties: lines between different blocks.
        frames: each around one block at least, and after the frame that is around it.
        gaps: distances to keep.
        level: sets of blocks that are to be in one rank.
        in_order: whether the outermost frames come one after the other.
    """
    ranks, turned = ranked([block.key for block in blocks], ties, frames, level, in_order=in_order)
    rows = rows_of(blocks, ties, frames, ranks, turned, gaps.alike)
    order(rows)
    place(rows, frames, gaps)
    return _Along(rows, frames, gaps).result(ties, turned)


class _Along:
    """Where rows and frames are along the flow."""

    def __init__(self, rows: Rows, frames: Sequence[Frame], gaps: Gaps) -> None:
        self._rows, self._frames, self._gaps = rows, frames, gaps
        self._depths = [max((vertex.depth for vertex in row), default=0.0) for row in rows.rows]
        self._before = self._room(last=False)
        self._after = self._room(last=True)
        self._tops = self._placed()
        for at in self._short():
            # A frame that is less deep than its title is long.
            self._before[at] += self._missing(at) / 2
            self._after[at] += self._missing(at)
            self._tops = self._placed()

    def _room(self, *, last: bool) -> list[float]:
        """Return for each frame the room between it and its first, or last, row."""
        found = [frame.after if last else frame.before for frame in self._frames]
        number = {frame.key: at for at, frame in enumerate(self._frames)}
        for at in range(len(self._frames) - 1, -1, -1):
            frame, span = self._frames[at], self._rows.spans[at]
            if frame.parent is None:
                continue
            around = number[frame.parent]
            outer = self._rows.spans[around]
            if (outer.last if last else outer.first) == (span.last if last else span.first):
                own = self._frames[around].after if last else self._frames[around].before
                found[around] = max(found[around], found[at] + own)
        return found

    def _placed(self) -> list[float]:
        """Return where each row begins."""
        opens, closes = [0.0] * len(self._depths), [0.0] * len(self._depths)
        for at, span in enumerate(self._rows.spans):
            opens[span.first] = max(opens[span.first], self._before[at])
            closes[span.last] = max(closes[span.last], self._after[at])
        of_blocks = set(self._rows.row_of)
        tops, y = [], 0.0
        for row, depth in enumerate(self._depths):
            tops.append(y)
            y += depth
            if row + 1 == len(self._depths):
                break
            labels = row + 1 not in of_blocks or row not in of_blocks
            least = self._gaps.ranks / 2 if labels else self._gaps.ranks
            framed = closes[row] + opens[row + 1]
            legs = self._gaps.legs * (0.5 if labels else 1.0 + (closes[row] > 0 < opens[row + 1]) * 0.2)
            y += max(least, framed + legs) if framed else least
        return tops

    def _short(self) -> list[int]:
        return [at for at in range(len(self._frames)) if self._missing(at) > 0]

    def _missing(self, at: int) -> float:
        top, bottom = self._sides(at)
        return self._frames[at].depth - (bottom - top)

    def _sides(self, at: int) -> tuple[float, float]:
        span = self._rows.spans[at]
        return self._tops[span.first] - self._before[at], self._tops[span.last] + self._depths[span.last] + self._after[
            at
        ]

    def result(self, ties: Sequence[Tie], turned: set[int]) -> Nested:
        """Return all places."""
        found = Nested()
        middles: dict[int, float] = {}
        for row, top, depth in zip(self._rows.rows, self._tops, self._depths, strict=True):
            for vertex in row:
                middles[id(vertex)] = top + depth / 2
        for key, vertex in self._rows.blocks.items():
            x, y = vertex.column.x, middles[id(vertex)]
            found.blocks[key] = Rect(x - vertex.near, y - vertex.depth / 2, x + vertex.near, y + vertex.depth / 2)
        for at, frame in enumerate(self._frames):
            near, far = self._rows.spans[at].sides[self._rows.spans[at].first]
            top, bottom = self._sides(at)
            found.frames[frame.key] = Rect(near.column.x, top, far.column.x, bottom)
        for number, (tie, chain) in enumerate(zip(ties, self._rows.chains, strict=True)):
            vertices = chain or [self._rows.blocks[tie.source], self._rows.blocks[tie.target]]
            points: list[Point] = [(vertex.column.x, middles[id(vertex)]) for vertex in vertices]
            found.courses.append(points[::-1] if number in turned and chain else points)
            found.labels.append(_label(tie, vertices, points))
        return found


def _label(tie: Tie, vertices: list[Vertex], points: list[Point]) -> Rect | None:
    if tie.label is None:
        return None
    for vertex, (x, y) in zip(vertices, points, strict=True):
        if vertex.depth and not vertex.key:
            return Rect.around(x, y, *tie.label)
    (x0, y0), (x1, y1) = points[0], points[-1]
    return Rect.around((x0 + x1) / 2, (y0 + y1) / 2, *tie.label)
