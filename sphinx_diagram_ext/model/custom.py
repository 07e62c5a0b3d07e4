"""A body that a user's own template draws."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx_diagram_ext.model.graph import Edge, Node


@dataclass(frozen=True)
class Custom:
    """Nodes, edges and whatever else the data holds, and the template that draws them.

    ``template`` is its text and ``path`` its file; ``data`` are the keys of the diagram that
    are the type's own, as they were written.
    """

    template: str
    path: str
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
