"""Layout requests as flowcharts: boxes are images of a fixed size, which merman lays out without measuring.

An image is as large as the source says, without a look at it or at a text
(https://mermaid.js.org/syntax/flowchart.html#image-shape).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.engine.merman.width_stand_ins import UNIT, padding
from sphinx_diagram_ext.engine.protocol import EngineError
from sphinx_diagram_ext.fonts import FONT_SIZE
from sphinx_diagram_ext.mermaid import MermaidSource

if TYPE_CHECKING:
    from sphinx_diagram_ext.engine.layout import LayoutRequest, SizedGroup

MIN_SIZE, MAX_SIZE = 1.0, 100_000.0
"""Least and greatest width and height in CSS pixels; merman makes every box at least as large as the first."""

_ABOVE = 20.0
"""Room that merman leaves between the top of a frame and its first node, with a title of one line."""

_LINE = 17.6
"""Height that merman gives a line of a label."""


def flowchart_of(request: LayoutRequest) -> MermaidSource:
    """Return *request* as a flowchart without labels of its own.

    Raises:
        EngineError: a box is too small or too large.
    """
    names = {node.id: f"n{index}" for index, node in enumerate(request.nodes)}
    frames = {group.id: f"g{index}" for index, group in enumerate(request.groups)}
    lines = [f"flowchart {request.direction}"]
    for node in request.nodes:
        if not (MIN_SIZE <= node.width <= MAX_SIZE and MIN_SIZE <= node.height <= MAX_SIZE):
            said = f"the size of the node {node.id!r} is {node.width} x {node.height}"
            raise EngineError(f"{said}, not between {MIN_SIZE:g} and {MAX_SIZE:g} px")
        lines.append(f'{names[node.id]}@{{ img: "x", w: {node.width:.2f}, h: {node.height:.2f}, constraint: "on" }}')
    _write_groups(request, names, frames, lines)
    for edge in request.edges:
        arrow = "-->" if edge.drawn else "~~~"
        lines.append(f"{names[edge.source]} {arrow}{_stand_in(edge.label)} {names[edge.target]}")
    spacing = {
        "nodeSpacing": request.node_spacing,
        "rankSpacing": request.rank_spacing,
        "padding": request.padding,
        "subGraphTitleMargin": {"top": 0, "bottom": max(0, request.title_height - _ABOVE)},
    }
    config: dict[str, object] = {"flowchart": spacing}
    if request.elk:
        config["layout"] = "elk"
    return MermaidSource(
        family="flowchart",
        text="",
        skeleton="\n".join(lines) + "\n",
        nodes={name: key for key, name in names.items()},
        groups={name: key for key, name in frames.items()},
        config=config,
    )


def _write_groups(request: LayoutRequest, names: dict[str, str], frames: dict[str, str], lines: list[str]) -> None:
    """Write the groups, the last one first.

    Mermaid draws groups that nothing else orders from the last to the first.
    """
    inside: dict[str | None, list[SizedGroup]] = {}
    for group in request.groups:
        inside.setdefault(group.parent, []).append(group)
    waiting: list[SizedGroup | None] = [*inside.get(None, ())]
    while waiting:
        found = waiting.pop()
        if found is None:
            lines.append("end")
            continue
        lines.append(f'subgraph {frames[found.id]}["{_letters(found.title_width)}"]')
        if found.direction:
            lines.append(f"direction {found.direction}")
        lines += [names[key] for key in found.nodes]
        waiting += [None, *inside.get(found.id, ())]


def _stand_in(size: tuple[float, float] | None) -> str:
    """Return a label of the size *size*: merman measures letters."""
    if size is None:
        return ""
    rows = [_letters(size[0])] * max(1, round(size[1] / _LINE))
    return '|"' + "\\n".join(rows) + '"|'


def _letters(width: float) -> str:
    return padding(round(width / FONT_SIZE / UNIT)) or "i"
