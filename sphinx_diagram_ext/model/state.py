"""States and what leads from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.model.graph import Direction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.model.graph import Edge, Node


@dataclass(frozen=True)
class State:
    """A state; ``inner`` are the states it is made of and ``start`` the key of the first of them."""

    node: Node
    inner: tuple[State, ...] = ()
    start: str | None = None
    final: bool = False


@dataclass(frozen=True)
class StateMachine:
    """States, the key of the first one and the transitions between them."""

    states: tuple[State, ...]
    start: str
    edges: tuple[Edge, ...] = ()
    direction: Direction = Direction.TB

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every state's node, a state before the states inside it."""
        return tuple(_nodes(self.states))


def _nodes(states: tuple[State, ...]) -> Iterator[Node]:
    for state in states:
        yield state.node
        yield from _nodes(state.inner)
