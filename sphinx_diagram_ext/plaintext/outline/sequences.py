"""Outline of a sequence: who takes part, and every message in its order."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from sphinx_diagram_ext.model import Exchange, Note, Stretch
from sphinx_diagram_ext.plaintext.outline.common import Outliner
from sphinx_diagram_ext.plaintext.outline.entry import Entry, Outline, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_diagram_ext.model import Block, Diagram, Sequence, Step


def sequence(diagram: Diagram, body: Sequence, wording: Wording) -> Outline:
    """Return the participants, then the messages with their numbers, in branches and stretches as they are."""
    outliner = Outliner(diagram, wording)
    participants = Entry(wording.participants, inner=tuple(map(outliner.node, body.participants)))
    steps = tuple(_Steps(outliner).entries(body.steps))
    return Outline((), (participants, *([Entry(wording.steps, inner=steps)] if steps else [])))


class _Steps:
    """Steps as entries, messages numbered through all of them."""

    def __init__(self, outliner: Outliner) -> None:
        self.outliner = outliner
        self.wording = outliner.wording
        self.numbers = count(1)

    def entries(self, steps: Iterable[Step]) -> Iterator[Entry]:
        """Yield the entries of *steps*."""
        for step in steps:
            if isinstance(step, Exchange):
                yield Entry(f"{next(self.numbers)}. {self._message(step)}", command=step.command)
            elif isinstance(step, Note):
                yield Entry(self._note(step), command=step.command)
            elif isinstance(step, Stretch):
                text = self._note(step.note)
                tone = self.outliner.tone(step.tone)
                inner = tuple(self.entries(step.steps))
                yield Entry(f"{text} ({tone})" if tone else text, inner=inner, command=step.note.command)
            else:
                yield from self._branches(step)

    def _message(self, step: Exchange) -> str:
        template = self.wording.itself if step.source == step.target else self.wording.arrows[step.arrow]
        called = self.outliner.called
        return template.format(source=called(step.source), target=called(step.target), text=step.label.text)

    def _note(self, note: Note) -> str:
        over = ", ".join(map(self.outliner.called, note.over))
        return self.wording.note.format(names=over, text=note.text.text)

    def _branches(self, block: Block) -> Iterator[Entry]:
        first, further = self.wording.branches[block.kind]
        for at, (title, steps) in enumerate(block.branches):
            text = (further if at else first).format(title.text)
            yield Entry(text, inner=tuple(self.entries(steps)), command=None if at else block.command)
