"""Layered layout: blocks in ranks, joined by lines at right angles.

It works in two directions: *along* the flow, from rank to rank, and *across* it. A picture from top to bottom takes
across as x and along as y; all others turn or mirror that. The steps are those of Sugiyama, Tagawa and Toda (Methods
for visual understanding of hierarchical system structures, 1981): cycles are broken, blocks are ranked, ranks are
ordered, and places are given; then lines run in the channels between the ranks, where nothing else is.
"""

from sphinx_diagram_ext.drawing.layered.columns import least_breadth, spread
from sphinx_diagram_ext.drawing.layered.layout import arranged
from sphinx_diagram_ext.drawing.layered.order import inversions
from sphinx_diagram_ext.drawing.layered.parts import Arrangement, Block, End, Link, Route, Spacing, TooLargeError
from sphinx_diagram_ext.drawing.layered.ranks import turned_links
from sphinx_diagram_ext.drawing.layered.turn import Turn

__all__ = [
    "Arrangement",
    "Block",
    "End",
    "Link",
    "Route",
    "Spacing",
    "TooLargeError",
    "Turn",
    "arranged",
    "inversions",
    "least_breadth",
    "spread",
    "turned_links",
]
