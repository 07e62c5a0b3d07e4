"""Quotations in the stored text of their source, whatever quotation marks, spaces and markup it has."""

from __future__ import annotations

import re

MOST_WORDS = 25
"""Words of a quotation, at most."""

_MARKUP = re.compile(r"[`*_\\]|\[(?=[^\]]*\]\()|\]\([^)]*\)|<[^<>]{0,200}>")
_SAME = str.maketrans("“”„«»‘’–—−", '"""""\'\'---')  # noqa: RUF001  what is replaced
_LEFT_OUT = re.compile(r"\s*(?:\[(?:\.\.\.|…)\]|\.\.\.|…)\s*")


def plain(text: str) -> str:
    """Return *text* as it is compared: one space between words, plain marks, no markup and no case."""
    return " ".join(_MARKUP.sub("", text.translate(_SAME)).split()).casefold()


def stands_in(quotation: str, stored: str) -> bool:
    """Tell whether *quotation* stands in *stored*, a :func:`plain` text; ``...`` stands for what it leaves out."""
    start = 0
    for part in _LEFT_OUT.split(quotation):
        wanted = plain(part)
        start = stored.find(wanted, start) if wanted else start
        if start < 0:
            return False
        start += len(wanted)
    return True
