"""Graphs as Mermaid flowcharts (https://mermaid.js.org/syntax/flowchart.html)."""

from __future__ import annotations

import itertools

from sphinx_diagram_ext.fonts import text_width, wrap
from sphinx_diagram_ext.mermaid.ids import Ids
from sphinx_diagram_ext.mermaid.source import MermaidSource, MermaidWriter
from sphinx_diagram_ext.model import Edge, EdgeStyle, Graph, Group, Node, Role, Tone
from sphinx_diagram_ext.palette import LIGHT

NODE_WIDTH = 220.0
DECISION_WIDTH = 150.0
EDGE_WIDTH = 160.0
TITLE_WIDTH = 260.0
TITLE_LINE_HEIGHT = 20
"""Height of a line of a title in CSS pixels."""

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

_STOPPED = {
    EdgeStyle.SOLID: "--x",
    EdgeStyle.DASHED: "-.-x",
    EdgeStyle.THICK: "==x",
    EdgeStyle.PLAIN: "--x",
}


def flowchart(graph: Graph) -> MermaidSource:
    """Return *graph* as a flowchart."""
    writer = MermaidWriter(quoted=True)
    ids = Ids()
    nodes = {ids.add(node.key): node for node in graph.nodes}
    # Mermaid takes a frame and a node of the same id for one.
    group_ids = Ids(before="g_", taken=nodes)
    groups = {group_ids.add(group.key, "group"): group.key for group in graph.groups}
    writer.write(f"flowchart {graph.direction}")
    # All of them before the groups: the order of the nodes says where a circle of edges begins.
    for name, node in nodes.items():
        writer.write(f"  {_node(name, node, writer)}")
    _groups(graph, None, nodes, groups, writer)
    for edge in graph.edges:
        writer.write(f"  {_edge(edge, ids, writer)}")
    if graph.stacked:
        _stack(graph, ids, writer)
    if graph.beside:
        _join(graph, groups, writer)
    _classes(graph, nodes, groups, writer)
    return writer.finish(
        "flowchart",
        nodes={name: node.key for name, node in nodes.items()},
        groups=groups,
        config={"flowchart": _spacing(graph)},
    )


def _spacing(graph: Graph) -> dict[str, object]:
    """Return room for the titles of groups, and for labels of edges that lead across them."""
    lines = max(
        (len(wrap(group.label.text, _title_width(group, graph), bold=True)) for group in graph.groups), default=1
    )
    spacing: dict[str, object] = {"subGraphTitleMargin": {"top": 4, "bottom": TITLE_LINE_HEIGHT * (lines - 1) + 6}}
    home = {key: group.key for group in graph.groups for key in group.nodes}
    if any(edge.label and home.get(edge.source) != home.get(edge.target) for edge in graph.edges):
        # A label is half way between two ranks; the title of the lower one needs the rest.
        spacing["rankSpacing"] = 46 + 14 * lines + 20 * max(lines - 3, 0)
    return spacing


def _title_width(group: Group, graph: Graph) -> float:
    """Return how wide a group's title may be: the engine does not make room for it beside other groups."""
    if len(group.nodes) != 1 or any(other.parent == group.key for other in graph.groups):
        return TITLE_WIDTH
    node = next(node for node in graph.nodes if node.key == group.nodes[0])
    rows = (row for text in (node.label, *node.details) for row in wrap(text.text, NODE_WIDTH, bold=True))
    return max(150.0, min(max(text_width(row) for row in rows) + 60, TITLE_WIDTH))


def _node(name: str, node: Node, writer: MermaidWriter) -> str:
    opening, closing = _SHAPES[node.role]
    return f"{name}{opening}{_label(node, writer)}{closing}"


def _label(node: Node, writer: MermaidWriter) -> str:
    width = DECISION_WIDTH if node.role is Role.DECISION else NODE_WIDTH
    bold = bool(node.details) and not node.plain
    parts = [writer.label(node.label, width, bold=bold)]
    parts += [writer.label(detail, width) for detail in node.details]
    return "<br/>".join(parts)


