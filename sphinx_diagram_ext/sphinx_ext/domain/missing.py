"""Messages about references that lead nowhere: what they may have meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.errors import Code, did_you_mean
from sphinx_diagram_ext.sphinx_ext.logging import warn

if TYPE_CHECKING:
    from sphinx.addnodes import pending_xref

    from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain


def say_missing(domain: DiagramDomain, node: pending_xref) -> None:
    """Say what a reference that leads nowhere may have meant."""
    target = node["reftarget"]
    if node["reftype"] == "element":
        code, message = Code.UNKNOWN_ELEMENT, _element(domain, target)
    else:
        known = domain.find(target.partition("#")[0]) is not None
        code = Code.UNKNOWN_NODE if known else Code.UNKNOWN_DIAGRAM
        message = _diagram(domain, target, is_node=node["reftype"] == "node")
    warn(code, "%s", message, location=node)


def _element(domain: DiagramDomain, target: str) -> str:
    elements = domain.catalog.shared.elements
    if target in elements:
        return f"No page describes the element {target!r}; name it in a directive 'cdc-elements'."
    return f"There is no element {target!r} to refer to.{did_you_mean(target, elements)}"


def _diagram(domain: DiagramDomain, target: str, *, is_node: bool) -> str:
    diagram_id, _hash, key = target.partition("#")
    diagram = domain.find(diagram_id)
    if diagram is None and domain.catalog.canonical(diagram_id):
        other = " of this output" if diagram_id in domain.shown_on else ""
        return f"No page{other} shows the diagram {diagram_id!r}, so nothing can refer to it."
    if diagram is None:
        known = {*domain.diagrams(), *domain.catalog.ids}
        plan = domain.catalog.plan_instead(diagram_id)
        return plan or f"There is no diagram {diagram_id!r} to refer to.{did_you_mean(diagram_id, known)}"
    if is_node:
        keys = [item.key for item in diagram.nodes]
        return f"The diagram {diagram_id!r} has no node {key!r}.{did_you_mean(key, keys)}"
    return f"The diagram {diagram_id!r} cannot be referred to like this; use the role cdc:node."
