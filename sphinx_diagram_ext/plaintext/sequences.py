"""Sequences: lifelines from left to right, messages from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from sphinx_diagram_ext.model import Arrow, Exchange, Note, Stretch
from sphinx_diagram_ext.plaintext.columns import cells, columns, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_diagram_ext.model import Block, Node, Sequence, Step

WIDEST_LABELS = (20, 16, 12, 9)
"""Columns that the name of a participant may take, tried in this order."""

LEAST_GAP = 11
"""Columns between two lifelines that leave room for words of a message."""

_AROUND = 6
"""Columns that a message needs besides its words: number, space and line."""

_MARGIN = 2
"""Columns that a frame takes at the left."""

_LINES = {Arrow.CALL: "─", Arrow.REPLY: "┄", Arrow.ASYNC: "─", Arrow.LOST: "─"}
_HEADS = {Arrow.CALL: ("►", "◄"), Arrow.REPLY: ("►", "◄"), Arrow.ASYNC: (">", "<"), Arrow.LOST: ("×", "×")}  # noqa: RUF001 - a cross
_FURTHER = {"alt": "else", "par": "and"}


def sequence(body: Sequence, width: int) -> list[str] | None:
    """Return the participants and below them what happens, or None if they are too close."""
    depth = _depth(body.steps)
    steps = list(_exchanges(body.steps))
    for most in WIDEST_LABELS:
        heads = [[row for text in _texts(node) for row in fold(text, most)] for node in body.participants]
        lifelines = _lifeline_columns(heads, [node.key for node in body.participants], steps, width - depth * _MARGIN)
        if lifelines:
            sheet = _Sheet(lifelines, depth, width, numbered=body.numbered)
            sheet.heads(heads)
            sheet.steps(body.steps)
            return sheet.lines
    return None


def _texts(node: Node) -> list[str]:
    mark = f"{node.tone.mark} " if node.tone.mark else ""
    return [mark + node.label.text, *(detail.text for detail in node.details)]


def _depth(steps: Iterable[Step]) -> int:
    inner = [_depth(part) + 1 for step in steps for part in _branches(step)]
    return max(inner, default=0)


def _branches(step: Step) -> list[tuple[Step, ...]]:
    if isinstance(step, Stretch):
        return [step.steps]
    return [] if isinstance(step, Exchange | Note) else [steps for _, steps in step.branches]


def _exchanges(steps: Iterable[Step]) -> Iterable[Exchange]:
    for step in steps:
        if isinstance(step, Exchange):
            yield step
        for part in _branches(step):
            yield from _exchanges(part)


def _lifeline_columns(
    heads: list[list[str]], keys: list[str], steps: list[Exchange], width: int
) -> dict[str, int] | None:
    """Return the column of each lifeline, room shared out by the messages that need it most."""
    halves = [(max(map(columns, rows)) + 4) // 2 for rows in heads]
    gaps = [max(left + right + 2, LEAST_GAP) for left, right in pairwise(halves)]
    order = {key: at for at, key in enumerate(keys)}
    last_calls_itself = any(step.source == step.target == keys[-1] for step in steps)
    free = width - halves[0] - sum(gaps) - max(halves[-1], LEAST_GAP if last_calls_itself else 0) - 1
    if free < 0:
        return None
    words, texts = list(gaps), list(gaps)
    for step in steps:
        left, right = sorted((order[step.source], order[step.target]))
        if right - left <= 1 and left < len(gaps):
            text = step.label.text
            words[left] = max(words[left], *(columns(word) + _AROUND for word in text.split()))
            texts[left] = max(texts[left], *(columns(row) + _AROUND for row in text.splitlines()))
    free = _widen(gaps, words, free)
    _widen(gaps, texts, free)
    columns_at = [halves[0] + sum(gaps[:at]) for at in range(len(keys))]
    return dict(zip(keys, columns_at, strict=True))


def _widen(gaps: list[int], wanted: list[int], free: int) -> int:
    """Give *free* columns to the gaps that want them most; return how many are left."""
    while free and any(want > gap for want, gap in zip(wanted, gaps, strict=True)):
        neediest = max(range(len(gaps)), key=lambda at: wanted[at] - gaps[at])
        gaps[neediest] += 1
        free -= 1
    return free


@dataclass
class _Sheet:
    """The lines that are drawn already, and the column of each lifeline."""

    lifelines: dict[str, int]
    depth: int
    width: int
    numbered: bool
    lines: list[str] = field(default_factory=list)
    open: int = 0
    """How many frames are open."""
    count: int = 0

    def heads(self, labels: list[list[str]]) -> None:
        """Draw the boxes of the participants."""
        height = max(map(len, labels))
        rows = [self._blank() for _ in range(height + 2)]
        for column, texts in zip(self.lifelines.values(), labels, strict=True):
            inner = max(map(columns, texts)) + 2
            left = column - inner // 2 - 1
            below = "─" * (column - left - 1) + "┬" + "─" * (left + inner - column)
            self._put(rows[0], left, f"┌{'─' * inner}┐")
            self._put(rows[-1], left, f"└{below}┘")
            for at, row in enumerate(rows[1:-1]):
                text = texts[at] if at < len(texts) else ""
                before = (inner - columns(text)) // 2
                self._put(row, left, f"│{' ' * before}{text}{' ' * (inner - before - columns(text))}│")
        self.lines += ["".join(row) for row in rows]

    def steps(self, steps: Iterable[Step]) -> None:
        """Draw steps one below the other."""
        for step in steps:
            if isinstance(step, Exchange):
                self._exchange(step)
            elif isinstance(step, Note):
                self._note(step)
            elif isinstance(step, Stretch):
                self._stretch(step)
            else:
                self._block(step)

    def _stretch(self, stretch: Stretch) -> None:
        mark = f"{stretch.tone.mark} " if stretch.tone.mark else ""
        text = replace(stretch.note.text, text=mark + stretch.note.text.text)
        if not stretch.steps:
            self._note(replace(stretch.note, text=text))
            return
        self._frame("┌", text.text)
        self.steps(stretch.steps)
        self._end()

    def _block(self, block: Block) -> None:
        for at, (title, steps) in enumerate(block.branches):
            word = block.kind if at == 0 else _FURTHER[block.kind]
            if at:
                self.open -= 1
            self._frame("├" if at else "┌", f"{word}: {title.text}")
            self.steps(steps)
        self._end()

    def _frame(self, corner: str, text: str) -> None:
        margin = "│ " * self.open
        first, *rest = fold(text, self.width - len(margin) - 5)
        self.lines.append(f"{margin}{corner}─ {first}")
        self.lines += [f"{margin}│  {row}" for row in rest]
        self.open += 1

    def _end(self) -> None:
        self.open -= 1
        self.lines.append(f"{'│ ' * self.open}└─")

    def _exchange(self, step: Exchange) -> None:
        self.count += 1
        text = f"{self.count}. {step.label.text}" if self.numbered else step.label.text
        source, target = self.lifelines[step.source], self.lifelines[step.target]
        if source == target:
            self._to_itself(source, text)
            return
        left, right = sorted((source, target))
        self._write(left, right, text)
        row = self._lifelines()
        line, (forth, back) = _LINES[step.arrow], _HEADS[step.arrow]
        if source < target:
            self._put(row, left, f"├{line * (right - left - 2)}{forth}")
        else:
            self._put(row, left + 1, f"{back}{line * (right - left - 2)}┤")
        self.lines.append("".join(row))

    def _to_itself(self, column: int, text: str) -> None:
        further = [other for other in self.lifelines.values() if other > column]
        right = min(further, default=self.width - self.depth * _MARGIN)
        self._write(column, right, text)
        for loop in ("├─┐", "│◄┘"):
            row = self._lifelines()
            self._put(row, column, loop)
            self.lines.append("".join(row))

    def _write(self, left: int, right: int, text: str) -> None:
        """Write *text* between two columns, below an empty line."""
        self.lines.append("".join(self._lifelines()))
        for part in fold(text, right - left - 3):
            row = self._lifelines()
            self._put(row, left + 1, f" {part} ")
            self.lines.append("".join(row))

    def _note(self, note: Note) -> None:
        over = [self.lifelines[key] for key in note.over]
        room = self.width - self.depth * _MARGIN - 4
        texts = fold(note.text.text, min(room, max(max(over) - min(over), 2 * LEAST_GAP)))
        inner = max(map(columns, texts))
        left = (min(over) + max(over)) // 2 - (inner + 4) // 2
        left = max(min(left, room - inner), 0)
        self.lines.append("".join(self._lifelines()))
        boxed = [f"│ {text}{' ' * (inner - columns(text))} │" for text in texts]
        for line in (f"┌{'─' * (inner + 2)}┐", *boxed, f"└{'─' * (inner + 2)}┘"):
            row = self._lifelines()
            self._put(row, left, line)
            self.lines.append("".join(row))

    def _blank(self) -> list[str]:
        frames = "│ " * self.open
        return cells(frames.ljust(self.depth * _MARGIN) + " " * (self.width - self.depth * _MARGIN))

    def _lifelines(self) -> list[str]:
        row = self._blank()
        for column in self.lifelines.values():
            self._put(row, column, "│")
        return row

    def _put(self, row: list[str], at: int, text: str) -> None:
        start = at + self.depth * _MARGIN
        found = cells(text)
        row[start : start + len(found)] = found
