"""Nodes, edges and groups."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_diagram_ext.model.command import Command
    from sphinx_diagram_ext.model.target import Target
    from sphinx_diagram_ext.model.text import Message


class Tone(enum.StrEnum):
    """What a node means; colour, border and wording follow from it."""

    NEUTRAL = "neutral"
    """Nothing special."""
    PROBLEM = "problem"
    """What is broken, lost or to be avoided (rose)."""
    CAUTION = "caution"
    """What needs attention (amber)."""
    HEALTHY = "healthy"
    """What works or is safe (emerald)."""
    BLUE = "blue"
    """A domain, told apart from the others."""
    PURPLE = "purple"
    """Another domain."""

    @property
    def mark(self) -> str:
        """The sign that says what the colour says, "" for a colour that says nothing."""
        return _MARKS.get(self, "")


_MARKS = {Tone.PROBLEM: "\u2715", Tone.CAUTION: "!", Tone.HEALTHY: "\u2713"}


class Role(enum.StrEnum):
    """What a node is; its shape follows from it."""

    SERVICE = "service"
    """A program that does work (rectangle)."""
    DATABASE = "database"
    """A store with queries (cylinder)."""
    QUEUE = "queue"
    """A queue, topic or log (lying cylinder)."""
    STORAGE = "storage"
    """Files or objects (box with double sides)."""
    ACTOR = "actor"
    """A person or a client (rounded box)."""
    DECISION = "decision"
    """A question (rhombus or hexagon)."""
    EXTERNAL = "external"
    """Something outside the system (slanted box)."""
    NOTE = "note"
    """A remark that is no part of the system."""


class Direction(enum.StrEnum):
    """Where a graph grows to."""

    TB = "TB"
    """From top to bottom."""
    BT = "BT"
    """From bottom to top."""
    LR = "LR"
    """From left to right."""
    RL = "RL"
    """From right to left."""


class EdgeStyle(enum.StrEnum):
    """How an edge is drawn."""

    SOLID = "solid"
    """A call or a flow."""
    DASHED = "dashed"
    """An asynchronous, optional or fallback flow."""
    THICK = "thick"
    """The main flow."""
    PLAIN = "plain"
    """A relation without a direction."""


@dataclass(frozen=True)
class Icon:
    """A small picture before the name of a node.

    ``markup`` are shapes of SVG that passed an allow list, in the room ``view``: left, top, width, height.
    """

    name: str
    markup: str
    view: tuple[float, float, float, float]


@dataclass(frozen=True)
class Node:
    """A node; ``key`` is its stable id within the diagram.

    ``link`` is an address that it leads to, ``target`` what of the site it leads to instead.
    ``element`` is the id of the element of the registry that it shows.
    ``plain`` keeps the label of a node with details as light as they are.
    """

    key: str
    label: Message
    details: tuple[Message, ...] = ()
    role: Role = Role.SERVICE
    tone: Tone = Tone.NEUTRAL
    explain: Message | None = None
    link: str | None = None
    target: Target | None = None
    plain: bool = False
    command: Command | None = None
    icon: Icon | None = None
    element: str = ""


@dataclass(frozen=True)
class Edge:
    """A directed edge between the nodes with the keys ``source`` and ``target``.

    ``stopped`` tells that what flows never arrives; the edge ends in a cross.
    """

    source: str
    target: str
    label: Message | None = None
    style: EdgeStyle = EdgeStyle.SOLID
    tone: Tone = Tone.NEUTRAL
    stopped: bool = False


@dataclass(frozen=True)
class Group:
    """A titled frame around the nodes with the keys ``nodes``.

    ``parent`` is the key of the group around this one, which comes before it.
    """

    key: str
    label: Message
    nodes: tuple[str, ...]
    tone: Tone = Tone.NEUTRAL
    direction: Direction | None = None
    parent: str | None = None


@dataclass(frozen=True)
class Graph:
    """A graph of grouped nodes.

    ``stacked`` asks for the groups one after the other even where no edge orders them,
    ``beside`` for groups next to each other, each laid out on its own; ``joints`` are then
    what leads from each group to the next, drawn as arrows between the frames. ``same_rank`` are sets of nodes that
    are to be level: beside each other if the graph grows downwards, below each other if it grows sideways.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...] = ()
    groups: tuple[Group, ...] = ()
    direction: Direction = Direction.TB
    stacked: bool = False
    beside: bool = False
    joints: tuple[Message | None, ...] = ()
    same_rank: tuple[tuple[str, ...], ...] = ()
