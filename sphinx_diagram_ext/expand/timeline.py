"""Timelines as Mermaid timelines (https://mermaid.js.org/syntax/timeline.html)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.expand.expansion import Expansion, Ink
from sphinx_diagram_ext.model import Direction

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Timeline

EVENT_WIDTH = 140.0


def timeline(body: Timeline) -> Expansion:
    """Return *body* as a timeline; a colon in a time never ends it."""
    ink = Ink(quoted=False)
    vertical = body.direction in (Direction.TB, Direction.BT)
    ink.write("timeline TD" if vertical else "timeline")
    for period in body.periods:
        if period.label:
            ink.write(f"  section {ink.label(period.label, EVENT_WIDTH)}")
        for event in period.events:
            parts = [ink.label(event.time, EVENT_WIDTH), ink.label(event.node.label, EVENT_WIDTH)]
            parts += [ink.label(detail, EVENT_WIDTH) for detail in event.node.details]
            ink.write(f"    {' : '.join(parts)}")
    return ink.finish("timeline")
