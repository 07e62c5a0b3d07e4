"""Straight lines for the tables of entity relationship diagrams.

The engine draws each line twice, by hand, in curves of a kilobyte, and breaks the lines inside a table
where the one around it is dashed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.foreign.bounding_boxes import box_of
from sphinx_diagram_ext.drawing.foreign.fixes import classes

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

INSET = 1.5
"""How far rows stay within the line around the table, in CSS pixels."""

_PAINT = ("stroke", "stroke-width", "stroke-dasharray")
_DASHED = "63"
"""What the engine makes of "6 3", the dashes of the tone caution: it loses the space."""


def square_tables(root: Element) -> None:
    """Draw frames, rows and dividers of every table with one straight path each."""
    for node in root.iter("g"):
        for at, part in enumerate(node):
            kinds = classes(part) & {"outer-path", "row-rect-odd", "row-rect-even", "divider"}
            paths = part.findall("path") if kinds else []
            box = box_of(paths[0]) if len(paths) > 1 else None
            if box is None:
                continue
            left, top, right, bottom = box
            path, line = paths[0], paths[1]
            for name in _PAINT:
                path.attrib.pop(name, None)
            if "divider" in kinds:
                path.set("d", f"M{left + INSET:.2f},{top:.2f}H{right - INSET:.2f}")
                if right - left < bottom - top:
                    path.set("d", f"M{left:.2f},{top:.2f}V{bottom - INSET:.2f}")
                path.attrib |= {"stroke": line.get("stroke") or "", "stroke-width": "1"}
            elif "outer-path" in kinds:
                path.set("d", f"M{left:.2f},{top:.2f}H{right:.2f}V{bottom:.2f}H{left:.2f}z")
                path.attrib |= {name: line.get(name) or "" for name in _PAINT[:2]}
                if line.get("stroke-dasharray") == _DASHED:
                    path.set("stroke-dasharray", "6 3")
            else:
                low = bottom - INSET
                path.set("d", f"M{left + INSET:.2f},{top:.2f}H{right - INSET:.2f}V{low:.2f}H{left + INSET:.2f}z")
            node[at] = path
