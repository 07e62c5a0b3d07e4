"""Labels that an engine defines once and shows by ``use``, put where they are shown.

A reader cannot select such a label, and a search in the page does not find it.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element


def inline_labels(root: Element, *, from_left: bool) -> None:
    """Exchange each ``use`` of a definition that has text for the text; lines begin at the left if *from_left*."""
    definitions = {f"#{part.get('id')}": part for group in root.iter("defs") for part in group if part.get("id")}
    labels = {name: part for name, part in definitions.items() if next(part.iter("text"), None) is not None}
    # Each is moved once, so that a picture cannot grow by what it shows many times.
    left = dict(labels)
    uses = [(parent, part) for parent in root.iter() for part in parent if part.tag == "use"]
    for parent, use in uses:
        label = left.pop(use.get("href") or "", None)
        if label is not None:
            at = list(parent).index(use)
            parent[at : at + 1] = [_placed(text, use, from_left=from_left) for text in label.iter("text")]
    shown = {use.get("href") for use in root.iter("use")}
    for group in root.iter("defs"):
        for part in [part for part in group if f"#{part.get('id')}" in labels.keys() - shown]:
            group.remove(part)


def _placed(text: Element, use: Element, *, from_left: bool) -> Element:
    placed = copy.deepcopy(text)
    x, y = use.get("x", "0"), use.get("y", "0")
    if (x, y) != ("0", "0"):
        placed.set("transform", f"translate({x},{y})")
    if from_left:
        for part in _lines(placed):
            part.set("x", "0")
        placed.set("style", placed.get("style", "").replace("text-anchor:middle", "text-anchor:start"))
        placed.set("text-anchor", "start")
    return placed


def _lines(text: Element) -> Iterator[Element]:
    return (part for part in text.iter() if part.get("x") is not None)
