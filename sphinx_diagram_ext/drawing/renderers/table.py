"""Table of the renderers, by the body that each draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.renderers import comparison, schedule, timeline
from sphinx_diagram_ext.model import Comparison, Schedule, Timeline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_diagram_ext.drawing.renderers.renderer import Renderer

RENDERERS: Mapping[type[object], Renderer] = {
    Comparison: comparison.draw,
    Schedule: schedule.draw,
    Timeline: timeline.draw,
}
"""Bodies that are not here (Mermaid of an author's own, types of a project's own) are drawn by the engine."""
