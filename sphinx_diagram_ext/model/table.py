"""Sides that are compared row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.model import graph

if TYPE_CHECKING:
    from sphinx_diagram_ext.model.graph import Direction, Edge, Graph, Node, Tone
    from sphinx_diagram_ext.model.text import Message


@dataclass(frozen=True)
class Side:
    """One of the things that are compared; ``direction`` is where its nodes follow each other in Mermaid."""

    key: str
    label: Message
    nodes: tuple[Node, ...]
    tone: Tone = graph.Tone.NEUTRAL
    direction: Direction = graph.Direction.TB


@dataclass(frozen=True)
class Row:
    """What corresponds: for each side the key of a node, or None where a side has nothing."""

    cells: tuple[str | None, ...]
    label: Message | None = None


@dataclass(frozen=True)
class Comparison:
    """Sides from left to right, and rows from top to bottom that hold each of their nodes once."""

    sides: tuple[Side, ...]
    rows: tuple[Row, ...]
    edges: tuple[Edge, ...] = ()
    direction: Direction = graph.Direction.LR

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every side's nodes, one side after the other."""
        return tuple(node for side in self.sides for node in side.nodes)

    @property
    def row_titles(self) -> dict[str, str]:
        """The title of the row of each node, by its key, where there is one."""
        return {key: row.label.text for row in self.rows if row.label for key in row.cells if key}

    @property
    def graph(self) -> Graph:
        """The sides as frames next to each other, for what draws graphs only."""
        groups = tuple(
            graph.Group(side.key, side.label, tuple(node.key for node in side.nodes), side.tone, side.direction)
            for side in self.sides
        )
        return graph.Graph(self.nodes, self.edges, groups, self.direction, beside=True)
