"""Mermaid text in two forms: as anyone can read it, and with its labels set aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_diagram_ext.expand.escape import escape
from sphinx_diagram_ext.text import wrap

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Message

# Plane 15 is private use: no font, no grammar and no escape has an opinion on it.
_FIRST = 0xF0000
_LAST = 0xFFFFD


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a label."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Expansion:
    """A diagram as Mermaid.

    ``source`` is complete Mermaid text. ``skeleton`` is the same with every line of every
    label replaced by one private-use character, which stands for an entry of ``lines``: an
    engine that lays out the skeleton can neither misread nor rewrite a label.
    ``nodes`` maps Mermaid ids to node keys, ``groups`` likewise.
    """

    family: str
    source: str
    skeleton: str
    lines: tuple[Line, ...] = ()
    nodes: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    config: dict[str, object] = field(default_factory=dict)

    def texts(self) -> dict[str, Line]:
        """Return the line that each placeholder stands for."""
        return {chr(_FIRST + index): line for index, line in enumerate(self.lines)}


def is_placeholder(char: str) -> bool:
    """Tell whether *char* may stand for a line of a label."""
    return _FIRST <= ord(char) <= _LAST


class Ink:
    """Writes Mermaid text and sets its labels aside."""

    def __init__(self, *, quoted: bool) -> None:
        self._quoted = quoted
        self._lines: list[Line] = []
        self._text: list[str] = []

    def write(self, text: str) -> None:
        """Add a line of Mermaid."""
        self._text.append(text)

    def line(self, text: str, *, bold: bool = False) -> str:
        """Set one line of a label aside and return what stands for it."""
        self._lines.append(Line(text, bold))
        return chr(_FIRST + len(self._lines) - 1)

    def label(self, message: Message, width: float, *, bold: bool = False) -> str:
        """Set *message* aside, broken into lines of at most *width* CSS pixels."""
        return "<br/>".join(self.line(line, bold=bold) for line in wrap(message.text, width, bold=bold))

    def finish(self, family: str, **more: dict[str, object] | dict[str, str]) -> Expansion:
        """Return what was written."""
        skeleton = "\n".join(self._text) + "\n"
        table = {_FIRST + index: escape(line.text, quoted=self._quoted) for index, line in enumerate(self._lines)}
        return Expansion(
            family=family,
            source=skeleton.translate(table),
            skeleton=skeleton,
            lines=tuple(self._lines),
            **more,  # type: ignore[arg-type]
        )
