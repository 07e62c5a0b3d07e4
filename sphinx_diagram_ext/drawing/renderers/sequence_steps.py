"""Steps of a sequence between lifelines: messages, notes, blocks and phases, one below the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers.sequence_columns import CLEAR, NOTE_WIDTH, PAD
from sphinx_diagram_ext.drawing.renderers.sequence_frames import bar, ground
from sphinx_diagram_ext.drawing.renderers.sequence_heads import head_row, inner_size
from sphinx_diagram_ext.drawing.renderers.sequence_labels import label, remark, span
from sphinx_diagram_ext.drawing.renderers.sequence_lifelines import Lifelines
from sphinx_diagram_ext.drawing.renderers.sequence_messages import placed
from sphinx_diagram_ext.drawing.renderers.sequence_placer import Room, StepPlacer
from sphinx_diagram_ext.drawing.scene import Align, Hook, Item, Scene

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_diagram_ext.drawing.renderers.sequence_columns import Columns
    from sphinx_diagram_ext.drawing.renderers.sequence_labels import Label
    from sphinx_diagram_ext.drawing.scene import Part
    from sphinx_diagram_ext.model import Exchange, Note, Sequence, Stretch

BETWEEN = 20.0
"""Between two steps."""
_HIGH = 900.0
"""Height of a picture at whose end the names are said once more."""
_TALL = 110.0
"""Height of a note with a broken word from which it takes the room of its neighbours."""
_OVERHANG = 36.0
"""How far a note goes beyond the lifelines that it spans."""
_TOP = 12.0
"""Between the top of a phase and the steps in it."""


def lanes(body: Sequence, columns: Columns) -> Scene:
    """Return the scene of a sequence with lifelines in *columns*."""
    nodes = list(zip(body.participants, columns.xs, strict=True))
    scene, heads = Scene(), Scene()
    top = head_row(heads, nodes, inner_size(body.participants, columns.head), 0.0)
    lifelines = Lifelines(columns.xs)
    steps = _Placer(body, top + BETWEEN, columns, lifelines)
    steps.place(body.steps, Room(columns.left, columns.right))
    bottom = steps.y + BETWEEN
    scene.items += steps.grounds
    lifelines.draw(scene, top, bottom)
    scene.items += [*steps.lines, *heads.items, *steps.words]
    if bottom > _HIGH:
        head_row(scene, nodes, inner_size(body.participants, columns.head, names=True), bottom, names=True)
    return scene


@dataclass(slots=True)
class _Placer(StepPlacer):
    """Places steps between lifelines, and collects the arrows, which are drawn over these and below the texts."""

    between = BETWEEN
    below = 14.0

    columns: Columns
    lifelines: Lifelines
    lines: list[Item] = field(default_factory=list)

    def message(self, step: Exchange, number: str, room: Room) -> None:
        """Place an arrow between two lifelines."""
        found = placed(step, self.columns, (room.left, room.right), self.y, number, room.inks)
        ends = (step.source, step.target)
        self.lines.append(Item(Hook.EDGE, [found.arrow], ends=ends))
        self.words.append(Item(Hook.EDGE_LABEL, [*found.number, *found.label], ends=ends))
        self.lifelines.leave((*found.label, *found.number))
        self.y = found.bottom

    def sheet(self, note: Note, stretch: Stretch | None, inks: tuple[str, str], room: Room) -> tuple[Rect, list[Part]]:
        """Return a box around one lifeline or over several."""
        text, rect = self._sheet_place(
            note, partial(remark, stretch) if stretch else partial(label, note.text.text), room
        )
        return rect, [*text.texts(rect.centre[0], rect.top + 8, inks)]

    def inside(self, room: Room) -> Room:
        """Return the room inside a block, which is narrower on both sides."""
        return room.within(self.columns.step, self.columns.step)

    def keep_clear(self, rect: Rect) -> None:
        """Let the lifelines spare the title of a block."""
        self.lifelines.leave_room(rect)

    def _sheet_place(self, note: Note, lines: Callable[[float], Label], room: Room) -> tuple[Label, Rect]:
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

    def phase(self, step: Stretch, room: Room) -> None:
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
        self.place(step.steps, room.within(self.columns.step, self.columns.step, tone))
        self.y = max(self.y + self.below, top + _TOP + said.height + 10)
        rect = Rect(left, top, room.right, self.y)
        band.parts += [ground(rect, tone), bar(rect, f"{tone}-stroke")]
        first, last = span(step.note.over, self.columns.places)
        if last - first < len(self.columns.xs) - 1:
            self.lifelines.stress(first, last, top, self.y, tone)
