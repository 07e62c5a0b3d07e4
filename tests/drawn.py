"""Pictures as text, for tests that look into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.drawing.foreign import adapt
from sphinx_diagram_ext.drawing.ids import ANCHOR

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.foreign import Labels
    from sphinx_diagram_ext.engine import Drawing, Engine
    from sphinx_diagram_ext.mermaid import MermaidSource
    from sphinx_diagram_ext.model import Diagram


def svg_of(diagram: Diagram, source: MermaidSource, engine: Engine) -> str:
    """Return the picture in the light colours, with ANCHOR in its ids."""
    return pipeline.draw(diagram, source, engine).plain(ANCHOR)


def adapted(drawing: Drawing, labels: Labels) -> str:
    """Return the picture of an engine likewise."""
    return adapt(drawing, labels).plain(ANCHOR)
