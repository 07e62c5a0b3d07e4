"""Claims of a diagram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_diagram_ext.model.text import Backing, Message


@dataclass(frozen=True)
class Claim:
    """What an item of a diagram says, and what that rests on.

    ``nodes`` are the keys of what it is about: none, a node, or both ends of an edge. ``text``
    is what is said; a claim that is a node as a whole has none.
    """

    backing: Backing
    nodes: tuple[str, ...] = ()
    text: Message | None = None
