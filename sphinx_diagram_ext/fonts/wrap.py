"""Line wrapping of a text to a width; long words are broken too."""

from __future__ import annotations

import re

from sphinx_diagram_ext.fonts.metrics import FONT_SIZE, advances, text_width

_SPACES = re.compile(r"\s+")
_NO_BREAK = "\u00a0\u2007\u202f"
_NUMBER = re.compile(r"[~<>≤≥±]?[\d.,]+")
_UNIT = 3
"""Letters of a unit that stays with its number."""
_SIGNS = frozenset("=<>≤≥+→≠")
_MOST_EVEN, _HALVINGS = 6, 5
"""Lines up to which a text is made even, and how often its width is halved for that."""
_BREAK_AFTER = "/\\._-,;:=&?|+@)]}"


def wrap(text: str, width: float, size: float = FONT_SIZE, *, bold: bool = False) -> list[str]:
    """Return the lines of *text*, each at most *width* CSS pixels wide.

    Line breaks of the text are kept, runs of white space become one space, and no line ends at
    a no-break space. A word that is wider than a line breaks after punctuation where it can and
    anywhere where it must; nothing else is added or lost. A single character may be wider than *width*.
    """
    return _filled([_words(line) for line in text.splitlines()], width, size, bold=bold)


def _words(line: str) -> list[str]:
    return _SPACES.sub(_break_or_none, line.strip()).split(" ")


def _filled(paragraphs: list[list[str]], width: float, size: float, *, bold: bool) -> list[str]:
    lines: list[str] = []
    for words in paragraphs:
        line: list[str] = []
        used = 0.0
        for word in words:
            # Character by character from where the line ends: measuring whole lines takes the square of their length.
            joined = _used(f" {word}" if line else word, used, bold=bold)
            if joined * size <= width:
                line.append(word)
                used = joined
                continue
            if line:
                lines.append(" ".join(line))
            *full, last = _pieces(word, width, size, bold=bold)
            lines += full
            line, used = [last] if last else [], _used(last, 0.0, bold=bold)
        if line and line != [""]:
            lines.append(" ".join(line))
    return lines or [""]


def balanced(text: str, width: float, size: float = FONT_SIZE, *, bold: bool = False) -> list[str]:
    """Return the lines of *text* as :func:`wrap` does, but as even as they can be without one line more.

    A number stays with its unit and a sign with both its sides, where a line has room for them.
    """
    paragraphs = [_joined(_words(line)) for line in text.splitlines()]
    widest = max((text_width(word, size, bold=bold) for words in paragraphs for word in words), default=0.0)
    if widest > width:
        return wrap(text, width, size, bold=bold)
    best = _filled(paragraphs, width, size, bold=bold)
    low, high = widest, width
    for _ in range(_HALVINGS if 1 < len(best) <= _MOST_EVEN else 0):
        middle = (low + high) / 2
        lines = _filled(paragraphs, middle, size, bold=bold)
        if len(lines) > len(best):
            low = middle
        else:
            best, high = lines, middle
    return best


def _joined(words: list[str]) -> list[str]:
    """Return *words* with what belongs together as one: a number and its unit, and both sides of a sign."""
    found: list[str] = []
    for word in words:
        unit = found and _NUMBER.fullmatch(found[-1].rsplit(" ", 1)[-1]) and len(word) <= _UNIT
        if found and (unit or word in _SIGNS or found[-1].rsplit(" ", 1)[-1] in _SIGNS):
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def _break_or_none(spaces: re.Match[str]) -> str:
    """Return spaces that no line may end at as they are, and one space for others."""
    return spaces[0] if not spaces[0].strip(_NO_BREAK) else " "


def _used(text: str, used: float, *, bold: bool) -> float:
    """Return the width at the font size 1 of a line that is *used* wide with *text* at its end."""
    for width in advances(text, bold=bold):
        used += width
    return used


def _pieces(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    pieces = []
    while (fitting := _fitting(word, width, size, bold=bold)) < len(word):
        nice = max((index + 1 for index in range(fitting) if word[index] in _BREAK_AFTER), default=0)
        cut = nice if nice > fitting // 3 else fitting
        while cut < len(word) and text_width(word[cut]) == 0:
            cut += 1
        pieces.append(word[:cut].rstrip())
        word = word[cut:].lstrip()
    pieces.append(word)
    return pieces


def _fitting(word: str, width: float, size: float, *, bold: bool) -> int:
    """Return how many characters of *word* fit into *width*, at least one."""
    used = 0.0
    for index, advance in enumerate(advances(word, bold=bold)):
        used += advance
        if used * size > width and index:
            return index
    return len(word)
