"""Messages between participants, in time."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from sphinx_diagram_ext.model.command import Command
    from sphinx_diagram_ext.model.graph import Edge, Node, Tone
    from sphinx_diagram_ext.model.text import Message

from sphinx_diagram_ext.model import graph


class Arrow(enum.StrEnum):
    """How a message travels."""

    CALL = "call"
    """A message that is waited for (solid, filled head)."""
    REPLY = "reply"
    """An answer (dashed)."""
    ASYNC = "async"
    """A message nobody waits for (open head)."""
    LOST = "lost"
    """A message that never arrives (cross)."""


@dataclass(frozen=True)
class Exchange:
    """A message from one participant to another (or itself)."""

    source: str
    target: str
    label: Message
    arrow: Arrow = Arrow.CALL
    command: Command | None = None


@dataclass(frozen=True)
class Note:
    """A remark over one participant or a span of them."""

    text: Message
    over: tuple[str, ...]
    command: Command | None = None


@dataclass(frozen=True)
class Block:
    """A framed part: ``kind`` is loop, opt, alt or par; each branch has a title and steps."""

    kind: str
    branches: tuple[tuple[Message, tuple[Step, ...]], ...]
    command: Command | None = None


@dataclass(frozen=True)
class Stretch:
    """A part on a ground of its tone, with a remark over participants at its start."""

    note: Note
    tone: Tone
    steps: tuple[Step, ...] = ()


Step: TypeAlias = "Exchange | Note | Block | Stretch"


@dataclass(frozen=True)
class Sequence:
    """Participants from left to right and what happens from top to bottom."""

    participants: tuple[Node, ...]
    steps: tuple[Step, ...]
    numbered: bool = False

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The participants."""
        return self.participants

    @property
    def edges(self) -> tuple[Edge, ...]:
        """Every message as an edge, in order."""
        return tuple(_edges(self.steps))


def _edges(steps: tuple[Step, ...]) -> list[Edge]:
    found: list[Edge] = []
    for step in steps:
        if isinstance(step, Exchange):
            style = graph.EdgeStyle.SOLID if step.arrow is Arrow.CALL else graph.EdgeStyle.DASHED
            found.append(graph.Edge(step.source, step.target, step.label, style))
        elif isinstance(step, Block):
            for _, inner in step.branches:
                found.extend(_edges(inner))
        elif isinstance(step, Stretch):
            found.extend(_edges(step.steps))
    return found
