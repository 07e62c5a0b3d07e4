"""Places of a level of a state machine, and of all that is inside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.geometry import Point, Rect
    from sphinx_diagram_ext.drawing.layered import End
    from sphinx_diagram_ext.drawing.renderers.line_labels import Label
    from sphinx_diagram_ext.drawing.renderers.state_parts import Rows


@dataclass(frozen=True, slots=True)
class Demand:
    """A transition that leaves a level, from the state with the key ``inside`` or to it, at the first or last rank."""

    edge: int
    leaving: bool
    end: End
    inside: str

    @property
    def port(self) -> str:
        """The name of the block where it passes the border."""
        return f"port {self.edge} {self.leaving}"


@dataclass(slots=True)
class Placed:
    """A level and all that is inside it."""

    width: float = 0.0
    height: float = 0.0
    states: dict[str, Rect] = field(default_factory=dict)
    texts: dict[str, Rows] = field(default_factory=dict)
    frames: dict[str, Rect] = field(default_factory=dict)
    marks: list[tuple[str, Rect]] = field(default_factory=list)
    mark_lines: list[tuple[list[Point], tuple[str, str]]] = field(default_factory=list)
    pieces: dict[int, dict[int, list[Point]]] = field(default_factory=dict)
    """For each transition its pieces, by where they come in its line."""
    labels: list[Label] = field(default_factory=list)
    ports: dict[Demand, Point] = field(default_factory=dict)

    def lines(self) -> Iterator[tuple[int, list[Point]]]:
        """Yield the number of each transition and its whole line."""
        for number, pieces in sorted(self.pieces.items()):
            yield number, [point for _, piece in sorted(pieces.items()) for point in piece]

    def absorb(self, other: Placed, dx: float, dy: float) -> None:
        """Take over all of an inner level, moved."""
        self.states |= {key: rect.moved(dx, dy) for key, rect in other.states.items()}
        self.frames |= {key: rect.moved(dx, dy) for key, rect in other.frames.items()}
        self.texts |= other.texts
        self.marks += [(name, rect.moved(dx, dy)) for name, rect in other.marks]
        self.mark_lines += [(_moved(points, dx, dy), ends) for points, ends in other.mark_lines]
        for number, pieces in other.pieces.items():
            self.pieces.setdefault(number, {}).update({at: _moved(points, dx, dy) for at, points in pieces.items()})
        self.labels += [label.moved(dx, dy) for label in other.labels]


def _moved(points: list[Point], dx: float, dy: float) -> list[Point]:
    return [(x + dx, y + dy) for x, y in points]
