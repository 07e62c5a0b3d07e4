"""Columns of a sequence: where its lifelines are, so that messages find room between them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.renderers.sequence_labels import label, longest_word, plan, remark, span
from sphinx_diagram_ext.drawing.scene import DETAIL, NAME, PLAIN, STRONG
from sphinx_diagram_ext.drawing.shapes import content, icon_room, inset
from sphinx_diagram_ext.model import Exchange, Note, Stretch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.model import Node, Sequence

CLEAR = 10.0
"""Between a text and the lifelines beside it."""
NOTE_WIDTH = 176.0
"""Widest text of a note over one participant."""
LOOP = 28.0
"""How far a message to oneself goes to the right."""
PAD = 12.0
"""Between the text of a note and its sides."""

_HEAD, _WIDEST_HEAD = 160.0, 224.0
"""Widest head, and widest one where a word asks for it."""
_BETWEEN = 16.0
"""Between two heads."""
_EVEN, _LEAST = 152.0, 64.0
"""Preferred distance of lifelines, and least width of a head."""
_CAPS = (248.0, 208.0, 184.0, 160.0, 140.0, 120.0, 104.0, 88.0)
"""Widths at which labels break, the best first."""
_MARGIN, _MOST_MARGIN = 120.0, 168.0
"""Least and greatest width of the column beside the lifelines that says what happens in a phase."""
_LONG = 240
"""Letters of a text that fills its lines, however wide they are."""
_EDGE = 20.0
"""Between the outermost lifeline and the innermost frame."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of the lifelines. What stands at the left of ``left`` is the column for phases, if that is not 0."""

    places: dict[str, int]
    xs: tuple[float, ...]
    head: float
    left: float
    right: float
    step: float
    """How much narrower than its frame a frame inside it is, on each side."""
    badge: float = 0.0
    """How far from its lifeline a message with a number begins."""


@dataclass(frozen=True, slots=True)
class _Demand:
    """What the columns are made for: participants, steps and the room."""

    body: Sequence
    places: dict[str, int]
    head: float
    depth: int
    step: float
    badge: float

    @property
    def side(self) -> float:
        """Room beside the outermost lifelines."""
        return max(self.head / 2, _EDGE + self.step * self.depth)

    def wanted(self, cap: float) -> tuple[list[float], float]:
        """Return wanted distances of neighbours, with labels of at most *cap* pixels, and room at the right side."""
        gaps = [self.head + _BETWEEN] * (len(self.places) - 1)
        side = self.side
        distant: list[tuple[int, int, float]] = []
        for low, high, width in self._widths(cap):
            if high >= len(self.places):
                side = max(side, width + self.step * self.depth)
            elif high - low == 1:
                gaps[low] = max(gaps[low], width)
            else:
                distant.append((low, high, width))
        for low, high, width in distant:
            if max(gaps[low:high]) < width:
                widest = max(range(low, high), key=gaps.__getitem__)
                gaps[widest] = width
        return gaps, side

    def _widths(self, cap: float) -> Iterator[tuple[int, int, float]]:
        """Yield the two lifelines that a label is between and the distance that it wants."""
        for step, _ in plan(self.body.steps):
            if isinstance(step, Exchange):
                source, target = self.places[step.source], self.places[step.target]
                width = _text_width(step.label.text, cap)
                if source == target:
                    yield source, source + 1, LOOP + 8 + width + CLEAR
                else:
                    yield min(source, target), max(source, target), width + 2 * CLEAR + self.badge
            elif isinstance(step, Note):
                yield from self._note(step, _text_width(step.text.text, min(cap, NOTE_WIDTH)))
            elif isinstance(step, Stretch) and not step.steps:
                yield from self._note(step.note, remark(step, min(cap, NOTE_WIDTH)).width)

    def _note(self, note: Note, text: float) -> Iterator[tuple[int, int, float]]:
        first, last = span(note.over, self.places)
        if first == last:
            width = text + 2 * PAD
            # Half of it is on each side, where a neighbour is.
            for low in (first - 1, first):
                if 0 <= low < len(self.places) - 1:
                    ends = first in (0, len(self.places) - 1)
                    yield low, low + 1, width + CLEAR + 8 - self.side if ends else width / 2 + CLEAR


def _text_width(text: str, cap: float) -> float:
    """Return the width of *text* in lines of at most *cap* pixels; long texts fill them."""
    return cap if len(text) > _LONG else label(text, cap).width


def is_phase(step: object) -> bool:
    """Tell whether *step* is a stretch with steps of its own; one without is an event."""
    return isinstance(step, Stretch) and bool(step.steps)


