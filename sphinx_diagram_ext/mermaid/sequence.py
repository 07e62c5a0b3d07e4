"""Sequences as Mermaid sequence diagrams (https://mermaid.js.org/syntax/sequenceDiagram.html)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_diagram_ext.mermaid.ids import Ids
from sphinx_diagram_ext.mermaid.source import MermaidSource, MermaidWriter
from sphinx_diagram_ext.model import Arrow, Block, Exchange, Note, Role, Sequence, Step, Stretch
from sphinx_diagram_ext.palette import LIGHT

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Message

PARTICIPANT_WIDTH = 170.0
MESSAGE_WIDTH = 230.0
NOTE_WIDTH = 220.0

_ARROWS = {
    Arrow.CALL: "->>",
    Arrow.REPLY: "-->>",
    Arrow.ASYNC: "-)",
    Arrow.LOST: "-x",
}


def sequence(body: Sequence) -> MermaidSource:
    """Return *body* as a sequence diagram."""
    writer = MermaidWriter(quoted=False)
    ids = Ids()
    writer.write("sequenceDiagram")
    if body.numbered:
        writer.write("  autonumber")
    for node in body.participants:
        kind = "actor" if node.role is Role.ACTOR else "participant"
        parts = [writer.label(node.label, PARTICIPANT_WIDTH)]
        parts += [writer.label(detail, PARTICIPANT_WIDTH) for detail in node.details]
        writer.write(f"  {kind} {ids.add(node.key, 'p')} as {'<br/>'.join(parts)}")
    _steps(body.steps, ids, writer, "  ")
    return writer.finish("sequence", nodes={ids[node.key]: node.key for node in body.participants})


def _steps(steps: tuple[Step, ...], ids: Ids, writer: MermaidWriter, indent: str) -> None:
    for step in steps:
        if isinstance(step, Exchange):
            label = writer.label(step.label, MESSAGE_WIDTH)
            writer.write(f"{indent}{ids[step.source]}{_ARROWS[step.arrow]}{ids[step.target]}: {label}")
        elif isinstance(step, Note):
            _note(step, ids, writer, indent)
        elif isinstance(step, Stretch):
            writer.write(f"{indent}rect {_rgb(LIGHT[step.tone].fill)}")
            # The mark says what the colour says.
            _note(replace(step.note, text=_marked(step)), ids, writer, f"{indent}  ")
            _steps(step.steps, ids, writer, f"{indent}  ")
            writer.write(f"{indent}end")
        else:
            _block(step, ids, writer, indent)


def _marked(stretch: Stretch) -> Message:
    mark, text = stretch.tone.mark, stretch.note.text
    return replace(text, text=f"{mark} {text.text}") if mark else text


def _note(note: Note, ids: Ids, writer: MermaidWriter, indent: str) -> None:
    over = ",".join(ids[key] for key in note.over)
    writer.write(f"{indent}Note over {over}: {writer.label(note.text, NOTE_WIDTH)}")


def _rgb(colour: str) -> str:
    """Return ``#rrggbb`` as the only form of a colour that the grammar takes."""
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


def _block(block: Block, ids: Ids, writer: MermaidWriter, indent: str) -> None:
    further = {"alt": "else", "par": "and"}
    for index, (title, steps) in enumerate(block.branches):
        word = block.kind if index == 0 else further[block.kind]
        writer.write(f"{indent}{word} {writer.label(title, MESSAGE_WIDTH)}")
        _steps(steps, ids, writer, f"{indent}  ")
    writer.write(f"{indent}end")
