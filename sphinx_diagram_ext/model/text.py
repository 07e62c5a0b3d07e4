"""Texts of a diagram: their lines in the data file, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Backing:
    """What a claim rests on: sources with quotations of them, a formula, or nothing, because it is made up.

    ``figure`` is the name by which formulas of the diagram refer to the figure that is claimed.
    """

    sources: tuple[str, ...] = ()
    illustration: bool = False
    quotations: tuple[Message, ...] = ()
    formula: Message | None = None
    figure: str = ""
    line: int = field(default=0, compare=False)
    """The line of the item that makes the claim; it tells claims apart that rest on the same."""

    @property
    def rests(self) -> bool:
        """Whether it is more than the name of a figure."""
        return bool(self.sources or self.illustration or self.formula)

    @classmethod
    def union(cls, backings: Iterable[Backing | None]) -> Backing | None:
        """Return what a sum rests on: all that its parts do, or None if one of them has nothing."""
        sources: dict[str, None] = {}
        illustration = False
        for backing in backings:
            if backing is None:
                return None
            sources |= dict.fromkeys(backing.sources)
            illustration |= backing.illustration
        return cls(tuple(sources), illustration)


@dataclass(frozen=True)
class Message:
    """A text for readers, and the line of the data file that it is on (0: unknown).

    ``backing`` is what the text rests on, where the data says so.
    """

    text: str
    line: int = 0
    backing: Backing | None = None
