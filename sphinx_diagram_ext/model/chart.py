"""Figures: bars, curves, parts of a whole and places between two axes."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from sphinx_diagram_ext.model.graph import Edge, Node
    from sphinx_diagram_ext.model.text import Message


@dataclass(frozen=True)
class Measure:
    """A figure; the last line of its node says it with its unit."""

    node: Node
    value: Decimal


@dataclass(frozen=True)
class Limit:
    """A figure that the others are held against."""

    label: Message
    value: Decimal


@dataclass(frozen=True)
class Series:
    """Measures below one title."""

    label: Message | None
    measures: tuple[Measure, ...]


class Plot(enum.StrEnum):
    """How a chart is drawn."""

    BARS = "bars"
    """A bar a measure, one below the other."""
    CURVE = "curve"
    """A line through the measures, from left to right."""


@dataclass(frozen=True)
class Chart:
    """Measures on one scale, which ends at ``top`` if that is given."""

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
