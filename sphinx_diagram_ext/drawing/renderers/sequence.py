"""Renderer of sequences: lifelines with messages between them, or a list where there are too many of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.renderers.sequence_columns import fitted
from sphinx_diagram_ext.drawing.renderers.sequence_rows import rows
from sphinx_diagram_ext.drawing.renderers.sequence_steps import lanes

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.drawing.scene import Scene
    from sphinx_diagram_ext.model import Diagram, Sequence


def draw(diagram: Diagram, body: Sequence, space: Space) -> Scene:  # noqa: ARG001 (the contract gives it)
    """Return the scene of a sequence."""
    columns = fitted(body, space)
    return lanes(body, columns) if columns else rows(body, space)
