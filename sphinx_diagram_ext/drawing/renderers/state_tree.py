"""Levels of a state machine: which states are inside which, and on which level each transition is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import State, StateMachine

TOP = ""
"""The level that is in no state."""


class Machine:
    """A state machine by its levels, each named by the key of the state that it is inside of."""

    def __init__(self, body: StateMachine) -> None:
        self.edges = body.edges
        self.states: dict[str, State] = {}
        self.inner: dict[str, tuple[State, ...]] = {}
        self.starts: dict[str, str] = {}
        self._paths: dict[str, tuple[str, ...]] = {TOP: ()}
        self._add(TOP, body.states, body.start)
        self.transitions: dict[str, list[int]] = {level: [] for level in self.inner}
        """For each level the numbers of the transitions between different states of it, or inside those."""
        self.loops: dict[str, list[int]] = {key: [] for key in self.states}
        """For each state the numbers of the transitions from it to itself."""
        for number, edge in enumerate(body.edges):
            level = self._common(edge.source, edge.target)
            ends = {self.child(level, key) for key in (edge.source, edge.target)}
            if TOP in ends or len(ends) == 1:
                # A transition between a state and one inside it is drawn at the outer one.
                self.loops[level if TOP in ends else ends.pop()].append(number)
            else:
                self.transitions[level].append(number)

    def _add(self, level: str, states: tuple[State, ...], start: str | None) -> None:
        if not states:
            return
        self.inner[level] = states
        self.starts[level] = self._known(start, states)
        for state in states:
            key = state.node.key
            self.states[key] = state
            self._paths[key] = (*self._paths[level], key)
            self._add(key, state.inner, state.start)

    @staticmethod
    def _known(start: str | None, states: tuple[State, ...]) -> str:
        keys = [state.node.key for state in states]
        return start if start in keys and start is not None else keys[0]

    def _common(self, one: str, other: str) -> str:
        """Return the innermost level that both states are on or below."""
        level = TOP
        for here, there in zip(self._paths[one][:-1], self._paths[other][:-1], strict=False):
            if here != there:
                break
            level = here
        return level

    def path(self, key: str) -> tuple[str, ...]:
        """Return the states that *key* is inside of, from the outermost on, and itself."""
        return self._paths[key]

    def child(self, level: str, key: str) -> str:
        """Return the state of *level* that *key* is or is inside of, :data:`TOP` if it is neither."""
        depth = len(self._paths[level])
        path = self._paths[key]
        return path[depth] if len(path) > depth else TOP
