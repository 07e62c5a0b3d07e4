"""State machines as Mermaid state diagrams (https://mermaid.js.org/syntax/stateDiagram.html)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.mermaid.flowchart import class_style
from sphinx_diagram_ext.mermaid.ids import Ids
from sphinx_diagram_ext.mermaid.source import Expansion, Ink
from sphinx_diagram_ext.model import State, StateMachine, Tone

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Node

STATE_WIDTH = 200.0
TRANSITION_WIDTH = 150.0


def state(body: StateMachine) -> Expansion:
    """Return *body* as a state diagram."""
    ink = Ink(quoted=False)
    ids = Ids()
    for node in body.nodes:
        ids.add(node.key, "s")
    ink.write("stateDiagram-v2")
    ink.write(f"  direction {body.direction}")
    _states(body.states, ids, ink, "  ")
    ink.write(f"  [*] --> {ids[body.start]}")
    for edge in body.edges:
        label = f": {ink.label(edge.label, TRANSITION_WIDTH)}" if edge.label else ""
        ink.write(f"  {ids[edge.source]} --> {ids[edge.target]}{label}")
    _classes(body.nodes, ids, ink)
    return ink.finish("state", nodes={ids[node.key]: node.key for node in body.nodes})


def _states(states: tuple[State, ...], ids: Ids, ink: Ink, indent: str) -> None:
    for item in states:
        name = ids[item.node.key]
        if not item.inner:
            ink.write(f'{indent}state "{_label(item.node, ink)}" as {name}')
        else:
            # The engine draws only the first line of the title of a state with states inside.
            title = ink.line(" ".join(item.node.label.text.split()))
            ink.write(f'{indent}state "{title}" as {name} {{')
            _states(item.inner, ids, ink, f"{indent}  ")
            ink.write(f"{indent}  [*] --> {ids[item.start or item.inner[0].node.key]}")
            ink.write(f"{indent}}}")
    for item in states:
        if item.final:
            ink.write(f"{indent}{ids[item.node.key]} --> [*]")


def _label(node: Node, ink: Ink) -> str:
    parts = [ink.label(node.label, STATE_WIDTH, bold=bool(node.details))]
    return "<br/>".join([*parts, *(ink.label(detail, STATE_WIDTH) for detail in node.details)])


def _classes(nodes: tuple[Node, ...], ids: Ids, ink: Ink) -> None:
    for tone in Tone:
        members = [ids[node.key] for node in nodes if node.tone is tone]
        if members and tone is not Tone.NEUTRAL:
            ink.write(f"  classDef {tone} {class_style(tone)}")
            ink.write(f"  class {','.join(members)} {tone}")
