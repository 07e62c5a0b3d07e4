"""Renderers: a body of a diagram as a scene, one module a family."""

from sphinx_diagram_ext.drawing.renderers.renderer import NARROW, WIDE, Renderer, Space
from sphinx_diagram_ext.drawing.renderers.table import RENDERERS, renderer_of

__all__ = ["NARROW", "RENDERERS", "WIDE", "Renderer", "Space", "renderer_of"]
