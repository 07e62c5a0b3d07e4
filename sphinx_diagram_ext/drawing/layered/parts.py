"""Parts of a layered layout: what is given, and what comes of it."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Point, Rect


class TooLargeError(Exception):
    """What is to be laid out does not fit the room for it."""


class End(enum.Enum):
    """Which rank a block is to be in."""

    ANY = enum.auto()
    """Wherever its links put it."""
    FIRST = enum.auto()
    """Before all others."""
    LAST = enum.auto()
    """After all others."""


@dataclass(frozen=True, slots=True)
class Block:
    """A box.

    ``beyond`` is room to keep beside it, on the far side across the flow. ``level`` blocks begin where their rank does,
    others are in the middle of it.
    """

    key: str
    breadth: float
    depth: float
    beyond: float = 0.0
    level: bool = False
    end: End = End.ANY


@dataclass(frozen=True, slots=True)
class Link:
    """A line from block to block, never from a block to itself.

    ``label`` is the breadth and the depth of its text. ``turned`` tells that it runs against the flow.
    ``source_at`` and ``target_at`` are where it has to begin and to end, across from the near side of the block.
    """

    source: str
    target: str
    label: tuple[float, float] | None = None
    turned: bool = False
    source_at: float | None = None
    target_at: float | None = None


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distances in CSS pixels."""

    blocks: float = 28.0
    """Between blocks of a rank."""
    lines: float = 16.0
    """Between lines, and between a line and anything else."""
    beside: float = 7.0
    """Between a line and its own label."""
    leg: float = 17.0
    """Length of the straight end of a line at a block."""
    label_leg: float = 8.0
    """Length of the straight piece of a line above and below its label."""
    track: float = 10.0
    """Between parallel lines in a channel."""
    labels_near: bool = False
    """Whether a label is on the near side of its line where nothing else decides."""


@dataclass(slots=True)
class Route:
    """A line as (across, along) points, and the room of its label; ``near`` tells on which side of the line it is."""

    points: list[Point]
    label: Rect | None = None
    near: bool = False


@dataclass(slots=True)
class Arrangement:
    """Where everything is: rectangles whose x is across the flow and whose y is along it."""

    blocks: dict[str, Rect] = field(default_factory=dict)
    routes: list[Route] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Vertex:
    """A block, the label of a link, or a place where a link passes a rank.

    ``x`` is that of its spine, the middle of a block or the line of a link; ``near`` and ``far`` are how far it
    reaches on either side.
    """

    rank: int
    near: float
    far: float
    depth: float = 0.0
    key: str = ""
    link: int = -1
    level: bool = False
    labelled: bool = False
    label_near: bool = False
    at: int = 0
    x: float = 0.0
    above: list[Vertex] = field(default_factory=list)
    below: list[Vertex] = field(default_factory=list)


@dataclass(slots=True)
class Layers:
    """The vertices by rank and in order, and those of each link from its upper to its lower end."""

    ranks: list[list[Vertex]]
    chains: list[list[Vertex]]
    blocks: dict[str, Vertex]
