"""Steps of a sequence between lifelines: messages, notes, blocks and phases, one below the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.drawing.geometry import Rect, union
from sphinx_diagram_ext.drawing.renderers.sequence_columns import CLEAR, NOTE_WIDTH, PAD, is_phase
from sphinx_diagram_ext.drawing.renderers.sequence_frames import bar, ground, separator, tab, title, title_height
from sphinx_diagram_ext.drawing.renderers.sequence_heads import head_row, inner_size
from sphinx_diagram_ext.drawing.renderers.sequence_labels import label, remark, span, title_rows
from sphinx_diagram_ext.drawing.renderers.sequence_lifelines import Lifelines
from sphinx_diagram_ext.drawing.renderers.sequence_messages import placed
from sphinx_diagram_ext.drawing.scene import Align, Box, Hook, Item, Scene
from sphinx_diagram_ext.drawing.shapes import outline
from sphinx_diagram_ext.model import Block, Exchange, Note, Role, Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_diagram_ext.drawing.renderers.sequence_columns import Columns
    from sphinx_diagram_ext.drawing.renderers.sequence_labels import Label
    from sphinx_diagram_ext.model import Sequence, Step, Stretch

BETWEEN = 20.0
"""Between two steps."""
_HIGH = 900.0
"""Height of a picture at whose end the names are said once more."""
_TALL = 110.0
"""Height of a note with a broken word from which it takes the room of its neighbours."""
_OVERHANG = 36.0
"""How far a note goes beyond the lifelines that it spans."""
_TOP, _BOTTOM = 12.0, 14.0
"""Between a frame or a phase and the steps in it."""


class Room(NamedTuple):
    """Room inside the frames around a step, and the tone of the ground there."""

    left: float
    right: float
    tone: Tone | None = None

    def within(self, step: float, tone: Tone | None = None) -> Room:
        """Return the room inside a frame that fills this one."""
        return Room(self.left + step, self.right - step, tone or self.tone)

    @property
    def inks(self) -> tuple[str, str]:
        """The inks of a message and of its fields."""
        return ("text", f"{self.tone}-text") if self.tone else ("text", "muted")


def lanes(body: Sequence, columns: Columns) -> Scene:
    """Return the scene of a sequence with lifelines in *columns*."""
    nodes = list(zip(body.participants, columns.xs, strict=True))
    scene, heads = Scene(), Scene()
    top = head_row(heads, nodes, inner_size(body.participants, columns.head), 0.0)
    lifelines = Lifelines(columns.xs)
    steps = _Placer(body, columns, lifelines, top + BETWEEN)
    steps.place(body.steps, Room(columns.left, columns.right))
    bottom = steps.y + BETWEEN
    scene.items += steps.grounds
    lifelines.draw(scene, top, bottom)
    scene.items += [*steps.lines, *heads.items, *steps.words]
    if bottom > _HIGH:
        head_row(scene, nodes, inner_size(body.participants, columns.head, names=True), bottom, names=True)
    return scene


@dataclass(slots=True)
class _Placer:
    """Places steps from ``y`` on, and collects what is drawn below the lifelines, over them and on top."""

    body: Sequence
    columns: Columns
    lifelines: Lifelines
    y: float
    count: int = 0
    grounds: list[Item] = field(default_factory=list)
    lines: list[Item] = field(default_factory=list)
    words: list[Item] = field(default_factory=list)

    def place(self, steps: tuple[Step, ...], room: Room) -> None:
        """Place *steps* one below the other; ``y`` is then where the last one ends."""
        for at, step in enumerate(steps):
            if at:
                self.y += BETWEEN
            if isinstance(step, Exchange):
                self._message(step, room)
            elif isinstance(step, Note):
                self._note(step, room)
            elif isinstance(step, Block):
                self._block(step, room)
            elif is_phase(step):
                self._phase(step, room)
            else:
                self._event(step, room)

    def _message(self, step: Exchange, room: Room) -> None:
        self.count += 1
        number = str(self.count) if self.body.numbered else ""
        found = placed(step, self.columns, (room.left, room.right), self.y, number, room.inks)
        ends = (step.source, step.target)
        self.lines.append(Item(Hook.EDGE, [found.arrow], ends=ends))
        self.words.append(Item(Hook.EDGE_LABEL, [*found.number, *found.label], ends=ends))
        self.lifelines.leave((*found.label, *found.number))
        self.y = found.bottom

    def _note(self, note: Note, room: Room) -> None:
        text, rect = self._note_place(note, partial(label, note.text.text), room)
        sheet = Box(rect, "note", "note-line", 1, radius=4)
        ink = ("note-text", "note-text")
        self.words.append(Item(Hook.NONE, [sheet, *text.texts(rect.centre[0], rect.top + 8, ink)]))
        self.y = rect.bottom

    def _event(self, step: Stretch, room: Room) -> None:
        text, rect = self._note_place(step.note, partial(remark, step), room)
        ink = f"{step.tone}-text"
        parts = outline(Role.SERVICE, step.tone, rect)
        self.words.append(Item(Hook.NONE, [*parts, *text.texts(rect.centre[0], rect.top + 8, (ink, ink))]))
        self.y = rect.bottom

    def _note_place(self, note: Note, lines: Callable[[float], Label], room: Room) -> tuple[Label, Rect]:
        """Return the lines of a note and its box: around one lifeline and clear of others, or over several."""
        xs = self.columns.xs
        first, last = span(note.over, self.columns.places)
        low, high = room.left + 8, room.right - 8
        if first == last:
            left = max(low, xs[first - 1] + CLEAR) if first else low
            right = min(high, xs[last + 1] - CLEAR) if last + 1 < len(xs) else high
            text = lines(max(1.0, min(right - left, NOTE_WIDTH + 2 * PAD) - 2 * PAD))
            if text.broken and text.height > _TALL:
                left, right = low, high
                text = lines(max(1.0, right - left - 2 * PAD))
        else:
            left, right = max(low, xs[first] - _OVERHANG), min(high, xs[last] + _OVERHANG)
            text = lines(max(1.0, right - left - 2 * PAD))
        width = text.width + 2 * PAD if first == last else right - left
        middle = max(left + width / 2, min(right - width / 2, (xs[first] + xs[last]) / 2))
        return text, Rect.at(middle - width / 2, self.y, width, text.height + 16)

    def _block(self, block: Block, room: Room) -> None:
        top = self.y
        frame = Item(Hook.GROUP)
        self.grounds.append(frame)
        sign = tab(block.kind, room.left, top)
        x = sign.rect.right + 10
        for at, (message, steps) in enumerate(block.branches):
            if at:
                self.y += _BOTTOM
                self.grounds.append(Item(Hook.NONE, [separator(room.left, room.right, self.y)]))
            rows = title_rows(message.text, max(1.0, room.right - 10 - x))
            text = title(rows, x, self.y)
            strip = text.rect.grown(3)
            self.lifelines.leave_room(strip if at else union([sign.rect, strip]))
            self.words.append(Item(Hook.TITLE, [text]))
            self.y += title_height(rows) + _TOP / 2
            self.place(steps, room.within(self.columns.step))
        self.y += _BOTTOM
        frame.parts.append(Box(Rect(room.left, top, room.right, self.y), "", "group-line", 1))
        self.words.append(sign)

    def _phase(self, step: Stretch, room: Room) -> None:
        """Place a phase: its remark in the column beside the lifelines, or above its steps where there is none."""
        top, tone = self.y, step.tone
        band = Item(Hook.GROUP)
        self.grounds.append(band)
        beside = room.left == self.columns.left > 0
        left = 0.0 if beside else room.left
        width = (room.left if beside else room.right) - left - 16
        ink = f"{tone}-text"
        said = remark(step, max(1.0, width))
        texts = said.texts(left + 14, top + _TOP, (ink, ink), Align.START)
        self.words.append(Item(Hook.TITLE, [*texts]))
        self.y += _TOP
        if not beside:
            self.lifelines.leave(texts)
            self.y += said.height + 8
        self.place(step.steps, room.within(self.columns.step, tone))
        self.y = max(self.y + _BOTTOM, top + _TOP + said.height + 10)
        rect = Rect(left, top, room.right, self.y)
        band.parts += [ground(rect, tone), bar(rect, f"{tone}-stroke")]
        first, last = span(step.note.over, self.columns.places)
        if last - first < len(self.columns.xs) - 1:
            self.lifelines.stress(first, last, top, self.y, tone)
