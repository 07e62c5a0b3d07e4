"""Puts the nodes of a picture into reading order: the keyboard and a screen reader go by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element


def put_in_order(root: Element, ids: Iterable[str]) -> None:
    """Sort siblings with nodes in them, where each stands, by the first of *ids* in them.

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
    for (_rank, _at, child), place in zip(
        sorted(found, key=lambda item: item[0]), [at for _r, at, _c in found], strict=True
    ):
        element[place] = child
    lowest = min((rank for rank, _at, _child in found), default=None)
    return own if lowest is None else lowest if own is None else min(own, lowest)
