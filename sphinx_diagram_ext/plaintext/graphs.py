"""Graphs and states, laid out by the engine."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from sphinx_diagram_ext.engine import EngineError
from sphinx_diagram_ext.engine.subprocess_guard import within
from sphinx_diagram_ext.mermaid import EmitError, emit
from sphinx_diagram_ext.model import (
    Comparison,
    Custom,
    Direction,
    Edge,
    EdgeStyle,
    Graph,
    Group,
    Message,
    Node,
    RawMermaid,
    Role,
    StateMachine,
    Tone,
    map_nodes,
)
from sphinx_diagram_ext.plaintext.columns import columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.mermaid import MermaidSource
    from sphinx_diagram_ext.model import Body, Diagram

_FAMILIES = ("flowchart", "graph", "sequenceDiagram", "stateDiagram", "classDiagram", "erDiagram")
"""First words of the sources that the engine draws as a picture; it only lists what others hold."""

_SIDES = 2
"""Edges that leave a box from a side of their own: below and at the right."""

_BREAK = re.compile(r"<br\s*/?>")
_RUN = re.compile(r"([\U000f0000-\U000ffffd])\1*")
_UPRIGHT = re.compile(r"[ │┃┆]*")
_LEVEL = re.compile(r"[─━┄┈═┌┐└┘├┤┬┴┼╭╮╰╯▲▼►◄·⌜⌝⌞⌟]")


def graph(diagram: Diagram, engine: Engine, width: int) -> list[str] | None:
    """Return the first drawing that fits and says everything, or None."""
    body = diagram.body
    if isinstance(body, RawMermaid):
        return _as_written(diagram, engine, width)
    if isinstance(body, Comparison):
        if body.row_titles:
            # Sides below each other have no place for what is compared.
            return None
        body = body.graph
        diagram = dataclasses.replace(diagram, body=body)
    if not _clear(diagram.edges):
        return None
    if isinstance(body, Graph) and body.beside:
        return _one_by_one(diagram, body, engine, width)
    drawing = _first(diagram, engine, width)
    if drawing is None and isinstance(body, Graph) and body.groups:
        return _one_by_one(diagram, body, engine, width)
    return drawing


def _first(diagram: Diagram, engine: Engine, width: int) -> list[str] | None:
    drawings = (_drawn(dataclasses.replace(diagram, body=body), engine, width) for body in _plainer(diagram.body))
    return next((drawing for drawing in drawings if drawing), None)


def _one_by_one(diagram: Diagram, body: Graph, engine: Engine, width: int) -> list[str] | None:
    """Draw groups that would be beside each other one below the other: two rarely fit a line of text."""
    parts = list(_groups_apart(body))
    if sum(len(part.edges) for part in parts) < len(body.edges):
        return None
    lines: list[str] = []
    for part, joint in zip(parts, (*body.joints, *[None] * len(parts)), strict=False):
        drawing = _first(dataclasses.replace(diagram, body=part), engine, width)
        if drawing is None:
            return None
        lines += drawing
        if part is not parts[-1]:
            lines += ["", f"  \u25bc {joint.text}" if joint else "  \u25bc", ""] if body.joints else [""]
    return lines


def _groups_apart(body: Graph) -> Iterator[Graph]:
    """Yield each outermost group as a graph of its own, and first what is in none."""
    tops = {group.key: group.parent or group.key for group in body.groups}
    for group in body.groups:
        tops[group.key] = tops.get(group.parent or "", group.key)
    home = {key: tops[group.key] for group in body.groups for key in group.nodes}
    for top in dict.fromkeys(home.get(node.key) for node in body.nodes):
        yield dataclasses.replace(
            body,
            nodes=tuple(node for node in body.nodes if home.get(node.key) == top),
            edges=tuple(edge for edge in body.edges if home.get(edge.source) == home.get(edge.target) == top),
            groups=tuple(group for group in body.groups if tops[group.key] == top),
            beside=False,
            stacked=False,
            joints=(),
        )


def _clear(edges: tuple[Edge, ...]) -> bool:
    """Tell whether lines that run together can only be read in one way.

    The engine lets edges share a line where they leave or reach a node. A reader can follow
    them if no line has to be told from another by its label: two ways out take different
    sides of a box; more, or several ways in, must be without labels and lead nowhere else.
    """
    leaving, reaching = _ends(edges)
    for edge in edges:
        out, into = leaving[edge.source], reaching[edge.target]
        if len(out) > _SIDES and any(one.label or len(reaching[one.target]) > 1 for one in out):
            return False
        if len(into) > 1 and any(one.label or len(leaving[one.source]) > 1 for one in into):
            return False
    return all(edge.source != edge.target for edge in edges)


def _ends(edges: tuple[Edge, ...]) -> tuple[dict[str, list[Edge]], dict[str, list[Edge]]]:
    """Return the edges that leave each node and those that reach it."""
    leaving: dict[str, list[Edge]] = defaultdict(list)
    reaching: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        leaving[edge.source].append(edge)
        reaching[edge.target].append(edge)
    return leaving, reaching


def _shared(edges: tuple[Edge, ...]) -> bool:
    """Tell whether edges run together, which the engine draws well with one kind of line only."""
    leaving, reaching = _ends(edges)
    return any(len(out) > _SIDES for out in leaving.values()) or any(len(into) > 1 for into in reaching.values())


def _plainer(body: Body) -> Iterator[Body]:
    """Yield *body* without colours and shapes, then with the other direction, then with one kind of line."""
    plain = map_nodes(body, _plain_node)
    if isinstance(plain, Graph):
        groups = tuple(_plain_group(group) for group in plain.groups)
        plain = dataclasses.replace(plain, groups=groups, edges=tuple(map(_plain_edge, plain.edges)))
        solid = dataclasses.replace(plain, edges=tuple(map(_solid, plain.edges)))
        for one in (solid,) if _shared(plain.edges) else dict.fromkeys((plain, solid)):
            yield from _turned(one)
    elif isinstance(plain, StateMachine):
        edges = tuple(map(_plain_edge, plain.edges))
        yield from _turned(dataclasses.replace(plain, edges=edges))
    elif isinstance(plain, Custom):
        yield body
    else:
        yield plain


def _turned(body: Graph | StateMachine) -> Iterator[Graph | StateMachine]:
    flat = (Direction.LR, Direction.RL)
    other = Direction.TB if body.direction in flat else Direction.LR
    yield body
    yield dataclasses.replace(body, direction=other)


def _marked(text: Message, tone: Tone) -> Message:
    return dataclasses.replace(text, text=f"{tone.mark} {text.text}") if tone.mark else text


def _plain_node(node: Node) -> Node:
    return dataclasses.replace(node, label=_marked(node.label, node.tone), role=Role.SERVICE, tone=Tone.NEUTRAL)


def _plain_group(group: Group) -> Group:
    return dataclasses.replace(group, label=_marked(group.label, group.tone), tone=Tone.NEUTRAL)


def _plain_edge(edge: Edge) -> Edge:
    label = _marked(edge.label, edge.tone) if edge.label else None
    return dataclasses.replace(edge, label=label, tone=Tone.NEUTRAL)


def _solid(edge: Edge) -> Edge:
    plain = edge.style is EdgeStyle.PLAIN
    return edge if plain else dataclasses.replace(edge, style=EdgeStyle.SOLID)


def _drawn(diagram: Diagram, engine: Engine, width: int) -> list[str] | None:
    """Draw placeholders for the labels and put the labels back, each once and whole."""
    try:
        source = within(engine, emit, diagram) if isinstance(diagram.body, Custom) else emit(diagram)
    except (EmitError, EngineError):
        return None
    if not source.skeleton.lstrip().startswith(_FAMILIES):
        return None
    drawn = engine.draw_text(_widened(source), width)
    return _with_labels(drawn, source) if drawn else None


def _widened(source: MermaidSource) -> str:
    """Return the skeleton with each placeholder as often as its label has columns."""
    table = {ord(char): char * max(columns(line.text), 1) for char, line in source.texts().items()}
    return source.skeleton.translate(table)


def _with_labels(drawn: str, source: MermaidSource) -> list[str] | None:
    """Return the lines of *drawn* with its labels, or None if one is missing or broken."""
    waiting = {char: " ".join(line.rows) for char, line in source.texts().items()}
    runs = [run[0] for run in _RUN.finditer(drawn)]
    if sorted(runs) != sorted(char * max(columns(text), 1) for char, text in waiting.items()):
        return None
    return [_RUN.sub(lambda run: waiting[run[0][0]] or " ", line) for line in _compact(drawn.split("\n"))]


def _compact(lines: list[str]) -> list[str]:
    """Leave out lines in which everything just goes on downwards: one at a time will do, none within a box."""
    kept: list[str] = []
    for at, line in enumerate(lines):
        if _UPRIGHT.fullmatch(line):
            below = next((other for other in lines[at:] if not _UPRIGHT.fullmatch(other)), "")
            if not kept or not below or _UPRIGHT.fullmatch(kept[-1]):
                continue
            if not _LEVEL.search(kept[-1]) and not _LEVEL.search(below):
                continue
        kept.append(line)
    return kept


def _as_written(diagram: Diagram, engine: Engine, width: int) -> list[str] | None:
    """Draw an author's own source, if every word of its nodes and edges is in the drawing."""
    assert isinstance(diagram.body, RawMermaid)
    try:
        family = engine.parse(diagram.body.source).family
    except EngineError:
        return None
    if not family.startswith(_FAMILIES) or not (family.startswith("sequence") or _clear(diagram.edges)):
        return None
    drawn = engine.draw_text(diagram.body.source, width)
    if drawn is None:
        return None
    labels = [node.label.text for node in diagram.nodes]
    labels += [edge.label.text for edge in diagram.edges if edge.label]
    words = {word for label in labels for word in _BREAK.sub(" ", label).split()}
    return _compact(drawn.split("\n")) if all(word in drawn for word in words) else None
