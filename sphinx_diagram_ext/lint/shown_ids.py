"""Ids of the diagrams that the pages of a folder show, read from their text without Sphinx."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE_SUFFIXES = (".md", ".rst", ".txt")

_SHOWN = re.compile(
    r"""(?:\{cdc-diagram\}|cdc-diagram::)[ \t]+(?P<argument>\S+)
      | <cdc-diagram\b[^>]*?\bref\s*=\s*(?P<quote>["'])(?P<ref>.*?)(?P=quote)""",
    re.VERBOSE,
)


def shown_ids(folder: Path) -> Iterator[str]:
    """Yield the ids and aliases that pages below *folder* show.

    A plain search: an id inside a code fence counts too. Hidden and built folders are left out.
    """
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.suffix not in PAGE_SUFFIXES or any(part.startswith((".", "_build")) for part in parts):
            continue
        for found in _SHOWN.finditer(path.read_text(encoding="utf-8", errors="replace")):
            yield found["argument"] or found["ref"].strip()
