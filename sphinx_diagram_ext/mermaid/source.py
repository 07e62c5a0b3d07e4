"""Mermaid text in two forms: as anyone can read it, and with its labels set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_diagram_ext.fonts import wrap
from sphinx_diagram_ext.mermaid.escape import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_diagram_ext.model import Message

# Plane 15 is private use: no font, no grammar and no escape has an opinion on it.
_FIRST = 0xF0000
_LAST = 0xFFFFD
FIRST, LAST = chr(_FIRST), chr(_LAST)
"""The first and the last character that may be the placeholder of a line of a label."""

_KEY_WORDS = frozenset(("PK", "FK", "UK"))
"""Marks of keys, which the grammar of entities takes for no word."""


@dataclass(frozen=True)
class Line:
    """One line of a label.

    Where a family knows no lines (charts, calendars) it is the whole label, with a line
    break between its lines. ``word`` tells that the grammar takes a single word here.
    """

    text: str
    bold: bool = False
    word: bool = False

    @property
    def rows(self) -> list[str]:
        """The lines that are drawn one below the other."""
        return self.text.split("\n")

    def mermaid(self, *, quoted: bool) -> str:
        """Return the line as Mermaid text that a parser takes."""
        if self.word:
            plain = re.sub(r"[^A-Za-z0-9]+", "_", self.text).strip("_")
            if plain.upper() in _KEY_WORDS:
                return f"{plain}_"
            return plain if plain[:1].isalpha() else f"c_{plain}".rstrip("_")
        return escape(" ".join(self.rows), quoted=quoted)


@dataclass(frozen=True)
class MermaidSource:
    """A diagram as Mermaid.

    ``text`` is complete Mermaid text. ``skeleton`` is the same with every line of every
    label replaced by one private-use character, the placeholder of an entry of ``lines``: an
    engine that lays out the skeleton can neither misread nor rewrite a label.
    ``nodes`` maps Mermaid ids to node keys, ``groups`` those of frames to keys of groups (or of nodes with nodes
    inside). Where a family gives no ids (timelines, pies, charts), ``order`` has the node keys in the order of the
    text, None for what is no node.
    """

    family: str
    text: str
    skeleton: str
    lines: tuple[Line, ...] = ()
    nodes: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    order: tuple[str | None, ...] = ()
    config: dict[str, object] = field(default_factory=dict)

    def plainly_broken(self, text: str) -> str:
        """Return *text*, the whole or the skeleton, with line breaks that take no parser of HTML.

        Flowcharts know both, and an engine reads those of HTML four times slower.
        """
        return text.replace("<br/>", "\\n") if self.family == "flowchart" else text

    def texts(self) -> dict[str, Line]:
        """Return the line of each placeholder."""
        return {chr(_FIRST + index): line for index, line in enumerate(self.lines)}


class MermaidWriter:
    """Writes Mermaid text and sets its labels aside."""

    def __init__(self, *, quoted: bool) -> None:
        self._quoted = quoted
        self._lines: list[Line] = []
        self._text: list[str] = []

    def write(self, text: str) -> None:
        """Add a line of Mermaid."""
        self._text.append(text)

    def line(self, text: str, *, bold: bool = False) -> str:
        """Set one line of a label aside and return its placeholder."""
        self._lines.append(Line(text, bold))
        return chr(_FIRST + len(self._lines) - 1)

    def label(self, message: Message, width: float, *, bold: bool = False) -> str:
        """Set *message* aside, broken into lines of at most *width* CSS pixels."""
        return "<br/>".join(self.line(line, bold=bold) for line in wrap(message.text, width, bold=bold))

    def flat(self, messages: Iterable[Message], width: float, *, bold: bool = False) -> str:
        """Set *messages*, one below the other, aside as one label for families that know no lines."""
        rows = (row for message in messages for row in wrap(message.text, width, bold=bold))
        return self.line("\n".join(rows), bold=bold)

    def word(self, message: Message) -> str:
        """Set *message* aside where the grammar takes a single word."""
        self._lines.append(Line(" ".join(message.text.split()), word=True))
        return chr(_FIRST + len(self._lines) - 1)

    def finish(self, family: str, **more: Mapping[str, object] | tuple[str | None, ...]) -> MermaidSource:
        """Return what was written."""
        skeleton = "\n".join(self._text) + "\n"
        table = {_FIRST + index: line.mermaid(quoted=self._quoted) for index, line in enumerate(self._lines)}
        return MermaidSource(
            family=family,
            text=skeleton.translate(table),
            skeleton=skeleton,
            lines=tuple(self._lines),
            **more,  # type: ignore[arg-type]
        )
