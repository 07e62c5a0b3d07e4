"""HTML in labels of Mermaid source, as what pictures without HTML can show.

Mermaid hands labels of some families to the browser as HTML. A picture has text only: bold and italic become a
Markdown string (https://mermaid.js.org/syntax/flowchart.html#markdown-formatting), other tags leave their words, an
image its alternative. Lines stay where they are, so that a parser's positions hold.
"""

from __future__ import annotations

import re

WITH_HTML = frozenset(("block", "class", "er", "flowchart", "kanban", "mindmap", "requirement", "state"))
"""Families whose labels may hold HTML."""

_NAMES = (
    "a|abbr|b|big|center|code|del|div|em|font|h[1-6]|i|img|ins|kbd|li|mark|ol|p|pre|s|small|span|strike|strong|sub"
    "|sup|tt|u|ul"
)
# Bounded, so that many openings that are never closed take no time that grows with the square of the text.
_TAG = re.compile(rf"(?<!<)<(/?)({_NAMES})(\s[^<>\n]{{0,1000}})?/?>(?!>)", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*(?:'([^']*)'|"([^"]*)"|([^\s'">]+))""", re.IGNORECASE)
_ICON = re.compile(r"\bfa[bsrlk]?:fa-([\w-]+)[ \t]*")
_QUOTED = re.compile(r'"([^"`\n]{1,2000})"')
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def without_html(source: str, family: str) -> str:
    """Return *source* with the HTML in its labels replaced, where the *family* has such labels."""
    if family not in WITH_HTML or ("<" not in source and "fa" not in source):
        return source
    if family == "flowchart":
        source = _QUOTED.sub(_markdown, source)
    source = _TAG.sub(_words, source)
    if family in ("block", "kanban", "mindmap"):
        # They know no other line break that every engine breaks at.
        source = _BREAK.sub("\\\\n" if family == "block" else "<br/>", source)
    return _ICON.sub(lambda found: _icon(found, source), source)


def _markdown(found: re.Match[str]) -> str:
    """Return a quoted label with bold or italic words as a Markdown string."""
    text = found[1]
    opened = [tag[2].casefold() for tag in _TAG.finditer(text) if tag[2].casefold() in _MARKS]
    if not opened or re.search(r"[*_\\]", text):
        return found[0]
    return f'"`{_TAG.sub(_marks, text)}`"'


def _marks(tag: re.Match[str]) -> str:
    return _MARKS.get(tag[2].casefold()) or _words(tag)


def _words(tag: re.Match[str]) -> str:
    if tag[2].casefold() != "img":
        return ""
    alt = _ALT.search(tag[3] or "")
    return (alt[1] or alt[2] or alt[3] or "").replace('"', "") if alt else ""


def _icon(found: re.Match[str], source: str) -> str:
    """Return nothing for an icon beside words; the name of one that is a label alone."""
    alone = source[found.end() : found.end() + 1] in ('"', "]", ")", "}", "|", "`", "\n", "")
    before = source[max(found.start() - 1, 0) : found.start()]
    return found[1].replace("-", " ") if alone and before in ('"', "[", "(", "{", "|", "`", "") else ""
