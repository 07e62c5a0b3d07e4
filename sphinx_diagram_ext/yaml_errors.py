"""Errors of libyaml: its words, where it gave up, and what stands around that place."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """A message and its place; line and column count from 0."""

    line: int
    column: int
    message: str


class LibyamlError(NamedTuple):
    """What libyaml said: its words, where it gave up, and where what it was reading began."""

    lines: list[str]
    line: int
    column: int
    context: str
    start: tuple[int, int]

    @property
    def text(self) -> str:
        """The line where it gave up."""
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def character(self) -> str:
        """The character at which it gave up, "" at the end of a line."""
        return self.text[self.column : self.column + 1]

    @property
    def opener(self) -> str:
        """The character that what it was reading began with."""
        line, column = self.start
        return self.lines[line][column : column + 1] if line < len(self.lines) else ""

    def here(self, message: str) -> Fault:
        """Return *message* at the place where it gave up."""
        return Fault(self.line, self.column, message)

    def opened(self, message: str) -> Fault:
        """Return *message* at the place where what it was reading began."""
        return Fault(*self.start, message)


def last_open(error: LibyamlError) -> Fault | None:
    """Return what is wrong with the innermost bracket that is open before the error, None if none is."""
    found: list[tuple[int, int, str]] = []
    for number, text in enumerate(error.lines[: error.line + 1]):
        for column, character in enumerate(text):
            if character in "[{":
                found.append((number, column, character))
            elif character in "]}" and found:
                found.pop()
    if not found:
        return None
    line, column, character = found[-1]
    return Fault(line, column, f"the {character!r} opened here is never closed")


def indent_of(text: str) -> str:
    """Return the spaces and tabs that *text* begins with."""
    return text[: len(text) - len(text.lstrip(" \t"))]


def line_above(error: LibyamlError) -> int | None:
    """Return the number of the last line above that says something."""
    for number in range(min(error.line, len(error.lines)) - 1, -1, -1):
        words = error.lines[number].strip()
        if words and not words.startswith("#"):
            return number
    return None


def open_levels(error: LibyamlError) -> list[int]:
    """Return the indents that are open above the line of the error, from the inside out."""
    found: list[int] = []
    least = len(error.text) + 10_000
    for number in range(min(error.line, len(error.lines)) - 1, -1, -1):
        text = error.lines[number]
        words = text.strip()
        indent = len(indent_of(text))
        if words and not words.startswith(("#", "-")) and indent < least:
            found.append(indent)
            least = indent
    return found or [0]
