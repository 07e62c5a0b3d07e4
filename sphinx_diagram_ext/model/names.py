"""Names of nodes where there is no picture to point at."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.model.chart import Chart
from sphinx_diagram_ext.model.graph import Graph
from sphinx_diagram_ext.model.schedule import Schedule
from sphinx_diagram_ext.model.state import State, StateMachine
from sphinx_diagram_ext.model.timeline import Timeline

if TYPE_CHECKING:
    from sphinx_diagram_ext.model.diagram import Diagram
    from sphinx_diagram_ext.model.graph import Node


class Name(NamedTuple):
    """A node's label, and what tells it from others with the same: where it is, else what it says."""

    label: str
    apart: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.label} ({', '.join(self.apart)})" if self.apart else self.label


def names(diagram: Diagram) -> dict[str, Name]:
    """Return a name for each key; no two nodes with the same label have the same.

    A label says which node of the picture is meant, as long as there is one of it. Of several
    with one label each gets the frame or the time that it is in, else its first detail,
    else both; where that is not enough, they are numbered.
    """
    alike: dict[str, list[Node]] = defaultdict(list)
    for node in diagram.nodes:
        alike[node.label.text].append(node)
    frames = _frames(diagram)
    found: dict[str, Name] = {}
    for label, nodes in alike.items():
        for node, apart in zip(nodes, _apart(nodes, frames), strict=True):
            found[node.key] = Name(label, apart)
    return {node.key: found[node.key] for node in diagram.nodes}


def _apart(nodes: list[Node], frames: dict[str, str]) -> list[tuple[str, ...]]:
    """Return what tells *nodes* apart, nothing for a single one."""
    if len(nodes) == 1:
        return [()]
    frame: list[tuple[str, ...]] = [
        (" ".join(frames[node.key].split()),) if node.key in frames else () for node in nodes
    ]
    detail: list[tuple[str, ...]] = [tuple(line.text for line in node.details[:1]) for node in nodes]
    both: list[tuple[str, ...]] = [(*where, *what) for where, what in zip(frame, detail, strict=True)]
    for choice in (frame, detail, both):
        if len(set(choice)) == len(nodes):
            return choice
    return [(*words, str(number)) for number, words in enumerate(both, 1)]


def _frames(diagram: Diagram) -> dict[str, str]:
    """Return the frame, phase, series or time that each node is in, by its key."""
    body = diagram.body
    if isinstance(body, Graph):
        # Inner groups come after those around them.
        return {key: group.label.text for group in body.groups for key in group.nodes}
    if isinstance(body, Timeline):
        return {event.node.key: event.time.text for period in body.periods for event in period.events}
    if isinstance(body, Schedule):
        return {task.node.key: phase.label.text for phase in body.phases for task in phase.tasks}
    if isinstance(body, Chart):
        return {one.node.key: line.label.text for line in body.series if line.label for one in line.measures}
    if isinstance(body, StateMachine):
        return {inner.node.key: state.node.label.text for state in _states(body.states) for inner in state.inner}
    return {}


def _states(states: tuple[State, ...]) -> list[State]:
    return [one for state in states for one in (state, *_states(state.inner))]
