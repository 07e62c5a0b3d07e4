"""Parts of a nested layout: what is given, what comes of it, and the vertices in between."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Point, Rect


@dataclass(frozen=True, slots=True)
class Tie:
    """A line from block to block, never from a block to itself.

    ``label`` is the breadth and the depth of its text, which is on the line.
    """

    source: str
    target: str
    label: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame around *blocks* and around the frames whose ``parent`` it is, each of which comes after it.

    ``before`` and ``after`` are the rooms between it and what is in it along the flow, ``near`` and ``far`` those
    across; ``breadth`` and ``depth`` are how large it is at least.
    """

    key: str
    blocks: tuple[str, ...]
    parent: str | None = None
    before: float = 16.0
    after: float = 16.0
    near: float = 16.0
    far: float = 16.0
    breadth: float = 0.0
    depth: float = 0.0


@dataclass(frozen=True, slots=True)
class Gaps:
    """Least distances in CSS pixels."""

    blocks: float = 28.0
    """Between blocks of a rank."""
    ranks: float = 38.0
    """Between two ranks."""
    lines: float = 16.0
    """Between lines, and between a line and a block."""
    labels: float = 12.0
    """Between labels, and between a label and a line or a block."""
    frames: float = 22.0
    """Between frames, and between a frame and a block outside."""
    alike: float = 1.6
    """How much deeper than another a block of its rank may be for both to become alike."""
    level: float = 40.0
    """Between two blocks of a rank that a line joins, and around its label."""
    legs: float = 20.0
    """Of a line between a frame and a label or another frame, along the flow."""


@dataclass(slots=True)
class Nested:
    """Where everything is: rectangles whose x is across the flow and whose y is along it.

    ``courses`` has for each tie the points from its source to its target that its line passes.
    """

    blocks: dict[str, Rect] = field(default_factory=dict)
    frames: dict[str, Rect] = field(default_factory=dict)
    courses: list[list[Point]] = field(default_factory=list)
    labels: list[Rect | None] = field(default_factory=list)


class Column:
    """Vertices that have the same x: a block, a line between two ranks, or one side of a frame."""

    __slots__ = ("above", "below", "ends", "follows", "leads", "side", "weight", "x")

    def __init__(self, weight: float = 1.0, side: int = 0) -> None:
        self.x = 0.0
        self.weight = weight
        self.side = side
        """-1 for the near side of a frame, 1 for the far one."""
        # What it is joined to, with weights, and its neighbours with the least distance to each.
        self.above: list[tuple[Column, float]] = []
        self.below: list[tuple[Column, float]] = []
        self.follows: list[tuple[Column, float]] = []
        self.leads: list[tuple[Column, float]] = []
        self.ends: list[tuple[Column, float]] = []
        """What a line that leads back goes around, with the least distance to each."""


class Vertex:
    """A block, a side of a frame, or a place where a line passes a rank; ``path`` are the frames around it."""

    __slots__ = ("above", "at", "back", "below", "column", "depth", "far", "key", "near", "path", "tie")

    def __init__(self, path: tuple[int, ...], key: str = "", tie: int = -1) -> None:
        self.path = path
        self.key, self.tie = key, tie
        self.near = self.far = self.depth = 0.0
        self.at = self.back = 0
        self.column = Column()
        self.above: list[Vertex] = []
        self.below: list[Vertex] = []


@dataclass(slots=True)
class Span:
    """The rows that a frame reaches over, and its sides in each of them."""

    first: int
    last: int
    sides: dict[int, tuple[Vertex, Vertex]] = field(default_factory=dict)


@dataclass(slots=True)
class Rows:
    """The vertices in rows; ``row_of`` is the row of each rank, the rows between have labels.

    ``chains`` has the vertices of each tie from the upper to the lower end, none for ties within a rank.
    """

    rows: list[list[Vertex]]
    row_of: list[int]
    chains: list[list[Vertex]]
    blocks: dict[str, Vertex]
    spans: list[Span]
    long: set[int] = field(default_factory=set)
    """Numbers of the ties that pass a rank."""
    level: dict[frozenset[str], float] = field(default_factory=dict)
    """Room that ties within a rank need between their ends."""
    back: set[int] = field(default_factory=set)
    """Numbers of the ties that lead back around what is between their ends, on the far side."""
