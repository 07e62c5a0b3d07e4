"""Steps of a sequence as a list: a row a message, with its source, its target and its label below them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers.sequence_columns import is_phase, least_width
from sphinx_diagram_ext.drawing.renderers.sequence_frames import bar, ground, separator, tab, title, title_height
from sphinx_diagram_ext.drawing.renderers.sequence_heads import Chip, chip, head_row, inner_size
from sphinx_diagram_ext.drawing.renderers.sequence_labels import label, plan, remark, title_rows, whom
from sphinx_diagram_ext.drawing.renderers.sequence_messages import arrow
from sphinx_diagram_ext.drawing.scene import DETAIL, STRONG, Align, Box, Hook, Item, Scene, Text
from sphinx_diagram_ext.drawing.shapes import outline
from sphinx_diagram_ext.model import Arrow, Block, Exchange, Note, Role, Stretch, Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.drawing.renderers.sequence_labels import Label
    from sphinx_diagram_ext.drawing.scene import Part
    from sphinx_diagram_ext.model import Node, Sequence, Step

BETWEEN = 16.0
"""Between two steps."""
_WIDEST = 480.0
"""Width of the list where there is more room."""
_HEAD, _HEADS_BETWEEN = 148.0, 12.0
"""Widest head, and the room between heads."""
_ARROW = 40.0
"""Least length of an arrow between two chips."""
_CHIP = 150.0
"""Widest chip."""
_INDENT, _INDENTS = 12.0, 60.0
"""How much farther right the steps of a block stand, and the most for blocks in blocks."""
_SPARE = 8.0
"""Between what is in a block and its right side."""
_LOOP = 10.0
"""Height of an arrow to where it comes from."""


class _Room(NamedTuple):
    left: float
    right: float
    tone: Tone | None = None

    @property
    def inks(self) -> tuple[str, str]:
        """The inks of a message and of its fields."""
        return ("text", f"{self.tone}-text") if self.tone else ("text", "muted")


def rows(body: Sequence, space: Space) -> Scene:
    """Return the scene of a sequence as a list."""
    scene = Scene()
    width = space.width if space.narrow else min(space.width, _WIDEST)
    top = _heads(scene, body.participants, width)
    listed = _Lister(body, top + BETWEEN + 8, width)
    listed.place(body.steps, _Room(0.0, width))
    scene.items += [*listed.grounds, *listed.words]
    return scene


def _heads(scene: Scene, nodes: tuple[Node, ...], room: float) -> float:
    """Add the participants in rows of equal heads; return where they end."""
    if not nodes:
        return 0.0
    columns = max(1, min(len(nodes), int((room + _HEADS_BETWEEN) // (_HEAD + _HEADS_BETWEEN) or 1)))
    if room < 2 * (_HEAD + _HEADS_BETWEEN):
        half = (room - _HEADS_BETWEEN) / 2
        columns = min(len(nodes), 2) if least_width(nodes) <= half else 1
    width = (room - _HEADS_BETWEEN * (columns - 1)) / columns
    size = inner_size(nodes, width)
    y = -_HEADS_BETWEEN
    for at in range(0, len(nodes), columns):
        places = [
            (node, width / 2 + column * (width + _HEADS_BETWEEN))
            for column, node in enumerate(nodes[at : at + columns])
        ]
        y = head_row(scene, places, size, y + _HEADS_BETWEEN)
    return y


@dataclass(slots=True)
class _Lister:
    """Places steps from ``y`` on, and collects grounds and what is drawn on them."""

    body: Sequence
    y: float
    width: float
    count: int = 0
    indent: float = 0.0
    badge: float = 0.0
    chip: float = 0.0
    chips: dict[str, Chip] = field(default_factory=dict)
    grounds: list[Item] = field(default_factory=list)
    words: list[Item] = field(default_factory=list)

    def __post_init__(self) -> None:
        depth = max((level for _, level in plan(self.body.steps)), default=0)
        self.indent = min(_INDENT, _INDENTS / max(depth, 1))
        self.badge = STRONG.width(str(len(self.body.edges))) + 10 if self.body.numbered else 0.0
        room = self.width - depth * self.indent * (1 + _SPARE / _INDENT) - self.badge - _ARROW
        most = min(_CHIP, room / 2)
        self.chips = {node.key: chip(node, most) for node in self.body.participants}
        self.chip = max((one.width for one in self.chips.values()), default=0.0)

    def place(self, steps: tuple[Step, ...], room: _Room) -> None:
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

    def _message(self, step: Exchange, room: _Room) -> None:
        self.count += 1
        left, ends = room.left + self.badge, (step.source, step.target)
        source, target = (self.chips[key] for key in ends)
        height = max(source.height, target.height)
        middle = self.y + height / 2
        box = Rect.at(left, self.y, self.chip, height)
        self.words.append(Item(Hook.NONE, list(source.parts(box))))
        if step.source == step.target:
            out = box.right + _LOOP * 2
            high, low = middle - _LOOP / 2, middle + _LOOP / 2
            points: list[Point] = [(box.right, high), (out, high), (out, low), (box.right, low)]
        else:
            other = Rect(room.right - self.chip, box.top, room.right, box.bottom)
            self.words.append(Item(Hook.NONE, list(target.parts(other))))
            points = [(box.right, middle), (other.left - (6 if step.arrow is Arrow.LOST else 0), middle)]
        self.words.append(Item(Hook.EDGE, [arrow(step.arrow, points)], ends=ends))
        if self.body.numbered:
            number = Text(room.left, middle - STRONG.line / 2, (str(self.count),), STRONG, align=Align.START)
            self.words.append(Item(Hook.EDGE_LABEL, [number], ends=ends))
        text = label(step.label.text, room.right - left)
        self.words.append(Item(Hook.EDGE_LABEL, [*text.texts(left, box.bottom + 4, room.inks, Align.START)], ends=ends))
        self.y = box.bottom + 4 + text.height

    def _note(self, note: Note, room: _Room) -> None:
        rect, texts = self._sheet(note, partial(label, note.text.text), "note-text", room)
        self.words.append(Item(Hook.NONE, [Box(rect, "note", "note-line", 1, radius=4), *texts]))
        self.y = rect.bottom

    def _event(self, step: Stretch, room: _Room) -> None:
        rect, texts = self._sheet(step.note, partial(remark, step), f"{step.tone}-text", room)
        self.words.append(Item(Hook.NONE, [*outline(Role.SERVICE, step.tone, rect), *texts]))
        self.y = rect.bottom

    def _sheet(self, note: Note, lines: Callable[[float], Label], ink: str, room: _Room) -> tuple[Rect, list[Part]]:
        """Return the box of a note and its lines: what it is over, and what it says."""
        width = room.right - room.left - 24
        texts: list[Part] = []
        y = self.y + 8
        names = self._names(note, width)
        if names:
            texts.append(Text(room.left + 12, y, names, STRONG, ink, Align.START))
            y += STRONG.line * len(names)
        text = lines(width)
        texts += text.texts(room.left + 12, y, (ink, ink), Align.START)
        return Rect(room.left, self.y, room.right, y + text.height + 8), texts

    def _names(self, note: Note, width: float) -> tuple[str, ...]:
        """Return the names of the participants that a remark is over, none if it is over all."""
        names = [" ".join(node.label.text.split()) for node in whom(note.over, self.body)]
        return title_rows(" \N{EN DASH} ".join(names), width) if names else ()

    def _within(self, room: _Room, tone: Tone | None = None) -> _Room:
        return _Room(room.left + self.indent, room.right - self.indent * _SPARE / _INDENT, tone or room.tone)

    def _block(self, block: Block, room: _Room) -> None:
        top = self.y
        frame = Item(Hook.GROUP)
        self.grounds.append(frame)
        sign = tab(block.kind, room.left, top)
        inner = self._within(room)
        x = sign.rect.right + 10
        for at, (message, steps) in enumerate(block.branches):
            if at:
                self.y += 12
                self.grounds.append(Item(Hook.NONE, [separator(room.left, room.right, self.y)]))
            names = title_rows(message.text, max(1.0, room.right - _SPARE - x))
            self.words.append(Item(Hook.TITLE, [title(names, x, self.y)]))
            self.y += title_height(names) + 6
            self.place(steps, inner)
        self.y += 12
        frame.parts.append(Box(Rect(room.left, top, room.right, self.y), "", "group-line", 1))
        self.words.append(sign)

    def _phase(self, step: Stretch, room: _Room) -> None:
        top, tone = self.y, step.tone
        band = Item(Hook.GROUP)
        self.grounds.append(band)
        width = room.right - room.left - 12 - _SPARE
        said, ink = remark(step, width), f"{tone}-text"
        texts = said.texts(room.left + 12, top + 8, (ink, ink), Align.START)
        self.y += 8 + said.height
        over = self._names(step.note, width)
        if over:
            texts.append(Text(room.left + 12, self.y, over, DETAIL, ink, Align.START))
            self.y += texts[-1].height
        self.words.append(Item(Hook.TITLE, [*texts]))
        self.y += 8
        self.place(step.steps, self._within(room, tone))
        self.y += 12
        rect = Rect(room.left, top, room.right, self.y)
        band.parts += [ground(rect, tone), bar(rect, f"{tone}-stroke")]
