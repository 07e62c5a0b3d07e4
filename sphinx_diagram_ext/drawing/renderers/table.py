"""Table of the renderers, by the body that each draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.renderers.graph import draw as draw_graph
from sphinx_diagram_ext.model import Graph

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_diagram_ext.drawing.renderers.renderer import Renderer

RENDERERS: Mapping[type[object], Renderer] = {
    Graph: draw_graph,
}
"""Bodies that are not here (Mermaid of an author's own, types of a project's own) are drawn by the engine."""

PLACED_BY_ENGINE = frozenset((Graph,))
"""Bodies whose renderer asks the engine where everything is."""


def renderer_of(body: object, *, places: bool) -> Renderer | None:
    """Return what draws *body*, None for the engine itself; *places* tells whether the engine lays graphs out."""
    found = RENDERERS.get(type(body))
    return found if places or type(body) not in PLACED_BY_ENGINE else None
