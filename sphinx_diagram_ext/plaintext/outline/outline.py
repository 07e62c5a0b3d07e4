"""Choice of the outline of each type."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.model import (
    Chart,
    Comparison,
    Entities,
    Graph,
    Matrix,
    Schedule,
    Sequence,
    Shares,
    StateMachine,
    Timeline,
)
from sphinx_diagram_ext.plaintext.outline import charts, graphs, sequences, times
from sphinx_diagram_ext.plaintext.outline.common import Outliner
from sphinx_diagram_ext.plaintext.outline.entry import Entry, Outline, Wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_diagram_ext.model import Diagram

_OF_TYPE: dict[type, Callable[[Diagram, Any, Wording], Outline]] = {
    Chart: charts.chart,
    Comparison: graphs.comparison,
    Entities: graphs.entities,
    Graph: graphs.graph,
    Matrix: charts.matrix,
    Schedule: times.schedule,
    Sequence: sequences.sequence,
    Shares: charts.shares,
    StateMachine: graphs.states,
    Timeline: times.timeline,
}


def outline(diagram: Diagram, wording: Wording | None = None, alt: str = "") -> Outline:
    """Return all that the picture of *diagram* says.

    Args:
        diagram: the diagram.
        wording: the words that are added, English unless told.
        alt: what a page says in the place of the picture.
    """
    wording = wording or Wording()
    summary = diagram.summary.text if diagram.summary else ""
    said = tuple(text for text in (alt, summary) if text)
    own = _OF_TYPE.get(type(diagram.body), _nodes)(diagram, diagram.body, wording)
    return Outline((*said, *own.remarks), tuple(map(_in_one_line, own.entries)))


def _in_one_line(entry: Entry) -> Entry:
    """Return an entry without the line breaks that its texts have in the picture."""
    return replace(
        entry,
        text=" ".join(entry.text.split()),
        leads=tuple(lead._replace(text=" ".join(lead.text.split())) for lead in entry.leads),
        before=tuple(lead._replace(text=" ".join(lead.text.split())) for lead in entry.before),
        inner=tuple(map(_in_one_line, entry.inner)),
    )


def _nodes(diagram: Diagram, body: object, wording: Wording) -> Outline:
    """Return the nodes of Mermaid source or of a type of a project's own, and their edges."""
    del body
    outliner = Outliner(diagram, wording)
    outliner.connect(diagram.edges)
    return Outline((), tuple(map(outliner.node, diagram.nodes)))
