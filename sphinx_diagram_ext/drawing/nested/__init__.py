"""Nested layout: blocks in ranks and in frames, whose lines pass between them.

The steps are those of :mod:`sphinx_diagram_ext.drawing.layered`, with frames around blocks: their sides are vertices
of every rank that they reach over (Sander, Layout of compound directed graphs, 1996). What comes of it are places and
the points that lines pass; lines are routed by who asks.
"""

from sphinx_diagram_ext.drawing.nested.layout import nested
from sphinx_diagram_ext.drawing.nested.parts import Frame, Gaps, Nested, Tie

__all__ = ["Frame", "Gaps", "Nested", "Tie", "nested"]
