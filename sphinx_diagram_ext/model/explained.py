"""Explained parts of a diagram: nodes and steps that say more below the picture than in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.model.sequence import Block, Exchange, Note, Sequence, Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.model.command import Command
    from sphinx_diagram_ext.model.diagram import Diagram
    from sphinx_diagram_ext.model.sequence import Step
    from sphinx_diagram_ext.model.text import Message


class Explained(NamedTuple):
    """A node or, without a ``key``, a step of a sequence: its label, its explanation and its command."""

    key: str
    label: Message
    explain: Message | None
    command: Command | None


def explained(diagram: Diagram) -> Iterator[Explained]:
    """Yield what has an explanation or a command: the nodes, then the steps, each in the order of the data."""
    for node in diagram.nodes:
        if node.explain or node.command:
            yield Explained(node.key, node.label, node.explain, node.command)
    if isinstance(diagram.body, Sequence):
        for label, command in _commands(diagram.body.steps):
            yield Explained("", label, None, command)


def _commands(steps: tuple[Step, ...]) -> Iterator[tuple[Message, Command]]:
    """Yield the commands of *steps*, and of the steps inside them, with the text of each step."""
    for step in steps:
        own = step.note if isinstance(step, Stretch) else step
        label = _label(own)
        if label and own.command:
            yield label, own.command
        if isinstance(step, Stretch):
            yield from _commands(step.steps)
        elif isinstance(step, Block):
            for _, inside in step.branches:
                yield from _commands(inside)


def _label(step: Exchange | Note | Block) -> Message | None:
    if isinstance(step, Block):
        return step.branches[0][0] if step.branches else None
    return step.text if isinstance(step, Note) else step.label
