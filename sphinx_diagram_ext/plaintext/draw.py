"""Choice of who draws a diagram in characters, and refusal of what a reader could not use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.model import Chart, Entities, Matrix, Schedule, Sequence, Shares, Timeline
from sphinx_diagram_ext.plaintext import bars, graphs, matrix, schedule, sequences, tables, timeline
from sphinx_diagram_ext.plaintext.columns import columns

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.model import Diagram

MOST_LINES = 100
"""A longer drawing is no picture any more: its parts are pages apart."""

_OWN: dict[type, Callable[[Any, int], list[str] | None]] = {
    Chart: bars.chart,
    Shares: bars.shares,
    Schedule: schedule.schedule,
    Timeline: timeline.timeline,
    Matrix: matrix.matrix,
    Sequence: sequences.sequence,
    Entities: tables.entities,
}


def draw_text(diagram: Diagram, engine: Engine, width: int) -> str | None:
    """Return *diagram* drawn in characters, at most *width* columns wide.

    Graphs and states are laid out by the engine, everything else is drawn here. None means that no
    drawing fits, or that none says everything that the picture does.
    """
    own = _OWN.get(type(diagram.body))
    lines = own(diagram.body, width) if own else graphs.graph(diagram, engine, width)
    if not lines or len(lines) > MOST_LINES or max(map(columns, lines)) > width:
        return None
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"