def fitted(body: Sequence, space: Space) -> Columns | None:
    """Return the columns of a sequence, or None if there are too many participants for the room."""
    count = len(body.participants)
    depth = max((level + 1 for step, level in plan(body.steps) if not isinstance(step, Exchange | Note)), default=0)
    inward = min(8.0, 32.0 / max(depth, 1))
    beside = 2 * max(0.0, _EDGE + inward * depth - _LEAST / 2)
    most = (space.width - beside - _BETWEEN * (count - 1)) / max(count, 1)
    if count == 0 or most < _LEAST or (space.narrow and count > 3):
        return None
    head = _head(body.participants, min(_HEAD, most)) or _head(body.participants, min(_WIDEST_HEAD, most))
    if head is None and most < _HEAD:
        return None
    places = {node.key: at for at, node in enumerate(body.participants)}
    badge = STRONG.width(str(len(body.edges))) / 2 + 5 if body.numbered else 0.0
    demand = _Demand(body, places, head or min(_HEAD, most), depth, inward, badge)
    phases = [step for step in body.steps if isinstance(step, Stretch) and is_phase(step)]
    if phases and not space.narrow:
        found = _solved(demand, space.width - _MARGIN, _CAPS[:6])
        if found:
            gaps, side = found
            # Only the first line has the mark, but each has to fit beside one.
            wanted = max(remark(step, _MOST_MARGIN - 16).width + STRONG.width("\u2715 ") + 16 for step in phases)
            spare = space.width - demand.side - sum(gaps) - side
            return _placed(demand, gaps, side, max(_MARGIN, min(wanted, _MOST_MARGIN, spare)))
    found = _solved(demand, space.width, _CAPS)
    columns = _placed(demand, *(found or _squeezed(demand, space.width)), 0.0)
    return None if space.narrow and _breaks_fields(body, columns) else columns


def _breaks_fields(body: Sequence, columns: Columns) -> bool:
    """Tell whether a field of a message has no room on one line between three lifelines: a list reads better then."""
    xs = columns.xs
    texts: dict[str, float] = {}
    for step, _ in plan(body.steps if len(xs) > 2 else ()):
        if isinstance(step, Exchange) and step.source != step.target:
            low, high = sorted((columns.places[step.source], columns.places[step.target]))
            room = max(after - before for before, after in itertools.pairwise(xs[low : high + 1]))
            texts[step.label.text] = min(room, texts.get(step.label.text, room))
    least = 2 * CLEAR + columns.badge
    return any(DETAIL.width(line) > room - least for text, room in texts.items() for line in text.splitlines()[1:])


def _head(nodes: tuple[Node, ...], most: float) -> float | None:
    """Return the width of all heads, or None if a word of theirs is wider than *most*."""
    if least_width(nodes) > most:
        return None
    rooms = [(node, inset(node.role)) for node in nodes]
    width = max(80.0, *(content(node, most - room.left - room.right).width for node, room in rooms))
    return min(8.0 * -(-width // 8), most)


def least_width(nodes: Iterable[Node]) -> float:
    """Return the width of heads in which no word is broken."""
    width = 0.0
    for node in nodes:
        words = [longest_word(node.label.text, PLAIN if node.plain else NAME) + icon_room(node)]
        words += [longest_word(detail.text, DETAIL) for detail in node.details]
        width = max(width, max(words) + inset(node.role).left + inset(node.role).right)
    return width


def _solved(demand: _Demand, room: float, caps: tuple[float, ...]) -> tuple[list[float], float] | None:
    """Return distances of neighbours and room at the right side: even distances where they fit, else what is wanted."""
    for even, cap in [*((True, cap) for cap in caps[:5]), *((False, cap) for cap in caps)]:
        gaps, side = demand.wanted(cap)
        if even and gaps:
            gaps = [max(*gaps, _EVEN)] * len(gaps)
        gaps = [8.0 * -(-gap // 8) for gap in gaps]
        if demand.side + sum(gaps) + side <= room:
            return gaps, side
    return None


def _squeezed(demand: _Demand, room: float) -> tuple[list[float], float]:
    """Return distances for labels that do not fit: the room that heads leave, in parts as wide as they want."""
    gaps, _ = demand.wanted(_CAPS[-1])
    least = demand.head + _BETWEEN
    spare = room - 2 * demand.side - least * len(gaps)
    wishes = sum(gaps) - least * len(gaps)
    part = max(0.0, min(1.0, spare / wishes)) if wishes else 0.0
    gaps = [least + (gap - least) * part for gap in gaps]
    return gaps, max(demand.side, room - demand.side - sum(gaps))


def _placed(demand: _Demand, gaps: list[float], side: float, margin: float) -> Columns:
    xs = tuple(itertools.accumulate(gaps, initial=margin + demand.side))
    return Columns(demand.places, xs, demand.head, margin, xs[-1] + side, demand.step, demand.badge)
