"""Events in periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.model.graph import Direction

if TYPE_CHECKING:
    from sphinx_diagram_ext.model.graph import Edge, Node, Tone
    from sphinx_diagram_ext.model.text import Message


@dataclass(frozen=True)
class Event:
    """What happened at a time; the node's label is the first thing, its details the rest."""

    time: Message
    node: Node


@dataclass(frozen=True)
class Period:
    """A titled part of a timeline."""

    label: Message | None
    events: tuple[Event, ...]
    tone: Tone


@dataclass(frozen=True)
class Timeline:
    """Periods in order, from left to right or from top to bottom."""

    periods: tuple[Period, ...]
    direction: Direction = Direction.LR

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every event's node, in order."""
        return tuple(event.node for period in self.periods for event in period.events)

    @property
    def edges(self) -> tuple[Edge, ...]:
        """A timeline has no edges."""
        return ()
