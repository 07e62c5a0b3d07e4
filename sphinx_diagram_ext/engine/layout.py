"""Layout of a diagram: boxes, paths and frames in CSS pixels.

The y axis points down and the origin is the top left corner of the drawing. ``x`` and ``y`` of every box are its own
top left corner, not its centre.
"""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]
"""A point of the drawing: x, y."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, for example the room of a text."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class NodeBox:
    """The box of a node."""

    id: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class EdgePath:
    """The line of an edge: two points or more, from the border of ``source`` to the border of ``target``.

    A message of a sequence ends at lifelines instead, within 4 px of them.
    """

    source: str
    target: str
    points: tuple[Point, ...]
    label: Box | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """The box around a group and the room of its title, None where the engine does not give it."""

    id: str
    x: float
    y: float
    width: float
    height: float
    title: Box | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything in a diagram is; nothing is outside ``width`` x ``height``.

    A graph fills that room and has no margin. Sequences and charts have the engine's own.

    ``nodes`` and ``frames`` have the keys of the model's nodes and groups and are in its order. A state with states
    inside is a frame with the key of its node. Sections of a timeline have no key: they are ``section1``, ``section2``
    and so on. In a diagram of an author's own Mermaid, keys are Mermaid's ids; nodes without ids are counted as
    :meth:`~sphinx_diagram_ext.engine.Engine.parse` counts them.

    ``edges`` are those of the model, in its order: ``edges[i]`` belongs to ``body.edges[i]``. Only a template of an
    author's own may order them otherwise, and tasks of a schedule, which follow each other, have no lines. ``links``
    are all others: between frames (``joints`` of a graph), and from and to marks. ``marks`` are boxes that no node of
    the model has: the start and the end of a state machine, notes of a sequence. Their ids are the engine's.
    """

    width: float
    height: float
    nodes: tuple[NodeBox, ...] = ()
    edges: tuple[EdgePath, ...] = ()
    frames: tuple[Frame, ...] = ()
    links: tuple[EdgePath, ...] = ()
    marks: tuple[NodeBox, ...] = ()
