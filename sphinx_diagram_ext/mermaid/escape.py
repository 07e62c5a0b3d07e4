"""Escaping: the one module where an author's text becomes Mermaid."""

from __future__ import annotations

import re

_SAFE = frozenset(" .,()/!?=+-'")
_LIST = re.compile(r"^(?:\d+[.)]|[-+])(?=\s|$)")
_KEYWORD = re.compile(
    r"\b(end|loop|alt|opt|par|else|title|section|click|(?:date|axis)Format|tickInterval|todayMarker|"
    r"excludes|includes|inclusiveEndDates|topAxis|weekday|weekend)\b",
    re.IGNORECASE,
)


def escape(text: str, *, quoted: bool = True) -> str:
    """Return one line of *text* for a Mermaid label.

    Characters that any grammar, Markdown or HTML reads become Mermaid entity codes
    (``#35;``, https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters).
    ``quoted`` tells whether the emitter puts the result between double quotes; where it
    cannot, words that are keywords of the family are broken up too.
    """
    out = "".join(char if char.isalnum() or char in _SAFE else f"#{ord(char)};" for char in text)
    found = _LIST.match(out)
    if found:
        mark = found.end() - 1
        out = f"{out[:mark]}#{ord(out[mark])};{out[mark + 1 :]}"
    if not quoted:
        out = _KEYWORD.sub(lambda word: f"#{ord(word[0][0])};{word[0][1:]}", out)
        out = re.sub(r"--+", lambda dashes: "#45;" * len(dashes[0]), out)
    return out or "#8203;"
