"""Mermaid ids for keys that may be any text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN = re.compile(r"^[A-Za-z][A-Za-z0-9_]*$")
_RESERVED = frozenset(
    [
        "end",
        "graph",
        "flowchart",
        "subgraph",
        "style",
        "linkstyle",
        "classdef",
        "class",
        "click",
        "default",
        "href",
        "call",
        "interpolate",
        "direction",
        "tb",
        "td",
        "bt",
        "lr",
        "rl",
        "participant",
        "actor",
        "note",
        "over",
        "loop",
        "alt",
        "opt",
        "par",
        "and",
        "else",
        "rect",
        "activate",
        "deactivate",
        "create",
        "destroy",
        "box",
        "autonumber",
        "par_over",
        "sequencediagram",
        "links",
        "link",
        "properties",
        "details",
        "title",
        "section",
        "critical",
        "option",
        "break",
        "as",
        "left",
        "right",
        "of",
        "acctitle",
        "accdescr",
        "state",
        "root",
        "statediagram",
        "choice",
        "fork",
        "join",
        "history",
        "concurrent",
        "scale",
        "hide",
        "entity",
        "erdiagram",
        "one",
        "only",
        "zero",
        "many",
        "to",
        "optionally",
    ]
)


class Ids:
    """Gives each key an id that no grammar reads as something else."""

    def __init__(self, *, before: str = "", taken: Iterable[str] = ()) -> None:
        """Begin without keys.

        Args:
            before: what every id begins with.
            taken: ids that are in use.
        """
        self._ids: dict[str, str] = {}
        self._before = before
        self._taken = {name.casefold() for name in taken}

    def __getitem__(self, key: str) -> str:
        return self._ids[key]

    def add(self, key: str, prefix: str = "n") -> str:
        """Return a new id for *key*: the key itself where that is safe."""
        base = key
        if not _PLAIN.match(key) or key.casefold() in _RESERVED:
            plain = re.sub(r"[^A-Za-z0-9]+", "_", key).strip("_")
            base = f"{prefix}_{plain}" if plain else prefix
        base = f"{self._before}{base}"
        name, number = base, 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{base}_{number}"
        self._taken.add(name.casefold())
        self._ids[key] = name
        return name
