"""Frames of a graph: which nodes are inside, and which links join frames without being drawn."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Graph, Group


def members(group: Group, graph: Graph) -> set[str]:
    """Return the keys of the nodes in a group and in the groups inside it."""
    inner = (members(other, graph) for other in graph.groups if other.parent == group.key)
    return set(group.nodes).union(*inner)


def implied_links(graph: Graph) -> list[tuple[str, str]]:
    """Return the links that are not drawn, which put groups of a stacked graph one after the other."""
    if not graph.stacked:
        return []
    home = {key: group.key for group in _tops(graph) for key in members(group, graph)}
    joined = {frozenset((home.get(edge.source), home.get(edge.target))) for edge in graph.edges}
    found = []
    for upper, lower in itertools.pairwise(_tops(graph)):
        if frozenset((upper.key, lower.key)) not in joined:
            first, second = (
                next(node.key for node in graph.nodes if home.get(node.key) == group.key) for group in (upper, lower)
            )
            found.append((first, second))
    return found


def _tops(graph: Graph) -> list[Group]:
    """Return the groups that are in no other."""
    return [group for group in graph.groups if group.parent is None]
