"""Line wrapping of a text to a width; long words are broken too."""

from __future__ import annotations

import re

from sphinx_diagram_ext.fonts.metrics import FONT_SIZE, text_width

_SPACES = re.compile(r"\s+")
_NO_BREAK = "\u00a0\u2007\u202f"
_BREAK_AFTER = "/\\._-,;:=&?|+@)]}"


def wrap(text: str, width: float, size: float = FONT_SIZE, *, bold: bool = False) -> list[str]:
    """Return the lines of *text*, each at most *width* CSS pixels wide.

    Line breaks of the text are kept, runs of white space become one space, and no line ends at
    a no-break space. A word that is wider than a line breaks after punctuation where it can and
    anywhere where it must; nothing else is added or lost. A single character may be wider than *width*.
    """
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for word in _SPACES.sub(_break_or_none, paragraph.strip()).split(" "):
            joined = f"{line} {word}" if line else word
            if text_width(joined, size, bold=bold) <= width:
                line = joined
                continue
            if line:
                lines.append(line)
            *full, line = _pieces(word, width, size, bold=bold)
            lines += full
        if line:
            lines.append(line)
    return lines or [""]


def _break_or_none(spaces: re.Match[str]) -> str:
    """Return spaces that no line may end at as they are, and one space for others."""
    return spaces[0] if not spaces[0].strip(_NO_BREAK) else " "


def _pieces(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    pieces = []
    while text_width(word, size, bold=bold) > width and len(word) > 1:
        fitting = 1
        while fitting < len(word) and text_width(word[: fitting + 1], size, bold=bold) <= width:
            fitting += 1
        nice = max((index + 1 for index in range(fitting) if word[index] in _BREAK_AFTER), default=0)
        cut = nice if nice > fitting // 3 else fitting
        while cut < len(word) and text_width(word[cut]) == 0:
            cut += 1
        pieces.append(word[:cut].rstrip())
        word = word[cut:].lstrip()
    pieces.append(word)
    return pieces
