"""Characters and prefixes that mark parts of a picture; no text of an author may hold these characters."""

from __future__ import annotations

import re

ANCHOR = "\U00100000"
"""Stands for the diagram's anchor in ids."""

PAINT, PAINT_END = "\U00100001", "\U00100002"
"""Enclose the name of a colour of the palette."""

INLINE_ONLY, PLAIN_ONLY, FILE_ONLY = "\U00100003", "\U00100004", "\U00100005"
"""Begin the name of an attribute: on pages only; not in files of valid SVG 1.1; in these only."""

LINK, LINK_END = "\U00100006", "\U00100007"
"""Enclose the part of a node's anchor where a page says what the node leads to."""

MARKS = ANCHOR + PAINT + PAINT_END + INLINE_ONLY + PLAIN_ONLY + FILE_ONLY + LINK + LINK_END
"""All of them."""

OWN_ID = "cdc"
"""Prefix of every id in a picture until it has its diagram's anchor."""

_MARK = re.compile(f"[{MARKS}]")


def without_marks(text: str) -> str:
    """Return *text* with the replacement character for each of them, where it does not come from a data file."""
    return text if text.isascii() else _MARK.sub("\ufffd", text)
