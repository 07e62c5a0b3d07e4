"""Graphs in the languages of other tools, with the lines, shapes and colours that Mermaid gets from the emitter."""

from __future__ import annotations

import html
import itertools
import json
import re
from typing import TYPE_CHECKING

from sphinx_diagram_ext.fonts import wrap
from sphinx_diagram_ext.mermaid.flowchart import DECISION_WIDTH, EDGE_WIDTH, NODE_WIDTH, TITLE_WIDTH
from sphinx_diagram_ext.model import Direction, EdgeStyle, Role, Tone
from sphinx_diagram_ext.palette import LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.model import Edge, Graph, Group, Message, Node

_D2_DIRECTIONS = {Direction.TB: "down", Direction.BT: "up", Direction.LR: "right", Direction.RL: "left"}
_D2_SHAPES = {
    Role.SERVICE: "rectangle",
    Role.DATABASE: "cylinder",
    Role.QUEUE: "queue",
    Role.STORAGE: "stored_data",
    Role.ACTOR: "oval",
    Role.DECISION: "hexagon",
    Role.EXTERNAL: "parallelogram",
    Role.NOTE: "page",
}
_DOT_SHAPES = {
    Role.SERVICE: "box",
    Role.DATABASE: "cylinder",
    Role.QUEUE: "cylinder",
    Role.STORAGE: "box3d",
    Role.ACTOR: "ellipse",
    Role.DECISION: "hexagon",
    Role.EXTERNAL: "parallelogram",
    Role.NOTE: "note",
}
_DASHES = {Tone.CAUTION: 4}
_BORDERS = {Tone.PROBLEM: 3, Tone.CAUTION: 2}
DOT_FONT = "Arial"
"""A font whose widths Graphviz knows without a file; those of Liberation Sans are the same."""


_CODE = re.compile(r"#(\d+);")
_READ = frozenset('"<>#&;`\\')
"""Characters that Mermaid reads inside quotes."""


DOT_MARGIN = "0.12,0.08"
"""Inches beside and above a text. The default, 0.11 and 0.055, is at the limit of a fault: rounding would decide."""


def mermaid(text: str) -> str:
    """Return Mermaid's *text* with as few entity codes as it can be: as SVG it shows some as they are written."""
    return _CODE.sub(lambda found: found[0] if chr(int(found[1])) in _READ else chr(int(found[1])), text)


def d2(graph: Graph) -> str:
    """Return *graph* as D2 (https://d2lang.com)."""
    names = _Names(graph)
    lines = [f"direction: {_D2_DIRECTIONS[graph.direction]}"]
    lines += _d2_level(graph, None, names)
    lines += [_d2_edge(edge, names) for edge in graph.edges]
    lines += [f"{names.path[one]} -> {names.path[two]}: {{style.opacity: 0}}" for one, two in _unseen(graph)]
    return "\n".join(lines) + "\n"


def dot(graph: Graph) -> str:
    """Return *graph* as DOT (https://graphviz.org/doc/info/lang.html)."""
    names = _Names(graph)
    font = f'fontname="{DOT_FONT}"'
    lines = ["digraph {", f"rankdir={graph.direction}", font, f"node [{font}]", f'node [margin="{DOT_MARGIN}"]']
    lines += [f"edge [{font}]"]
    lines += _dot_level(graph, None, names)
    lines += [_dot_edge(edge, names) for edge in graph.edges]
    lines += [f"{names.node[one]} -> {names.node[two]} [style=invis]" for one, two in _unseen(graph)]
    return "\n".join([*lines, "}"]) + "\n"


class _Names:
    """Names of nodes and groups: their place in the model, so that no key has to be escaped."""

    def __init__(self, graph: Graph) -> None:
        self.node = {node.key: f"n{number}" for number, node in enumerate(graph.nodes)}
        self.group = {group.key: f"g{number}" for number, group in enumerate(graph.groups)}
        self.path = dict(self.node)
        frames: dict[str, str] = {}
        for group in graph.groups:
            above = f"{frames[group.parent]}." if group.parent else ""
            frames[group.key] = f"{above}{self.group[group.key]}"
            self.path |= {key: f"{frames[group.key]}.{self.node[key]}" for key in group.nodes}


def _unseen(graph: Graph) -> Iterator[tuple[str, str]]:
    """Yield the ends of links that are not drawn and keep stacked groups below each other, as Mermaid gets them."""
    if not graph.stacked:
        return
    parents = {group.key: group.parent or group.key for group in graph.groups}
    home = {key: parents[group.key] for group in graph.groups for key in group.nodes}
    joined = {frozenset((home.get(edge.source), home.get(edge.target))) for edge in graph.edges}
    tops = [group.key for group in graph.groups if group.parent is None]
    for pair in itertools.pairwise(tops):
        if frozenset(pair) not in joined:
            first, second = (next(key for key, group in home.items() if group == top) for top in pair)
            yield first, second


def _inside(graph: Graph, parent: str | None) -> tuple[list[Node], list[Group]]:
    """Return the nodes and the groups directly inside the group *parent*."""
    groups = [group for group in graph.groups if group.parent == parent]
    if parent is not None:
        keys = next(group.nodes for group in graph.groups if group.key == parent)
        return [node for node in graph.nodes if node.key in keys], groups
    held = {key for group in graph.groups for key in group.nodes}
    return [node for node in graph.nodes if node.key not in held], groups


