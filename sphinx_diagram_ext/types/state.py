"""``type: state``: states, states inside states and transitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Direction, Edge, State, StateMachine
from sphinx_diagram_ext.types.base import DiagramSpec
from sphinx_diagram_ext.types.builder import Builder, Names
from sphinx_diagram_ext.types.nodes import IconSpec, ItemSpec, LinkSpec
from sphinx_diagram_ext.types.texts import Key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.yaml_source import Path

    States = dict[str, "StateSpec | None"]


class StateSpec(ItemSpec, IconSpec):
    """A state; plain text instead of the mapping is its name."""

    final: bool = Field(False, description="Everything may end here.")
    states: dict[Key, StateSpec | None] = Field({}, description="States that this one is made of.")
    start: Key | None = Field(None, description="First of them; the first one written if left out.")


class StateDiagramSpec(DiagramSpec):
    """States and transitions."""

    type: Literal["state"]
    states: dict[Key, StateSpec | None] = Field(min_length=1, description="States by key.")
    start: Key | None = Field(None, description="First state; the first one written if left out.")
    transitions: list[LinkSpec] = Field([], description="What leads from state to state.")


def build(spec: StateDiagramSpec, builder: Builder) -> StateMachine:
    """Return the state machine."""
    names = Names(_pairs(spec.states, ""))
    states = _states(spec.states, "", names, builder, ("states",))
    start = _start(spec.start, spec.states, "", names, builder, ())
    edges = [builder.edge(item, names, "transitions", index) for index, item in enumerate(spec.transitions)]
    _refuse_inward(edges, states, builder)
    return StateMachine(states, start, tuple(filter(None, edges)), spec.direction or Direction.TB)


def _pairs(states: States, group: str) -> Iterator[tuple[str, str]]:
    for key, state in states.items():
        yield group, key
        if state:
            yield from _pairs(state.states, f"{group}.{key}" if group else key)


def _states(states: States, group: str, names: Names, builder: Builder, path: Path) -> tuple[State, ...]:
    found = []
    for key, given in states.items():
        spec = given or StateSpec()
        own = names.key(group, key)
        below = f"{group}.{key}" if group else key
        inner = _states(spec.states, below, names, builder, (*path, key, "states"))
        start = _start(spec.start, spec.states, below, names, builder, (*path, key)) if inner else None
        if spec.start and not inner:
            builder.problem(Code.SCHEMA, f"{key!r} has a start and no states inside.", *path, key, "start", key=True)
        if spec.details and inner:
            message = f"{key!r} has states inside; its details belong to them or into its explanation."
            builder.problem(Code.SCHEMA, message, *path, key, "details", key=True)
        found.append(State(builder.node(own, spec, *path, key, name=key), inner, start, spec.final))
    return tuple(found)


def _start(start: str | None, states: States, group: str, names: Names, builder: Builder, path: Path) -> str:
    """Return the key of the first of *states*."""
    if start is not None and start not in states:
        hint = builder.did_you_mean(start, states)
        builder.problem(Code.UNKNOWN_NODE, f"There is no state {start!r} to start with here.{hint}", *path, "start")
        start = None
    return names.key(group, start or next(iter(states)))


def _refuse_inward(edges: list[Edge | None], states: tuple[State, ...], builder: Builder) -> None:
    """Note transitions between a state and one inside it, which cannot be drawn."""
    inside = dict(_insides(states))
    for index, edge in enumerate(edges):
        for outer, inner in ((edge.source, edge.target), (edge.target, edge.source)) if edge else ():
            if inner in inside[outer]:
                message = f"{inner!r} is a state inside {outer!r}: lead from state to state inside it, or outside."
                builder.problem(Code.SCHEMA, message, "transitions", index, "to")


def _insides(states: tuple[State, ...]) -> Iterator[tuple[str, set[str]]]:
    """Yield the key of every state and the keys of all the states inside it."""
    for state in states:
        below = dict(_insides(state.inner))
        yield from below.items()
        yield state.node.key, set(below)
