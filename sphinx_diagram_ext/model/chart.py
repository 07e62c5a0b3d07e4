"""Figures: bars, curves, parts of a whole and places between two axes."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from sphinx_diagram_ext.model.graph import Edge, Node
    from sphinx_diagram_ext.model.text import Message


SUM = "\u03a3 "
"""Begins the title of measures that has no name."""


@dataclass(frozen=True)
class Measure:
    """A figure; the first detail of its node says it with its unit.

    ``at`` is its place on the axis across, where that is a number.
    """

    node: Node
    value: Decimal
    at: Decimal | None = None

    @property
    def remarks(self) -> tuple[Message, ...]:
        """What is said besides the figure."""
        return self.node.details[1:]


@dataclass(frozen=True)
class Limit:
    """A figure that the others are held against."""

    label: Message
    value: Decimal


@dataclass(frozen=True)
class Series:
    """Measures below one title.

    ``total`` is what they add up to, where that is known; without a name it is the title, behind ``SUM``.
    """

    label: Message | None
    measures: tuple[Measure, ...]
    total: Decimal | None = None


class Plot(enum.StrEnum):
    """How a chart is drawn."""

    BARS = "bars"
    """A bar a measure, one below the other."""
    CURVE = "curve"
    """A line through the measures, from left to right."""


@dataclass(frozen=True)
class Chart:
    """Measures on one scale, which ends at ``top`` if that is given.

    ``scale`` and ``across`` say what the axes are, with their units.
    """

    series: tuple[Series, ...]
    plot: Plot = Plot.BARS
    scale: Message | None = None
    across: Message | None = None
    limit: Limit | None = None
    top: Decimal | None = None

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures of every series, in order."""
        return tuple(measure for part in self.series for measure in part.measures)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every measure's node, in order."""
        return tuple(measure.node for measure in self.measures)

    @property
    def edges(self) -> tuple[Edge, ...]:
        """A chart has no edges."""
        return ()


@dataclass(frozen=True)
class Shares:
    """Parts of a total, which ``total`` says."""

    parts: tuple[Measure, ...]
    total: Message

    @property
    def sorted(self) -> list[Measure]:
        """The parts from the largest to the smallest; of equal ones the author's first is the first."""
        return sorted(self.parts, key=lambda part: -part.value)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every part's node, in order."""
        return tuple(part.node for part in self.parts)

    @property
    def edges(self) -> tuple[Edge, ...]:
        """Parts have no edges."""
        return ()


@dataclass(frozen=True)
class Place:
    """A node and its place on both axes, from 0 to 1."""

    node: Node
    x: Decimal
    y: Decimal


@dataclass(frozen=True)
class Matrix:
    """Nodes placed between two axes; each axis has a label for its low and its high end.

    ``quadrants`` are titles, from the upper right one counter-clockwise.
    """

    places: tuple[Place, ...]
    x: tuple[Message, Message]
    y: tuple[Message, Message]
    quadrants: tuple[Message | None, Message | None, Message | None, Message | None]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every place's node, in order."""
        return tuple(place.node for place in self.places)

    @property
    def edges(self) -> tuple[Edge, ...]:
        """A matrix has no edges."""
        return ()
