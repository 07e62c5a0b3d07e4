"""Messages of a sequence: an arrow, and a label where the fewest lifelines are in its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.renderers.sequence_columns import CLEAR, LOOP
from sphinx_diagram_ext.drawing.renderers.sequence_labels import label
from sphinx_diagram_ext.drawing.scene import STRONG, Align, Head, Line, Text
from sphinx_diagram_ext.model import Arrow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.renderers.sequence_columns import Columns
    from sphinx_diagram_ext.drawing.renderers.sequence_labels import Label
    from sphinx_diagram_ext.model import Exchange

ABOVE = 5.0
"""Between the lines of a label and its arrow."""
INSIDE = 8.0
"""Between a text and the frame around it."""

_LOOP_HEIGHT, _LOOP_TOP = 20.0, 4.0
_SHORT = 14.0
"""How far from its target a lost message ends."""
_CROSS = 5.0
"""How much room a cross needs below a label."""
_FAR = 0.25
"""What each lifeline between the source and the label costs, in lines."""
_ACROSS, _BEYOND = 2.0, 5.0
"""What a label over lifelines costs, in lines: between source and target, and beyond them."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A message in its place."""

    label: list[Text]
    arrow: Line
    number: list[Text]
    bottom: float


@dataclass(frozen=True, slots=True)
class _Choice:
    """A place for a label, from *left* to *right*."""

    cost: float
    left: float
    right: float
    label: Label
    beyond: bool = False

    def around(self, x: float) -> float:
        """Return the middle of the label that is nearest to *x*."""
        half = self.label.width / 2
        return max(self.left + half, min(self.right - half, x)) if self.beyond else (self.left + self.right) / 2


def placed(
    step: Exchange, columns: Columns, sides: tuple[float, float], y: float, number: str, inks: tuple[str, str]
) -> Placed:
    """Return *step* from *y* on, its label between *sides*; *number* is "" if there is none."""
    source, target = columns.places[step.source], columns.places[step.target]
    if source == target:
        return _to_oneself(step, columns, sides, y, number, inks)
    xs = columns.xs
    choice = min(_choices(step, columns, sides), key=lambda one: one.cost)
    middle = (xs[source] + xs[target]) / 2
    texts = choice.label.texts(choice.around(middle), y, inks)
    # Beside its lifeline a number is in nobody's way.
    lift = STRONG.size / 2 if number and choice.beyond else 0.0
    at = y + choice.label.height + ABOVE + lift + (_CROSS if step.arrow is Arrow.LOST else 0.0)
    way = 1 if xs[target] > xs[source] else -1
    start = xs[source] + way * (columns.badge if number else 0.0)
    end = xs[target] - way * (_SHORT if step.arrow is Arrow.LOST else 0.0)
    return Placed(texts, arrow(step.arrow, [(start, at), (end, at)]), _number(number, xs[source], at), at)


def _choices(step: Exchange, columns: Columns, sides: tuple[float, float]) -> Iterator[_Choice]:
    xs, badge = columns.xs, columns.badge
    source, target = columns.places[step.source], columns.places[step.target]
    first, last = min(source, target), max(source, target)

    def between(low: int, high: int, more: float) -> _Choice:
        left = xs[low] + CLEAR + (badge if low == source else 0)
        right = xs[high] - CLEAR - (badge if high == source else 0)
        found = label(step.label.text, max(right - left, 1.0))
        return _Choice(found.cost + more, left, right, found)

    for low in range(first, last):
        away = low - first if source == first else last - 1 - low
        yield between(low, low + 1, _FAR * away)
    if last - first > 1:
        yield between(first, last, _ACROSS)
    yield _beyond(step, sides, _BEYOND)


def _beyond(step: Exchange, sides: tuple[float, float], more: float) -> _Choice:
    left, right = sides[0] + INSIDE, sides[1] - INSIDE
    found = label(step.label.text, max(right - left, 1.0))
    return _Choice(found.cost + more, left, right, found, beyond=True)


def _to_oneself(
    step: Exchange, columns: Columns, sides: tuple[float, float], y: float, number: str, inks: tuple[str, str]
) -> Placed:
    at = columns.places[step.source]
    x = columns.xs[at]
    left = x + LOOP + INSIDE
    right = columns.xs[at + 1] - CLEAR if at + 1 < len(columns.xs) else sides[1] - INSIDE
    beside = label(step.label.text, max(right - left, 1.0))
    above = _beyond(step, sides, _ACROSS)
    if beside.cost <= above.cost:
        top = y + max(_LOOP_TOP, (beside.height - _LOOP_HEIGHT) / 2)
        texts = beside.texts(left, top + (_LOOP_HEIGHT - beside.height) / 2, inks, Align.START)
    else:
        texts = above.label.texts(above.around(x + LOOP / 2), y, inks)
        top = y + above.label.height + ABOVE + (STRONG.size / 2 if number else 0.0)
    bottom = top + _LOOP_HEIGHT
    start = x + (columns.badge if number else 0.0)
    line = arrow(step.arrow, [(start, top), (x + LOOP, top), (x + LOOP, bottom), (x, bottom)])
    low = max(bottom, *(text.y + text.height for text in texts))
    return Placed(texts, line, _number(number, x, top), low)


def arrow(kind: Arrow, points: list[Point]) -> Line:
    """Return the line of a message: calls are solid, answers dashed, and what is lost ends in a cross."""
    if kind is Arrow.LOST:
        return Line(points, "problem-stroke", head=Head.CROSS)
    if kind is Arrow.REPLY:
        return Line(points, dash="6 4", head=Head.OPEN)
    return Line(points, head=Head.OPEN if kind is Arrow.ASYNC else Head.ARROW)


def _number(number: str, x: float, y: float) -> list[Text]:
    return [Text(x, y - STRONG.line / 2, (number,), STRONG)] if number else []
