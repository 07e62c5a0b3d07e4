"""Renderer of graphs: boxes placed by the engine, frames, titles, lines and labels of our own."""

from sphinx_diagram_ext.drawing.renderers.graph.renderer import draw

__all__ = ["draw"]
