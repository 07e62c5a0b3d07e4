"""What is done to an engine's SVG before anyone sees it."""

from __future__ import annotations

from sphinx_diagram_ext.svg.finish import finish
from sphinx_diagram_ext.svg.ids import ANCHOR
from sphinx_diagram_ext.svg.labels import Labels
from sphinx_diagram_ext.svg.standalone import standalone
from sphinx_diagram_ext.svg.themed import darkened, themed

__all__ = ["ANCHOR", "Labels", "darkened", "finish", "standalone", "themed"]
