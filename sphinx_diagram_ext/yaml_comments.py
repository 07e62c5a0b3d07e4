"""YAML without its comments, which are for authors and not for whoever reads the published page."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HASH = re.compile(r"(?:^|(?<=\s))#", re.MULTILINE)
_BREAK = re.compile("[\n\x85\u2028\u2029]|$")
_MERMAID_COMMENT = re.compile(r"^[ \t]*%%(?!\{).*(?:\n|\Z)", re.MULTILINE)


def without_comments(text: str) -> str:
    """Return the YAML *text* without comments and without the lines that held nothing else; "" if it is no YAML.

    A ``#`` begins a comment at the start of a line or behind white space, outside of texts
    (https://yaml.org/spec/1.2.2/#66-comments).
    """
    text = text.removeprefix("\ufeff")
    try:
        texts = list(_texts(text))
    except yaml.YAMLError:
        return ""
    kept: list[str] = []
    at = 0
    spans = iter(texts)
    start, end = next(spans, (len(text), len(text)))
    for found in _HASH.finditer(text):
        if found.start() < at:
            continue
        while end <= found.start() and start < len(text):
            start, end = next(spans, (len(text), len(text)))
        if start <= found.start() < end:
            continue
        line_start = text.rfind("\n", 0, found.start()) + 1
        alone = not text[line_start : found.start()].strip()
        kept.append(text[at : line_start if alone else found.start()].rstrip(" \t"))
        line_end = _BREAK.search(text, found.end())
        assert line_end
        at = line_end.end() if alone else line_end.start()
    kept.append(text[at:])
    return "".join(kept)


def without_mermaid_comments(text: str) -> str:
    """Return Mermaid *text* without the lines that are comments (``%%``); settings (``%%{init: ...}%%``) stay."""
    return _MERMAID_COMMENT.sub("", text)


def _texts(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each text of a YAML document begins and ends."""
    starts = [0, *itertools.accumulate(len(line) for line in text.splitlines(keepends=True))]
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.ScalarEvent):
            start: Any = event.start_mark
            end: Any = event.end_mark
            # The first line of a block may end with a comment; its text begins on the next.
            begins = starts[start.line + 1] if event.style in ("|", ">") else starts[start.line] + start.column
            yield begins, starts[min(end.line, len(starts) - 1)] + end.column
