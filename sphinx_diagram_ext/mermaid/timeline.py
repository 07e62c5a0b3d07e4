"""Timelines as Mermaid timelines (https://mermaid.js.org/syntax/timeline.html)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_diagram_ext.mermaid.source import MermaidSource, MermaidWriter
from sphinx_diagram_ext.model import Direction

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Timeline

EVENT_WIDTH = 140.0
ROW_WIDTHS = (110.0, 190.0, 280.0)
"""Widths of a time, of what happened and of a title, where they are beside each other."""


def timeline(body: Timeline) -> MermaidSource:
    """Return *body* as a timeline; a colon in a time never ends it."""
    writer = MermaidWriter(quoted=False)
    vertical = body.direction in (Direction.TB, Direction.BT)
    writer.write("timeline TD" if vertical else "timeline")
    time, text, title = ROW_WIDTHS if vertical else (EVENT_WIDTH,) * 3
    times = body.times
    for period in body.periods:
        if period.label:
            writer.write(f"  section {writer.label(period.label, title, bold=True)}")
        for event in period.events:
            parts = [
                writer.label(replace(event.time, text=times[event.node.key]), time),
                writer.label(event.node.label, text),
            ]
            parts += [writer.label(detail, text) for detail in event.node.details]
            writer.write(f"    {' : '.join(parts)}")
    return writer.finish("timeline", order=tuple(node.key for node in body.nodes))