def _rows(message: Message, width: float, *, bold: bool = False) -> list[str]:
    return wrap(message.text, width, bold=bold)


def _node_rows(node: Node) -> tuple[list[str], list[str]]:
    """Return the lines of a node's label and those of its details."""
    width = DECISION_WIDTH if node.role is Role.DECISION else NODE_WIDTH
    label = _rows(node.label, width, bold=bool(node.details) and not node.plain)
    return label, [row for detail in node.details for row in _rows(detail, width)]


def _d2_text(rows: list[str]) -> str:
    return json.dumps("\n".join(rows), ensure_ascii=False).replace("${", "\\${")


def _d2_level(graph: Graph, parent: str | None, names: _Names) -> Iterator[str]:
    nodes, groups = _inside(graph, parent)
    for node in nodes:
        label, details = _node_rows(node)
        shape = f"shape: {_D2_SHAPES[node.role]}"
        styles = "; ".join([shape, *_d2_tone(node.tone)])
        yield f"{names.node[node.key]}: {_d2_text(label + details)} {{{styles}}}"
    for group in groups:
        yield f"{names.group[group.key]}: {_d2_text(_rows(group.label, TITLE_WIDTH, bold=True))} {{"
        if group.tone is not Tone.NEUTRAL:
            yield f'style.stroke: "{LIGHT[group.tone].stroke}"'
        yield from _d2_level(graph, group.key, names)
        yield "}"


def _d2_tone(tone: Tone) -> Iterator[str]:
    if tone is Tone.NEUTRAL:
        return
    swatch = LIGHT[tone]
    yield f'style.fill: "{swatch.fill}"; style.stroke: "{swatch.stroke}"; style.font-color: "{swatch.text}"'
    if tone in _BORDERS:
        yield f"style.stroke-width: {_BORDERS[tone]}"
    if tone in _DASHES:
        yield f"style.stroke-dash: {_DASHES[tone]}"


def _d2_edge(edge: Edge, names: _Names) -> str:
    arrow = "--" if edge.style is EdgeStyle.PLAIN and not edge.stopped else "->"
    styles = {
        EdgeStyle.DASHED: ["style.stroke-dash: 4"],
        EdgeStyle.THICK: ["style.stroke-width: 4"],
    }.get(edge.style, [])
    if edge.tone is not Tone.NEUTRAL:
        styles = [*styles, f'style.stroke: "{LIGHT[edge.tone].stroke}"']
    if edge.stopped:
        styles = [*styles, "target-arrowhead: {shape: cross}"]
    label = _d2_text(_rows(edge.label, EDGE_WIDTH)) if edge.label else '""'
    return f"{names.path[edge.source]} {arrow} {names.path[edge.target]}: {label} {{{'; '.join(styles)}}}"


def _dot_text(rows: list[str]) -> str:
    return json.dumps("\n".join(rows), ensure_ascii=False)


def _apart(label: Message) -> list[str]:
    """Return the lines of an edge's label with spaces around them, or the edge would touch them."""
    return [f" {row} " for row in _rows(label, EDGE_WIDTH)]


def _dot_label(node: Node) -> str:
    """Return the label of a node; one with details is bold."""
    label, details = _node_rows(node)
    if not details:
        return _dot_text(label)
    first = [html.escape(row) if node.plain else f"<B>{html.escape(row)}</B>" for row in label]
    return f"<{'<BR/>'.join([*first, *map(html.escape, details)])}>"


def _dot_level(graph: Graph, parent: str | None, names: _Names) -> Iterator[str]:
    nodes, groups = _inside(graph, parent)
    for node in nodes:
        styles = "".join(_dot_tone(node.tone))
        yield f"{names.node[node.key]} [label={_dot_label(node)}, shape={_DOT_SHAPES[node.role]}{styles}]"
    for group in groups:
        yield f"subgraph cluster_{names.group[group.key]} {{"
        yield f"label={_dot_text(_rows(group.label, TITLE_WIDTH, bold=True))}"
        yield f'color="{LIGHT[group.tone].stroke if group.tone is not Tone.NEUTRAL else "black"}"'
        yield from _dot_level(graph, group.key, names)
        yield "}"


def _dot_tone(tone: Tone) -> Iterator[str]:
    if tone is Tone.NEUTRAL:
        return
    swatch = LIGHT[tone]
    style = "filled,dashed" if tone in _DASHES else "filled"
    yield f', style="{style}", fillcolor="{swatch.fill}", color="{swatch.stroke}", fontcolor="{swatch.text}"'
    if tone in _BORDERS:
        yield f", penwidth={_BORDERS[tone]}"


def _dot_edge(edge: Edge, names: _Names) -> str:
    wanted = {EdgeStyle.DASHED: ["style=dashed"], EdgeStyle.THICK: ["penwidth=3"]}.get(edge.style, [])
    if edge.label:
        wanted = [*wanted, f"label={_dot_text(_apart(edge.label))}"]
    if edge.tone is not Tone.NEUTRAL:
        wanted = [*wanted, f'color="{LIGHT[edge.tone].stroke}"']
    if edge.stopped:
        wanted = [*wanted, "arrowhead=tee"]
    elif edge.style is EdgeStyle.PLAIN:
        wanted = [*wanted, "dir=none"]
    return f"{names.node[edge.source]} -> {names.node[edge.target]} [{', '.join(wanted)}]"
