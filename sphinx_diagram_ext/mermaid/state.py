"""State machines as Mermaid state diagrams (https://mermaid.js.org/syntax/stateDiagram.html)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.mermaid.flowchart import class_style
from sphinx_diagram_ext.mermaid.ids import Ids
from sphinx_diagram_ext.mermaid.source import MermaidSource, MermaidWriter
from sphinx_diagram_ext.model import State, StateMachine, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.model import Node

STATE_WIDTH = 200.0
TRANSITION_WIDTH = 150.0


def state(body: StateMachine) -> MermaidSource:
    """Return *body* as a state diagram."""
    writer = MermaidWriter(quoted=False)
    ids = Ids()
    for node in body.nodes:
        ids.add(node.key, "s")
    writer.write("stateDiagram-v2")
    writer.write(f"  direction {body.direction}")
    _states(body.states, ids, writer, "  ")
    writer.write(f"  [*] --> {ids[body.start]}")
    for edge in body.edges:
        label = f": {writer.label(edge.label, TRANSITION_WIDTH)}" if edge.label else ""
        writer.write(f"  {ids[edge.source]} --> {ids[edge.target]}{label}")
    _classes(body.nodes, ids, writer)
    groups = {ids[key]: key for key in _composite(body.states)}
    return writer.finish("state", nodes={ids[node.key]: node.key for node in body.nodes}, groups=groups)


def _composite(states: tuple[State, ...]) -> Iterator[str]:
    """Yield the keys of states with states inside."""
    for item in states:
        if item.inner:
            yield item.node.key
            yield from _composite(item.inner)


def _states(states: tuple[State, ...], ids: Ids, writer: MermaidWriter, indent: str) -> None:
    for item in states:
        name = ids[item.node.key]
        if not item.inner:
            writer.write(f'{indent}state "{_label(item.node, writer)}" as {name}')
        else:
            # The engine draws only the first line of the title of a state with states inside.
            title = writer.line(" ".join(item.node.label.text.split()))
            writer.write(f'{indent}state "{title}" as {name} {{')
            _states(item.inner, ids, writer, f"{indent}  ")
            writer.write(f"{indent}  [*] --> {ids[item.start or item.inner[0].node.key]}")
            writer.write(f"{indent}}}")
    for item in states:
        if item.final:
            writer.write(f"{indent}{ids[item.node.key]} --> [*]")


def _label(node: Node, writer: MermaidWriter) -> str:
    parts = [writer.label(node.label, STATE_WIDTH, bold=bool(node.details))]
    return "<br/>".join([*parts, *(writer.label(detail, STATE_WIDTH) for detail in node.details)])


def _classes(nodes: tuple[Node, ...], ids: Ids, writer: MermaidWriter) -> None:
    for tone in Tone:
        members = [ids[node.key] for node in nodes if node.tone is tone]
        if members and tone is not Tone.NEUTRAL:
            writer.write(f"  classDef {tone} {class_style(tone)}")
            writer.write(f"  class {','.join(members)} {tone}")
