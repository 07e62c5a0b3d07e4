"""Steps of a sequence as a list: a row a message, with its source, its target and its label below them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers.sequence_chips import ARROW, WIDEST, looped, natural_width, paired
from sphinx_diagram_ext.drawing.renderers.sequence_columns import least_width
from sphinx_diagram_ext.drawing.renderers.sequence_frames import bar, ground
from sphinx_diagram_ext.drawing.renderers.sequence_heads import head_row, inner_size
from sphinx_diagram_ext.drawing.renderers.sequence_labels import label, plan, remark, title_rows, whom
from sphinx_diagram_ext.drawing.renderers.sequence_messages import arrow
from sphinx_diagram_ext.drawing.renderers.sequence_placer import Room, StepPlacer
from sphinx_diagram_ext.drawing.scene import DETAIL, STRONG, Align, Hook, Item, Scene, Text
from sphinx_diagram_ext.model import Arrow

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.drawing.scene import Part
    from sphinx_diagram_ext.model import Exchange, Node, Note, Sequence, Stretch

BETWEEN = 16.0
"""Between two steps."""
_WIDEST = 480.0
"""Width of the list where there is more room."""
_HEAD, _HEADS_BETWEEN = 148.0, 12.0
"""Widest head, and the room between heads."""
_INDENT, _INDENTS = 12.0, 60.0
"""How much farther right the steps of a block stand, and the most for blocks in blocks."""
_SPARE = 8.0
"""Between what is in a block and its right side."""
_CROSS = 6.0
"""How far from its target an arrow ends that does not arrive."""


def rows(body: Sequence, space: Space) -> Scene:
    """Return the scene of a sequence as a list."""
    scene = Scene()
    width = space.width if space.narrow else min(space.width, _WIDEST)
    top = _heads(scene, body.participants, width)
    listed = _Lister(body, top + BETWEEN + 8, width)
    listed.place(body.steps, Room(0.0, width))
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
class _Lister(StepPlacer):
    """Places steps as rows of a list of this ``width``."""

    between = BETWEEN
    below = 12.0

    width: float
    indent: float = field(init=False)
    badge: float = field(init=False)
    """Width of the column of numbers."""
    even: float = field(init=False)
    """Width of the chips that fit beside each other on one line, wherever they are."""
    nodes: dict[str, Node] = field(init=False)

    def __post_init__(self) -> None:
        depth = max((level for _, level in plan(self.body.steps)), default=0)
        self.indent = min(_INDENT, _INDENTS / max(depth, 1))
        self.badge = STRONG.width(str(len(self.body.edges))) + 10 if self.body.numbered else 0.0
        room = self.width - depth * self.indent * (1 + _SPARE / _INDENT) - self.badge - ARROW
        most = min(WIDEST, room / 2)
        widths = map(natural_width, self.body.participants)
        self.nodes = {node.key: node for node in self.body.participants}
        self.even = max((width for width in widths if width <= most), default=0.0)

    def message(self, step: Exchange, number: str, room: Room) -> None:
        """Place the chips of source and target with an arrow between them, and the label below."""
        left, ends = room.left + self.badge, (step.source, step.target)
        source, target = (self.nodes[key] for key in ends)
        if source is target:
            found = looped(source, self.even, left, room.right, self.y)
        else:
            found = paired((source, target), self.even, left, room.right, self.y)
        points = found.points
        if step.arrow is Arrow.LOST and source is not target:
            points = [*points[:-1], (points[-1][0] - _CROSS, points[-1][1])]
        self.words += [Item(Hook.NONE, parts) for parts in found.chips]
        self.words.append(Item(Hook.EDGE, [arrow(step.arrow, points)], ends=ends))
        if number:
            digits = Text(room.left, found.middle - STRONG.line / 2, (number,), STRONG, align=Align.START)
            self.words.append(Item(Hook.EDGE_LABEL, [digits], ends=ends))
        text = label(step.label.text, room.right - left)
        texts = text.texts(left, found.bottom + 4, room.inks, Align.START)
        self.words.append(Item(Hook.EDGE_LABEL, [*texts], ends=ends))
        self.y = found.bottom + 4 + text.height

    def sheet(self, note: Note, stretch: Stretch | None, inks: tuple[str, str], room: Room) -> tuple[Rect, list[Part]]:
        """Return a box as wide as the list: what the note is over, and what it says."""
        width = room.right - room.left - 24
        texts: list[Part] = []
        y = self.y + 8
        names = self._names(note, width)
        if names:
            texts.append(Text(room.left + 12, y, names, STRONG, inks[0], Align.START))
            y += STRONG.line * len(names)
        text = remark(stretch, width) if stretch else label(note.text.text, width)
        texts += text.texts(room.left + 12, y, inks, Align.START)
        return Rect(room.left, self.y, room.right, y + text.height + 8), texts

    def inside(self, room: Room) -> Room:
        """Return the room inside a block: farther to the right."""
        return room.within(self.indent, self.indent * _SPARE / _INDENT)

    def keep_clear(self, rect: Rect) -> None:
        """Keep nothing clear: a list has no lifelines."""

    def _names(self, note: Note, width: float) -> tuple[str, ...]:
        """Return the names of the participants that a remark is over, none if it is over all."""
        names = [" ".join(node.label.text.split()) for node in whom(note.over, self.body)]
        return title_rows(" \N{EN DASH} ".join(names), width) if names else ()

    def phase(self, step: Stretch, room: Room) -> None:
        """Place what the phase is, and its steps below that, on a ground."""
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
        self.place(step.steps, self.inside(room)._replace(tone=tone))
        self.y += self.below
        rect = Rect(room.left, top, room.right, self.y)
        band.parts += [ground(rect, tone), bar(rect, f"{tone}-stroke")]
