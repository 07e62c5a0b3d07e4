"""Moves of elements: ``translate`` in the attribute ``transform``.

Source: https://www.w3.org/TR/css-transforms-1/#svg-transform-functions
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TRANSLATE = re.compile(r"translate\(\s*([-\d.e]+)(?:[\s,]+([-\d.e]+))?\s*\)")


def translation(element: Element) -> tuple[str, str] | None:
    """Return x and y, as they are written, of a transform that only moves; None for any other."""
    found = _TRANSLATE.fullmatch(element.get("transform") or "")
    return (found[1], found[2]) if found and found[2] else None


def first_translation(element: Element) -> tuple[str, str] | None:
    """Return x and y, as they are written, of a move that others may follow in the transform; None if none is first."""
    found = _TRANSLATE.match(element.get("transform") or "")
    return (found[1], found[2]) if found and found[2] else None


@lru_cache(maxsize=4_096)
def offset(transform: str) -> tuple[float, float]:
    """Return how far to the right and down *transform* moves, in CSS pixels.

    Raises:
        ValueError: it does more than move.
    """
    found = _TRANSLATE.fullmatch(transform.strip())
    if found is None:
        message = f"not a move: {transform}"
        raise ValueError(message)
    return float(found[1]), float(found[2] or 0)
