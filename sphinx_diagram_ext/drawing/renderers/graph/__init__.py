"""Renderer of graphs: boxes in ranks, frames, titles, lines and labels."""

from sphinx_diagram_ext.drawing.renderers.graph.renderer import draw

__all__ = ["draw"]
