"""Labels of sequences: lines of even length, and what is said of participants beside their lifelines."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.scene import DETAIL, STRONG, Align, Text
from sphinx_diagram_ext.fonts import wrap
from sphinx_diagram_ext.model import Block, Exchange, Note, Stretch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_diagram_ext.drawing.scene import Font
    from sphinx_diagram_ext.model import Node, Sequence, Step

BREAK = 12.0
"""What a broken word costs, in lines."""


@dataclass(frozen=True, slots=True)
class Label:
    """The lines of a message: what it is, and its fields."""

    name: tuple[str, ...]
    fields: tuple[str, ...]
    font: Font
    broken: bool

    @property
    def width(self) -> float:
        """The width of the longest line."""
        return max(map(self.font.width, (*self.name, *self.fields)))

    @property
    def height(self) -> float:
        """The height of all lines."""
        return self.font.line * (len(self.name) + len(self.fields))

    @property
    def cost(self) -> float:
        """How unwelcome it is: its lines, and more if a word is broken."""
        return len(self.name) + len(self.fields) + BREAK * self.broken

    def texts(self, x: float, y: float, inks: tuple[str, str], align: Align = Align.MIDDLE) -> list[Text]:
        """Return the lines from *y* on, in the inks of the name and of the fields."""
        texts = [Text(x, y, self.name, self.font, inks[0], align)]
        if self.fields:
            texts.append(Text(x, y + texts[0].height, self.fields, self.font, inks[1], align))
        return texts


@lru_cache(maxsize=8192)
def label(text: str, width: float, font: Font = DETAIL) -> Label:
    """Return *text* in lines of at most *width* pixels; lines after its first paragraph are fields."""
    first, *others = text.splitlines() or [""]
    name = even(first, width, font)
    fields = tuple(itertools.chain.from_iterable(wrap(row, width, font.size, bold=font.bold) for row in others if row))
    return Label(name, fields, font, longest_word(text, font) > width)


def even(text: str, width: float, font: Font) -> tuple[str, ...]:
    """Return *text* in as few lines as fit *width*, and those about as long as each other."""
    rows = wrap(text, width, font.size, bold=font.bold)
    low, high = width / 2, width
    for _ in range(5 if 1 < len(rows) < 8 else 0):
        middle = (low + high) / 2
        tried = wrap(text, middle, font.size, bold=font.bold)
        if len(tried) == len(rows) and longest_word(text, font) <= middle:
            rows, high = tried, middle
        else:
            low = middle
    return tuple(rows)


@lru_cache(maxsize=8192)
def longest_word(text: str, font: Font) -> float:
    """Return the width of the widest word of *text*."""
    return max(map(font.width, text.split()), default=0.0)


def title_rows(text: str, width: float) -> tuple[str, ...]:
    """Return the lines of a title of a block or a phase."""
    return tuple(itertools.chain.from_iterable(even(row, width, STRONG) for row in text.splitlines() or [""]))


def remark(stretch: Stretch, width: float) -> Label:
    """Return what a stretch says, with the mark that says what its colour does."""
    mark = f"{stretch.tone.mark} ".lstrip()
    found = label(stretch.note.text.text, max(1.0, width - STRONG.width(mark)), STRONG)
    return replace(found, name=(mark + found.name[0], *found.name[1:]))


def plan(steps: Iterable[Step], level: int = 0) -> Iterator[tuple[Exchange | Note | Block | Stretch, int]]:
    """Yield all steps in order, each with the number of blocks and stretches around it."""
    for step in steps:
        yield step, level
        if isinstance(step, Block):
            for _, inner in step.branches:
                yield from plan(inner, level + 1)
        elif isinstance(step, Stretch):
            yield from plan(step.steps, level + 1)


def span(over: tuple[str, ...], places: dict[str, int]) -> tuple[int, int]:
    """Return the first and the last place of what a remark is over."""
    found = [places[key] for key in over if key in places] or [0, max(places.values(), default=0)]
    return min(found), max(found)


def whom(over: tuple[str, ...], body: Sequence) -> tuple[Node, ...]:
    """Return the first and the last participant that a remark is over, none if it is over all."""
    nodes = body.participants
    first, last = span(over, {node.key: at for at, node in enumerate(nodes)})
    if last - first == len(nodes) - 1:
        return ()
    return (nodes[first],) if first == last else (nodes[first], nodes[last])
