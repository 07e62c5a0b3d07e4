"""Lifelines of a sequence: from the heads down, with a gap wherever a text is."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.scene import Hook, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_diagram_ext.drawing.geometry import Rect
    from sphinx_diagram_ext.drawing.scene import Part, Scene, Text
    from sphinx_diagram_ext.model import Tone

_SHORTEST = 8.0
"""Least length of a piece of a lifeline; shorter ones look like dirt."""
_ROOM = 3.0
"""Between a text and the end of a lifeline above or below it."""


@dataclass(slots=True)
class Lifelines:
    """Lifelines at ``xs``, which stop where a text is in their way."""

    xs: Sequence[float]
    gaps: list[list[tuple[float, float]]] = field(init=False)
    stressed: list[tuple[int, float, float, Tone]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gaps = [[] for _ in self.xs]

    def leave(self, texts: Iterable[Text]) -> None:
        """Keep off *texts*."""
        for text in texts:
            self.leave_room(text.rect.grown(3, _ROOM))

    def leave_room(self, rect: Rect) -> None:
        """Keep out of *rect*."""
        for at in range(bisect_left(self.xs, rect.left), bisect_left(self.xs, rect.right)):
            self.gaps[at].append((rect.top, rect.bottom))

    def stress(self, first: int, last: int, top: float, bottom: float, tone: Tone) -> None:
        """Draw the lifelines from *first* to *last* heavy, in the colour of a phase that concerns them."""
        self.stressed += [(at, top, bottom, tone) for at in range(first, last + 1)]

    def draw(self, scene: Scene, top: float, bottom: float) -> None:
        """Add the lifelines to *scene*."""
        stressed: dict[int, list[tuple[float, float, Tone]]] = {}
        for at, start, end, tone in self.stressed:
            stressed.setdefault(at, []).append((start, end, tone))
        for at, x in enumerate(self.xs):
            gaps = sorted(self.gaps[at])
            parts: list[Part] = [Line([(x, a), (x, b)], "group-line", 1.3) for a, b in without(gaps, top, bottom)]
            for start, end, tone in stressed.get(at, ()):
                parts += [Line([(x, a), (x, b)], f"{tone}-stroke", 2.4) for a, b in without(gaps, start, end)]
            if parts:
                scene.add(Hook.LIFELINE, *parts)


def without(gaps: Iterable[tuple[float, float]], top: float, bottom: float) -> list[tuple[float, float]]:
    """Return what is left of a line from *top* to *bottom* without *gaps*, which are in order."""
    found = []
    for start, end in gaps:
        if start >= bottom:
            break
        if start - top > _SHORTEST:
            found.append((top, start))
        top = max(top, end)
    if bottom - top > _SHORTEST:
        found.append((top, bottom))
    return found
