"""Faults of a picture: what a strict reader would mark, found in its scene by geometry alone."""

from sphinx_diagram_ext.drawing.faults.count import count, faults
from sphinx_diagram_ext.drawing.faults.kinds import KINDS, Fault, Kind

__all__ = ["KINDS", "Fault", "Kind", "count", "faults"]
