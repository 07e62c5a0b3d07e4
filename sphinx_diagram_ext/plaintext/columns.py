"""Text on a grid of columns: its width and its line breaks."""

from __future__ import annotations

import unicodedata
from itertools import pairwise


def columns(text: str) -> int:
    """Return how many columns *text* takes: two for wide characters, none for combining ones.

    Wide are those of the classes W and F of https://www.unicode.org/reports/tr11/.
    """
    return sum(
        0
        if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Me", "Mn")
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


def pad(text: str, width: int) -> str:
    """Return *text* with spaces behind it, *width* columns wide."""
    return text + " " * (width - columns(text))


def cells(text: str) -> list[str]:
    """Return what is in each column of *text*; a wide character is followed by an empty cell."""
    found: list[str] = []
    for char in text:
        width = columns(char)
        if width == 0 and found:
            found[-1] += char
        else:
            found += [char, ""][: max(width, 1)]
    return found


def fold(text: str, width: int) -> list[str]:
    """Return the lines of *text*, each at most *width* columns wide; only a long word is broken."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in paragraph.split():
            joined = f"{line} {word}" if line else word
            if columns(joined) <= width:
                line = joined
                continue
            if line:
                lines.append(line)
            *full, line = _pieces(word, width)
            lines += full
        lines.append(line)
    return lines


def _pieces(word: str, width: int) -> list[str]:
    cuts = [0]
    for at in range(1, len(word)):
        if columns(word[cuts[-1] : at + 1]) > width and columns(word[cuts[-1] : at]) > 0:
            cuts.append(at)
    return [word[start:end] for start, end in pairwise([*cuts, len(word)])]
