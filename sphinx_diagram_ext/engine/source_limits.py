"""Bounds on Mermaid source of an author's own, before a parser sees it and after."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_diagram_ext.engine.protocol import Structure
    from sphinx_diagram_ext.limits import Limits

MAX_LABEL = 2_000
"""Characters of a label, as in every other type: layout measures labels again and again."""

_BLOCKS = re.compile(r"^\s*block(?:-beta)?\s*$", re.MULTILINE)
_OPENING = re.compile(r"\s*block(?:-beta)?(?::|\s|$)")
_CLOSING = re.compile(r"\s*end\s*$")


def too_long(source: str, limits: Limits) -> tuple[int, str] | None:
    """Return the line of *source* at which it goes beyond *limits*, and how."""
    lines = source.split("\n")
    if len(lines) > limits.lines:
        return limits.lines + 1, f"The Mermaid source has {len(lines)} lines, more than {limits.lines}; split it."
    if not _BLOCKS.search(source):
        return None
    # merman's memory grows with the square of the depth before its own limit is asked.
    depth = 0
    for number, line in enumerate(lines, 1):
        depth += bool(_OPENING.match(line)) - bool(_CLOSING.match(line))
        if depth > limits.depth:
            return number, f"Blocks are nested more than {limits.depth} levels deep; flatten the diagram."
    return None


def too_much(found: Structure, limits: Limits) -> str | None:
    """Return how what a parser found goes beyond *limits*."""
    for count, name, limit in ((len(found.nodes), "nodes", limits.nodes), (len(found.edges), "edges", limits.edges)):
        if count > limit:
            return f"The diagram has {count} {name}, more than {limit}; split it."
    longest = max((len(label) for *_, label in (*found.nodes, *found.edges)), default=0)
    return f"A label has {longest} characters, more than {MAX_LABEL}." if longest > MAX_LABEL else None
