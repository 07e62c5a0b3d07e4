"""Placer of the steps of a sequence, one below the other: what lifelines and lists have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from sphinx_diagram_ext.drawing.geometry import Rect, union
from sphinx_diagram_ext.drawing.renderers.sequence_columns import is_phase
from sphinx_diagram_ext.drawing.renderers.sequence_frames import separator, tab, title, title_height
from sphinx_diagram_ext.drawing.renderers.sequence_labels import title_rows
from sphinx_diagram_ext.drawing.scene import Box, Hook, Item
from sphinx_diagram_ext.drawing.shapes import outline
from sphinx_diagram_ext.model import Block, Exchange, Note, Role, Tone

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.scene import Part
    from sphinx_diagram_ext.model import Sequence, Step, Stretch

_BESIDE = 10.0
"""Between the title of a block and what is at its sides."""
_BELOW_TITLE = 6.0


class Room(NamedTuple):
    """Room inside the frames around a step, and the tone of the ground there."""

    left: float
    right: float
    tone: Tone | None = None

    def within(self, left: float, right: float, tone: Tone | None = None) -> Room:
        """Return the room inside a frame that fills this one, with so much at its sides."""
        return Room(self.left + left, self.right - right, tone or self.tone)

    @property
    def inks(self) -> tuple[str, str]:
        """The inks of a message and of its fields."""
        return ("text", f"{self.tone}-text") if self.tone else ("text", "muted")


@dataclass(slots=True)
class StepPlacer(ABC):
    """Places steps from ``y`` on, and collects what is drawn below everything and on top."""

    between: ClassVar[float]
    """Between two steps."""
    below: ClassVar[float]
    """Between the last step of a frame or a phase and its end."""

    body: Sequence
    y: float
    count: int = field(default=0, init=False)
    """Number of the last message."""
    grounds: list[Item] = field(default_factory=list, init=False)
    words: list[Item] = field(default_factory=list, init=False)

    def place(self, steps: tuple[Step, ...], room: Room) -> None:
        """Place *steps* one below the other; ``y`` is then where the last one ends."""
        for at, step in enumerate(steps):
            if at:
                self.y += self.between
            if isinstance(step, Exchange):
                self.count += 1
                self.message(step, str(self.count) if self.body.numbered else "", room)
            elif isinstance(step, Note):
                self._note(step, room)
            elif isinstance(step, Block):
                self._block(step, room)
            elif is_phase(step):
                self.phase(step, room)
            else:
                self._event(step, room)

    @abstractmethod
    def message(self, step: Exchange, number: str, room: Room) -> None:
        """Place a message; *number* is "" if it has none."""

    @abstractmethod
    def sheet(self, note: Note, stretch: Stretch | None, inks: tuple[str, str], room: Room) -> tuple[Rect, list[Part]]:
        """Return the box of a note, or of an event that *stretch* is, and its texts."""

    @abstractmethod
    def phase(self, step: Stretch, room: Room) -> None:
        """Place a stretch and its steps."""

    @abstractmethod
    def inside(self, room: Room) -> Room:
        """Return the room inside a block."""

    @abstractmethod
    def keep_clear(self, rect: Rect) -> None:
        """Note that the title of a block is in *rect*."""

    def _note(self, note: Note, room: Room) -> None:
        rect, texts = self.sheet(note, None, ("note-text", "note-text"), room)
        self.words.append(Item(Hook.NONE, [Box(rect, "note", "note-line", 1, radius=4), *texts]))
        self.y = rect.bottom

    def _event(self, step: Stretch, room: Room) -> None:
        ink = f"{step.tone}-text"
        rect, texts = self.sheet(step.note, step, (ink, ink), room)
        self.words.append(Item(Hook.NONE, [*outline(Role.SERVICE, step.tone, rect), *texts]))
        self.y = rect.bottom

    def _block(self, block: Block, room: Room) -> None:
        top = self.y
        frame = Item(Hook.GROUP)
        self.grounds.append(frame)
        sign = tab(block.kind, room.left, top)
        x = sign.rect.right + _BESIDE
        for at, (message, steps) in enumerate(block.branches):
            if at:
                self.y += self.below
                self.grounds.append(Item(Hook.NONE, [separator(room.left, room.right, self.y)]))
            rows = title_rows(message.text, max(1.0, room.right - _BESIDE - x))
            text = title(rows, x, self.y)
            strip = text.rect.grown(3)
            self.keep_clear(strip if at else union([sign.rect, strip]))
            self.words.append(Item(Hook.TITLE, [text]))
            self.y += title_height(rows) + _BELOW_TITLE
            self.place(steps, self.inside(room))
        self.y += self.below
        frame.parts.append(Box(Rect(room.left, top, room.right, self.y), "", "group-line", 1))
        self.words.append(sign)
