"""Graphs as Mermaid flowcharts (https://mermaid.js.org/syntax/flowchart.html)."""

from __future__ import annotations

import itertools

from sphinx_diagram_ext.expand.expansion import Expansion, Ink
from sphinx_diagram_ext.expand.ids import Ids
from sphinx_diagram_ext.model import Edge, EdgeStyle, Graph, Group, Node, Role, Tone
from sphinx_diagram_ext.palette import LIGHT
from sphinx_diagram_ext.text import wrap

NODE_WIDTH = 220.0
DECISION_WIDTH = 150.0
EDGE_WIDTH = 160.0
TITLE_WIDTH = 260.0

_SHAPES = {
    Role.SERVICE: ('["', '"]'),
    Role.DATABASE: ('[("', '")]'),
    Role.QUEUE: ('@{ shape: h-cyl, label: "', '" }'),
    Role.STORAGE: ('[["', '"]]'),
    Role.ACTOR: ('(["', '"])'),
    Role.DECISION: ('{{"', '"}}'),
    Role.EXTERNAL: ('[/"', '"/]'),
    Role.NOTE: ('["', '"]'),
}

_ARROWS = {
    EdgeStyle.SOLID: "-->",
    EdgeStyle.DASHED: "-.->",
    EdgeStyle.THICK: "==>",
    EdgeStyle.PLAIN: "---",
}


def flowchart(graph: Graph) -> Expansion:
    """Return *graph* as a flowchart."""
    ink = Ink(quoted=True)
    ids = Ids()
    nodes = {ids.add(node.key): node for node in graph.nodes}
    grouped = {key for group in graph.groups for key in group.nodes}
    groups: dict[str, str] = {}
    group_ids = Ids()
    ink.write(f"flowchart {graph.direction}")
    for name, node in nodes.items():
        if node.key not in grouped:
            ink.write(f"  {_node(name, node, ink)}")
    for group in graph.groups:
        name = f"g_{group_ids.add(group.key, 'group')}"
        groups[name] = group.key
        _group(name, group, graph, ids, ink)
    for edge in graph.edges:
        ink.write(f"  {_edge(edge, ids, ink)}")
    if graph.stacked:
        _stack(graph, ids, ink)
    if graph.beside:
        for left, right in itertools.pairwise(groups):
            ink.write(f"  {left} ~~~ {right}")
    _classes(graph, nodes, groups, ink)
    lines = max((len(wrap(group.label.text, TITLE_WIDTH)) for group in graph.groups), default=1)
    config: dict[str, object] = {"flowchart": {"subGraphTitleMargin": {"top": 4, "bottom": 20 * (lines - 1) + 6}}}
    return ink.finish(
        "flowchart",
        nodes={name: node.key for name, node in nodes.items()},
        groups=groups,
        config=config,
    )


def _node(name: str, node: Node, ink: Ink) -> str:
    opening, closing = _SHAPES[node.role]
    return f"{name}{opening}{_label(node, ink)}{closing}"


def _label(node: Node, ink: Ink) -> str:
    width = DECISION_WIDTH if node.role is Role.DECISION else NODE_WIDTH
    bold = bool(node.details) and not node.plain
    parts = [ink.label(node.label, width, bold=bold)]
    parts += [ink.label(detail, width) for detail in node.details]
    return "<br/>".join(parts)


def _group(name: str, group: Group, graph: Graph, ids: Ids, ink: Ink) -> None:
    by_key = {node.key: node for node in graph.nodes}
    ink.write(f'  subgraph {name}["{ink.label(group.label, TITLE_WIDTH, bold=True)}"]')
    if group.direction:
        ink.write(f"    direction {group.direction}")
    for key in group.nodes:
        ink.write(f"    {_node(ids[key], by_key[key], ink)}")
    ink.write("  end")


def _edge(edge: Edge, ids: Ids, ink: Ink) -> str:
    label = f'|"{ink.label(edge.label, EDGE_WIDTH)}"|' if edge.label else ""
    return f"{ids[edge.source]} {_ARROWS[edge.style]}{label} {ids[edge.target]}"


def _stack(graph: Graph, ids: Ids, ink: Ink) -> None:
    """Put groups that no edge joins one after the other, with links that are not drawn."""
    home = {key: index for index, group in enumerate(graph.groups) for key in group.nodes}
    joined = {
        (home[edge.source], home[edge.target]) for edge in graph.edges if edge.source in home and edge.target in home
    }
    for index, (upper, lower) in enumerate(itertools.pairwise(graph.groups)):
        if (index, index + 1) not in joined and (index + 1, index) not in joined:
            ink.write(f"  {ids[upper.nodes[0]]} ~~~ {ids[lower.nodes[0]]}")


def _classes(graph: Graph, nodes: dict[str, Node], groups: dict[str, str], ink: Ink) -> None:
    members: dict[str, list[str]] = {}
    for name, node in nodes.items():
        if node.role is Role.NOTE and node.tone is Tone.NEUTRAL:
            members.setdefault("remark", []).append(name)
        elif node.tone is not Tone.NEUTRAL:
            members.setdefault(node.tone, []).append(name)
    tones = {group.key: group.tone for group in graph.groups}
    for name, key in groups.items():
        if tones[key] is not Tone.NEUTRAL:
            members.setdefault(f"{tones[key]}Group", []).append(name)
    for name in members:
        ink.write(f"  classDef {name} {_class_style(name)}")
    for name, ones in members.items():
        ink.write(f"  class {','.join(ones)} {name}")
    for index, edge in enumerate(graph.edges):
        if edge.tone is not Tone.NEUTRAL:
            ink.write(f"  linkStyle {index} stroke:{LIGHT[edge.tone].stroke}")


def _class_style(name: str) -> str:
    if name == "remark":
        return "fill:none,stroke-dasharray:4 3"
    if name.endswith("Group"):
        return f"stroke:{LIGHT[Tone(name.removesuffix('Group'))].stroke},stroke-width:2px"
    swatch = LIGHT[Tone(name)]
    width = {Tone.PROBLEM: ",stroke-width:3px", Tone.CAUTION: ",stroke-width:2px,stroke-dasharray:6 3"}
    return f"fill:{swatch.fill},stroke:{swatch.stroke},color:{swatch.text}{width.get(Tone(name), '')}"
