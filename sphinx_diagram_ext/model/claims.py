"""What a diagram claims, and what each claim rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_diagram_ext.model.graph import Message


@dataclass(frozen=True)
class Backing:
    """What a claim rests on: ids of the diagram's sources, or nothing, because it is made up."""

    sources: tuple[str, ...] = ()
    illustration: bool = False


@dataclass(frozen=True)
class Claim:
    """What an item of a diagram says, and what that rests on.

    ``nodes`` are the keys of what it is about: none, a node, or both ends of an edge. ``text``
    is what is said; a claim that is a node as a whole has none.
    """

    backing: Backing
    nodes: tuple[str, ...] = ()
    text: Message | None = None


def together(backings: Iterable[Backing | None]) -> Backing | None:
    """Return what a sum rests on: all that its parts do, or None if one of them has nothing."""
    sources: dict[str, None] = {}
    illustration = False
    for backing in backings:
        if backing is None:
            return None
        sources |= dict.fromkeys(backing.sources)
        illustration |= backing.illustration
    return Backing(tuple(sources), illustration)
