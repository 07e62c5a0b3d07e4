"""Boxes of exact size: shapes that merman does not measure.

An image of a fixed size is laid out as large as the source says, without a look at the image or at a text
(https://mermaid.js.org/syntax/flowchart.html#image-shape).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_diagram_ext.engine.protocol import EngineError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_diagram_ext.engine.layout import Layout, NodeBox
    from sphinx_diagram_ext.mermaid import MermaidSource

MIN_SIZE, MAX_SIZE = 1.0, 100_000.0
"""Least and greatest width and height in CSS pixels; merman makes every box at least as large as the first."""

_TOLERANCE = 0.01
_NODE = re.compile(r"^( *)(\w+)[\[({@].*$", re.MULTILINE)
"""The line on which an emitted flowchart says what a node looks like."""


def sized(source: MermaidSource, sizes: Mapping[str, tuple[float, float]]) -> MermaidSource:
    """Return *source* with the nodes of *sizes* (by model key: width, height in pixels) as boxes of that size.

    Raises:
        EngineError: the family is another than flowchart, or a key is unknown, or a size is too small or too large.
    """
    if source.family != "flowchart":
        raise EngineError(f"merman takes sizes of nodes in graphs only, not for the family {source.family!r}")
    names = {key: name for name, key in source.nodes.items()}
    shapes = {}
    for key, (width, height) in sizes.items():
        if key not in names:
            raise EngineError(f"there is no node {key!r} to lay out")
        if not (MIN_SIZE <= width <= MAX_SIZE and MIN_SIZE <= height <= MAX_SIZE):
            said = f"the size of the node {key!r} is {width} x {height}"
            raise EngineError(f"{said}, not between {MIN_SIZE:g} and {MAX_SIZE:g} px")
        shapes[names[key]] = f'@{{ img: "x", w: {width:.4f}, h: {height:.4f}, constraint: "on" }}'

    def shaped(line: re.Match[str]) -> str:
        shape = shapes.pop(line[2], None)
        return line[0] if shape is None else f"{line[1]}{line[2]}{shape}"

    return replace(source, skeleton=_NODE.sub(shaped, source.skeleton))


def confirmed(layout: Layout, sizes: Mapping[str, tuple[float, float]]) -> Layout:
    """Return *layout* with exactly *sizes*, which rounding may have changed.

    Raises:
        EngineError: a node has got another size.
    """
    return replace(layout, nodes=tuple(_confirmed(node, sizes.get(node.id)) for node in layout.nodes))


def _confirmed(node: NodeBox, size: tuple[float, float] | None) -> NodeBox:
    if size is None:
        return node
    width, height = size
    if abs(node.width - width) > _TOLERANCE or abs(node.height - height) > _TOLERANCE:
        got, asked = f"{node.width} x {node.height}", f"{width} x {height}"
        raise EngineError(f"merman made the node {node.id!r} {got} instead of {asked}")
    return replace(node, width=float(width), height=float(height))
