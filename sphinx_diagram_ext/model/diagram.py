"""A diagram as a whole: its body and what is known about it."""

from __future__ import annotations

import dataclasses
import enum
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from sphinx_diagram_ext.model.chart import Chart, Matrix, Shares
from sphinx_diagram_ext.model.custom import Custom
from sphinx_diagram_ext.model.entities import Entities
from sphinx_diagram_ext.model.graph import Edge, Graph, Node, Tone
from sphinx_diagram_ext.model.schedule import Schedule
from sphinx_diagram_ext.model.sequence import Sequence
from sphinx_diagram_ext.model.state import StateMachine
from sphinx_diagram_ext.model.table import Comparison
from sphinx_diagram_ext.model.text import Message
from sphinx_diagram_ext.model.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx_diagram_ext.model.claims import Claim
    from sphinx_diagram_ext.model.graph import Direction
    from sphinx_diagram_ext.model.sources import Reference

_T = TypeVar("_T")

_BELOW = ("explain", "command")
"""Fields whose texts are not in the picture but below it."""

_UNSEEN = ("element",)
"""Fields on which no picture depends."""

_MARKED = (*_BELOW, "target")
"""Fields of which a picture shows only whether a node has them."""


@dataclass(frozen=True)
class RawMermaid:
    """Mermaid text as the author wrote it; ``line`` is that of its first line in the file.

    The nodes and edges are what the engine's parser found in it; ``explanations`` wait for
    the nodes they belong to.
    """

    source: str
    line: int
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    explanations: tuple[tuple[str, Message], ...] = ()


Body: TypeAlias = (
    Graph
    | Comparison
    | Sequence
    | Timeline
    | StateMachine
    | Chart
    | Shares
    | Schedule
    | Matrix
    | Entities
    | Custom
    | RawMermaid
)


class Status(enum.StrEnum):
    """How far a diagram is."""

    DRAFT = "draft"
    """Only its writer has seen it."""
    CHECKED = "checked"
    """Another has compared each figure with its source."""
    REVIEWED = "reviewed"
    """So has another, who also looked at the picture and at what it says."""


@dataclass(frozen=True)
class Meta:
    """What is known about a diagram besides its picture."""

    category: str | None = None
    subject: str | None = None
    view: str | None = None
    module: str | None = None
    difficulty: str | None = None
    tags: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    sources: tuple[Reference, ...] = ()
    reviewed: str | None = None
    symptoms: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    status: Status | None = None
    written_by: str = ""
    checked_by: str = ""
    illustration: bool = False
    lint_ignore: tuple[str, ...] = ()


@dataclass(frozen=True)
class Diagram:
    """A checked diagram. ``path`` is its data file, ``digest`` that of the file's bytes."""

    id: str
    type: str
    title: Message
    body: Body
    summary: Message | None = None
    meta: Meta = field(default_factory=Meta)
    claims: tuple[Claim, ...] = ()
    aliases: tuple[str, ...] = ()
    path: str = ""
    line: int = 1
    digest: str = ""

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes in reading order."""
        return self.body.nodes

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The edges in reading order."""
        return self.body.edges

    def node(self, key: str) -> Node | None:
        """Return the node with this key."""
        return next((node for node in self.nodes if node.key == key), None)


def messages(diagram: Diagram) -> Iterator[Message]:
    """Yield every text of *diagram* that a reader sees on the picture or in its place.

    Explanations and commands are left out: they become real document text of their own. So are the
    labels of Mermaid source, which cannot be exchanged without changing its grammar.
    """
    yield diagram.title
    if diagram.summary:
        yield diagram.summary
    if not isinstance(diagram.body, RawMermaid):
        yield from _walk(diagram.body)


def source_titles(diagram: Diagram) -> Iterator[Message]:
    """Yield the titles of the sources of *diagram*; they are below the picture."""
    for source in diagram.meta.sources:
        yield Message(source.title, source.line)


def translate(diagram: Diagram, change: Callable[[Message], Message]) -> Diagram:
    """Return *diagram* with *change* applied to what :func:`messages` and :func:`source_titles` yield."""
    body = diagram.body
    sources = tuple(
        dataclasses.replace(source, title=change(Message(source.title, source.line)).text)
        for source in diagram.meta.sources
    )
    return dataclasses.replace(
        diagram,
        title=change(diagram.title),
        summary=change(diagram.summary) if diagram.summary else None,
        claims=_map(diagram.claims, change),
        meta=dataclasses.replace(diagram.meta, sources=sources),
        body=body if isinstance(body, RawMermaid) else _map(body, change),
    )


def map_nodes(body: _T, change: Callable[[Node], Node]) -> _T:
    """Return *body* with *change* applied to each of its nodes."""
    if isinstance(body, Node):
        return change(body)  # type: ignore[return-value]
    if isinstance(body, tuple):
        return tuple(map_nodes(item, change) for item in body)  # type: ignore[return-value]
    if dataclasses.is_dataclass(body) and not isinstance(body, type):
        changed = {item.name: map_nodes(getattr(body, item.name), change) for item in dataclasses.fields(body)}
        return dataclasses.replace(body, **changed)
    return body


def _walk(value: object) -> Iterator[Message]:
    if isinstance(value, Message):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _walk(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for name in _fields(type(value)):
            if name not in _BELOW:
                yield from _walk(getattr(value, name))


def shown_values(value: object) -> object:
    """Return what a picture of *value*, a body or a part of one, depends on: the texts without their lines."""
    if isinstance(value, Message):
        return value.text
    if isinstance(value, tuple):
        return tuple(map(shown_values, value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        named = ((name, getattr(value, name)) for name in _fields(type(value)) if name not in _UNSEEN)
        # Of what is said below it about a node a picture shows that there is something, about a step nothing.
        marked = isinstance(value, Node)
        return tuple(marked and bool(own) if name in _MARKED else shown_values(own) for name, own in named)
    return value


def tones_shown(diagram: Diagram) -> frozenset[Tone]:
    """Return the tones of everything in the picture of *diagram*: nodes, edges, groups, events and the like."""
    return frozenset(_tones(diagram.body))


def _tones(value: object) -> Iterator[Tone]:
    if isinstance(value, Tone):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _tones(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for name in _fields(type(value)):
            yield from _tones(getattr(value, name))


@cache
def _fields(kind: type[Any]) -> tuple[str, ...]:
    return tuple(item.name for item in dataclasses.fields(kind))


def _map(value: _T, change: Callable[[Message], Message]) -> _T:
    if isinstance(value, Message):
        return change(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(_map(item, change) for item in value)  # type: ignore[return-value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {
            item.name: _map(getattr(value, item.name), change)
            for item in dataclasses.fields(value)
            if item.name not in _BELOW
        }
        return dataclasses.replace(value, **changed)
    return value


def redirected(diagram: Diagram, direction: Direction) -> Diagram | None:
    """Return *diagram* growing to *direction*, or None if its type has no direction."""
    body = diagram.body
    if not isinstance(body, Graph | Comparison | Timeline | StateMachine | Entities):
        return None
    return dataclasses.replace(diagram, body=dataclasses.replace(body, direction=direction))
