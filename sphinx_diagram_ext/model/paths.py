"""Paths through a diagram: what leads to a node, and what follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.model.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_diagram_ext.model.diagram import Diagram

MOST = 60
"""Nodes up to which whole paths are followed; in larger diagrams, and where edges are no flow, the next nodes are."""


class Path(NamedTuple):
    """The keys of nodes on the paths through a node, with its own, and the numbers of the edges between them."""

    nodes: frozenset[str]
    edges: frozenset[int]


def edge_numbers(diagram: Diagram) -> dict[tuple[str, str], int]:
    """Return a number for each pair of keys that an edge joins, in the order of the data."""
    pairs = dict.fromkeys((edge.source, edge.target) for edge in diagram.edges)
    return {pair: number for number, pair in enumerate(pairs)}


def paths(diagram: Diagram) -> dict[str, Path]:
    """Return the paths through each node that has an edge."""
    numbers = edge_numbers(diagram)
    onwards: dict[str, set[str]] = {}
    back: dict[str, set[str]] = {}
    for source, target in numbers:
        onwards.setdefault(source, set()).add(target)
        back.setdefault(target, set()).add(source)
    whole = isinstance(diagram.body, Graph) and len(diagram.nodes) <= MOST
    found = {}
    for node in diagram.nodes:
        if node.key not in onwards and node.key not in back:
            continue
        edges: set[int] = set()
        nodes = {node.key}
        for leads, forth in ((onwards, True), (back, False)):
            for one in _reached(node.key, leads) if whole else (node.key,):
                for other in leads.get(one, ()):
                    nodes |= {one, other}
                    edges.add(numbers[(one, other) if forth else (other, one)])
        found[node.key] = Path(frozenset(nodes), frozenset(edges))
    return found


def _reached(key: str, leads: Mapping[str, Iterable[str]]) -> set[str]:
    """Return the keys that are reached from *key*, with its own."""
    reached, ahead = {key}, [key]
    while ahead:
        for other in leads.get(ahead.pop(), ()):
            if other not in reached:
                reached.add(other)
                ahead.append(other)
    return reached
