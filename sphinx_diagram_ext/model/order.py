"""Reading order of the nodes of a diagram."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from sphinx_diagram_ext.model.chart import Shares
from sphinx_diagram_ext.model.sequence import Sequence

if TYPE_CHECKING:
    from sphinx_diagram_ext.model.diagram import Diagram


def reading_order(diagram: Diagram) -> list[str]:
    """Return the keys of all nodes: none before what leads to it, else as the author wrote them.

    Where edges run in circles, a node follows one of those that lead to it. Participants of a
    sequence go from left to right as they are written, whoever speaks first. Of the parts of a total
    the largest is the first.
    """
    if isinstance(diagram.body, Shares):
        return [part.node.key for part in diagram.body.sorted]
    keys = [node.key for node in diagram.nodes]
    if isinstance(diagram.body, Sequence):
        return keys
    position = {key: at for at, key in enumerate(keys)}
    leads = {(edge.source, edge.target) for edge in diagram.edges if edge.source != edge.target}
    after: dict[str, list[str]] = {}
    open_edges = dict.fromkeys(keys, 0)
    for source, target in sorted(leads):
        if source in position and target in position:
            after.setdefault(source, []).append(target)
            open_edges[target] += 1
    # Heaps of positions: nodes that wait for nothing, nodes that were reached, all nodes.
    ready = [at for at, key in enumerate(keys) if not open_edges[key]]
    reached: list[int] = []
    rest = list(range(len(keys)))
    order: dict[str, None] = {}
    while len(order) < len(keys):
        key = keys[heappop(ready or reached or rest)]
        if key in order:
            continue
        order[key] = None
        for target in after.get(key, ()):
            open_edges[target] -= 1
            heappush(reached if open_edges[target] else ready, position[target])
    return list(order)