def _groups(
    graph: Graph, parent: str | None, nodes: dict[str, Node], groups: dict[str, str], writer: MermaidWriter
) -> None:
    """Write the groups inside the group *parent*, each with what it holds.

    The last one comes first: Mermaid draws groups that nothing else orders from the last to the first.
    """
    depth = 0 if parent is None else 1
    names = {node.key: name for name, node in nodes.items()}
    for group_name, group in reversed(list(zip(groups, graph.groups, strict=True))):
        if group.parent != parent:
            continue
        indent = "  " * (depth + 1)
        writer.write(
            f'{indent}subgraph {group_name}["{writer.label(group.label, _title_width(group, graph), bold=True)}"]'
        )
        if group.direction:
            writer.write(f"{indent}  direction {group.direction}")
        for key in group.nodes:
            writer.write(f"{indent}  {names[key]}")
        _groups(graph, group.key, nodes, groups, writer)
        writer.write(f"{indent}end")


def _edge(edge: Edge, ids: Ids, writer: MermaidWriter) -> str:
    label = f'|"{writer.label(edge.label, EDGE_WIDTH)}"|' if edge.label else ""
    arrow = _STOPPED[edge.style] if edge.stopped else _ARROWS[edge.style]
    return f"{ids[edge.source]} {arrow}{label} {ids[edge.target]}"


def _join(graph: Graph, groups: dict[str, str], writer: MermaidWriter) -> None:
    """Put groups next to each other: with arrows that say what leads on, or links that are not drawn."""
    names = [name for name, group in zip(groups, graph.groups, strict=True) if group.parent is None]
    for index, (left, right) in enumerate(itertools.pairwise(names)):
        joint = graph.joints[index] if graph.joints else None
        label = f'|"{writer.label(joint, EDGE_WIDTH)}"|' if joint else ""
        writer.write(f"  {left} {'==>' if graph.joints else '~~~'}{label} {right}")


def _stack(graph: Graph, ids: Ids, writer: MermaidWriter) -> None:
    """Put groups that no edge joins one after the other, with links that are not drawn."""
    parents = {group.key: group.parent or group.key for group in graph.groups}
    home = {key: parents[group.key] for group in graph.groups for key in group.nodes}
    joined = {
        frozenset((home[edge.source], home[edge.target]))
        for edge in graph.edges
        if edge.source in home and edge.target in home
    }
    tops = [group.key for group in graph.groups if group.parent is None]
    for upper, lower in itertools.pairwise(tops):
        if frozenset((upper, lower)) not in joined:
            first, second = (next(key for key, group in home.items() if group == top) for top in (upper, lower))
            writer.write(f"  {ids[first]} ~~~ {ids[second]}")


def _classes(graph: Graph, nodes: dict[str, Node], groups: dict[str, str], writer: MermaidWriter) -> None:
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
    # In one order, so that diagrams of the same classes have the same style sheet.
    for name in sorted(members):
        writer.write(f"  classDef {name} {class_style(name)}")
    for name, ones in sorted(members.items()):
        writer.write(f"  class {','.join(ones)} {name}")
    for index, edge in enumerate(graph.edges):
        if edge.tone is not Tone.NEUTRAL:
            writer.write(f"  linkStyle {index} stroke:{LIGHT[edge.tone].stroke}")


def class_style(name: str) -> str:
    """Return the style of the class *name*: a tone, the group of a tone, or a remark."""
    if name == "remark":
        return "fill:none,stroke-dasharray:4 3"
    if name.endswith("Group"):
        return f"stroke:{LIGHT[Tone(name.removesuffix('Group'))].stroke},stroke-width:2px"
    swatch = LIGHT[Tone(name)]
    width = {Tone.PROBLEM: ",stroke-width:3px", Tone.CAUTION: ",stroke-width:2px,stroke-dasharray:6 3"}
    return f"fill:{swatch.fill},stroke:{swatch.stroke},color:{swatch.text}{width.get(Tone(name), '')}"
