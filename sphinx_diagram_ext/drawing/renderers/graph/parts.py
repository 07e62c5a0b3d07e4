"""Parts of a placed graph: measures, lines of edges with their labels, and arrows between frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.scene import DETAIL, TITLE

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Point, Rect
    from sphinx_diagram_ext.model import Edge

LABEL_PAD = 5.0
"""Room between the text of an edge's label and the border of its ground."""


PAD = 16.0
"""Least room between a frame and what is in it."""

TITLE_INSET, TITLE_TOP = 14.0, 8.0
"""Distance of a title from the left side and from the top of its frame."""

_BELOW_TITLE = 10.0


@dataclass(frozen=True, slots=True)
class Measures:
    """Least distances, and widest texts, in CSS pixels."""

    name: float = 176
    question: float = 160
    label: float = 150
    title: float = 230
    between: float = 28
    ranks: float = 38
    word: float = 200
    """Width up to which a word is not broken."""
    shrinks: float = 1.0
    """About how wide a picture becomes, in parts of one with the usual measures."""
    gutter: bool = False
    """Whether titles stand at the left of lanes instead of at the top of frames."""
    rows: bool = False
    """Whether a chain is broken into rows."""
    one_row: bool = False
    """Whether groups beside each other stay in one row, however wide it is."""


@dataclass(slots=True)
class Route:
    """The line of an edge, with the rows of its label and their room; ``course`` is what it passes."""

    edge: Edge
    course: list[Point]
    points: list[Point]
    rows: tuple[str, ...] = ()
    label: Rect | None = None


@dataclass(slots=True)
class Joint:
    """What leads from one frame to the next, with the rows of its label and their room."""

    ends: tuple[str, str]
    points: list[Point]
    rows: tuple[str, ...] = ()
    label: Rect | None = None


def label_size(rows: tuple[str, ...]) -> tuple[float, float]:
    """Return width and height of an edge's label with its ground."""
    return max(map(DETAIL.width, rows)) + 2 * LABEL_PAD, DETAIL.line * len(rows) + 4


def title_size(rows: tuple[str, ...]) -> tuple[float, float]:
    """Return width and height of a title."""
    return max(map(TITLE.width, rows)), TITLE.line * len(rows)


def title_height(rows: int) -> float:
    """Return the room above the first node of a frame whose title has so many rows."""
    return TITLE_TOP + TITLE.line * rows + _BELOW_TITLE
