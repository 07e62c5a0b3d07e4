"""Tasks in a calendar."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.model import graph

if TYPE_CHECKING:
    import datetime as dt

    from sphinx_diagram_ext.model.graph import Edge, Node
    from sphinx_diagram_ext.model.text import Message


@dataclass(frozen=True)
class Task:
    """What is done from ``start`` on and before ``end``; a point in time has no ``end``.

    The first detail of the node says these days.
    """

    node: Node
    start: dt.date
    end: dt.date | None = None

    @staticmethod
    def days(start: dt.date, end: dt.date | None) -> str:
        """Return the days of a task as they are written where no language is known."""
        return f"{start} \u2013 {end}" if end else f"{start}"

    @property
    def own_words(self) -> str:
        """What the node says of its days, if a translator has written it; else ""."""
        said = self.node.details[0].text if self.node.details else ""
        return "" if said == self.days(self.start, self.end) else said


@dataclass(frozen=True)
class Phase:
    """Tasks below one title."""

    label: Message
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Schedule:
    """Phases in order."""

    phases: tuple[Phase, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every task's node, in order."""
        return tuple(task.node for phase in self.phases for task in phase.tasks)

    @property
    def edges(self) -> tuple[Edge, ...]:
        """From every task to the next, without a label."""
        keys = [node.key for node in self.nodes]
        return tuple(graph.Edge(one, other) for one, other in itertools.pairwise(keys))
