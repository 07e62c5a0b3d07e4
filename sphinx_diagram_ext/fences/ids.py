"""Ids of fences, made of their page and the heading above them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_SLUG = 60
"""Characters of a heading that an id keeps."""


def slug(text: str) -> str:
    """Return *text* as part of an id: letters and digits in lower case with hyphens between them, "" if it has none."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = re.findall(r"\w+", folded.replace("_", " "))
    kept = "-".join(words)[:MAX_SLUG]
    return kept.strip("-")


def fence_id(page: str, heading: str, taken: Callable[[str], bool]) -> str:
    """Return the id of a fence of *page* below *heading*: the first that is not *taken*, numbered from 2 on."""
    first = "/".join(part for part in (page, slug(heading) or "diagram") if part)
    name, number = first, 1
    while taken(name):
        number += 1
        name = f"{first}-{number}"
    return name
