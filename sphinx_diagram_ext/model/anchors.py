"""Anchors of nodes: the part of an id that follows that of the diagram."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_diagram_ext.model.diagram import Diagram


def anchor_parts(diagram: Diagram) -> dict[str, str]:
    """Return for each node key the part of its anchor that follows the diagram's own."""
    parts: dict[str, str] = {}
    taken: set[str] = set()
    for number, node in enumerate(diagram.nodes, 1):
        base = re.sub(r"[^a-z0-9]+", "-", node.key.casefold()).strip("-") or f"node-{number}"
        name, count = base, 1
        while name in taken:
            count += 1
            name = f"{base}-{count}"
        taken.add(name)
        parts[node.key] = name
    return parts
