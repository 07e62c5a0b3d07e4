"""Names of nodes where there is no picture to point at."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from sphinx_diagram_ext.model.chart import Chart
from sphinx_diagram_ext.model.graph import Graph
from sphinx_diagram_ext.model.schedule import Schedule
from sphinx_diagram_ext.model.state import StateMachine
from sphinx_diagram_ext.model.table import Comparison
from sphinx_diagram_ext.model.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx_diagram_ext.model.diagram import Diagram
    from sphinx_diagram_ext.model.graph import Node
    from sphinx_diagram_ext.model.state import State


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
    """Return the frame, side, phase, series or time that each node is in, by its key."""
    frames = _FRAMES.get(type(diagram.body))
    return dict(frames(diagram.body)) if frames else {}


def _inside(states: tuple[State, ...]) -> Iterator[tuple[str, str]]:
    for state in states:
        yield from ((inner.node.key, state.node.label.text) for inner in state.inner)
        yield from _inside(state.inner)


_Frames: TypeAlias = "Callable[[Any], Iterable[tuple[str, str]]]"

_FRAMES: dict[type, _Frames] = {
    # Inner groups come after those around them.
    Graph: lambda body: ((key, group.label.text) for group in body.groups for key in group.nodes),
    Comparison: lambda body: ((node.key, side.label.text) for side in body.sides for node in side.nodes),
    Timeline: lambda body: ((one.node.key, one.time.text) for period in body.periods for one in period.events),
    Schedule: lambda body: ((task.node.key, phase.label.text) for phase in body.phases for task in phase.tasks),
    Chart: lambda body: (
        (one.node.key, line.label.text) for line in body.series if line.label for one in line.measures
    ),
    StateMachine: lambda body: _inside(body.states),
}
