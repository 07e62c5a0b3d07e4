"""Labels of diagrams: Sphinx's own roles ``ref`` and ``numref`` take the id or an alias of a diagram.

Diagrams are no labels of the domain ``std``: Markdown links and ``any`` would find each of them twice, here and in
inventories. So a label is lent while Sphinx resolves a reference that has found nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.sphinx_ext.domain import broken
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def resolve(app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: Element) -> Element | None:
    """Return the link to the diagram that a ``ref`` or ``numref`` names, or to the message in its place."""
    if node.get("refdomain") != "std" or node.get("reftype") not in ("ref", "numref"):
        return None
    domain = DiagramDomain.of(env)
    target = node["reftarget"]
    found = domain.find_label(target)
    if found is None:
        return broken.link(domain.pages, domain.names_of(target), node["refdoc"], app.builder, contnode)
    standard = env.domains.standard_domain
    standard.anonlabels[target] = found.docname, found.anchor
    standard.labels[target] = found.docname, found.anchor, found.title
    try:
        return standard.resolve_xref(env, node["refdoc"], app.builder, node["reftype"], target, node, contnode)
    finally:
        del standard.labels[target], standard.anonlabels[target]
