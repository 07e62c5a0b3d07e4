"""Commands: what to type, what comes back and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_diagram_ext.model.text import Message


@dataclass(frozen=True)
class Command:
    """One or more lines to type; ``expect`` is what must come back, ``then`` what to do next."""

    run: Message
    expect: Message | None = None
    then: Message | None = None

    @property
    def remarks(self) -> tuple[Message, ...]:
        """What is said about the lines: texts with markup, which are translated."""
        return tuple(text for text in (self.expect, self.then) if text)
