"""Reading order of the nodes in a picture, which the keyboard and a screen reader follow."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.foreign.fixes import classes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element


_LAYERS = frozenset(("clusters", "edgeLabels", "edgePaths", "nodes"))
"""Classes of what lies over each other as a whole."""


def put_in_order(root: Element, ids: Iterable[str]) -> None:
    """Sort neighbours with nodes in them by the first of *ids* in them.

    Nodes do not cover each other, so that nothing looks different. Layers stay where they are, and nothing moves
    past what has no node in it: that may be the ground of a frame.
    """
    _sort(root, {name: at for at, name in enumerate(ids)})


def _sort(element: Element, ranks: dict[str, int]) -> int | None:
    """Sort below *element*; return the lowest rank in it, None if it has no node."""
    children = [(_sort(child, ranks), child) for child in element]
    for movable, run in groupby(enumerate(children), key=lambda item: _movable(*item[1])):
        if movable:
            places, found = zip(*run, strict=True)
            for at, (_rank, child) in zip(places, sorted(found, key=itemgetter(0)), strict=True):
                element[at] = child
    known = [rank for rank in (ranks.get(element.get("id") or ""), *(rank for rank, _ in children)) if rank is not None]
    return min(known, default=None)


def _movable(rank: int | None, element: Element) -> bool:
    return rank is not None and not classes(element) & _LAYERS
