"""Reading order of the nodes in a picture, which the keyboard and a screen reader follow."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element


def put_in_order(root: Element, ids: Iterable[str]) -> None:
    """Sort siblings with nodes in them by the first of *ids* in them.

    Nodes do not cover each other, so that nothing looks different.
    """
    _sort(root, {name: at for at, name in enumerate(ids)})


def _sort(element: Element, ranks: dict[str, int]) -> int | None:
    """Sort below *element*; return the lowest rank in it, None if it has no node."""
    own = ranks.get(element.get("id") or "")
    found = []
    for at, child in enumerate(element):
        rank = _sort(child, ranks)
        if rank is not None:
            found.append((rank, at, child))
    if not found:
        return own
    positions = [at for _rank, at, _child in found]
    found.sort(key=itemgetter(0))
    for at, (_rank, _at, child) in zip(positions, found, strict=True):
        element[at] = child
    lowest = found[0][0]
    return lowest if own is None else min(own, lowest)
