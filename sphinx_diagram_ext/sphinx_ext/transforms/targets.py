"""Targets of nodes: cross-references that Sphinx resolves, and their addresses for picture and text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_diagram_ext.errors import Code, did_you_mean
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.logging import warn
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_alternative, cdc_diagram, cdc_targets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.environment import BuildEnvironment

    from sphinx_diagram_ext.model import Diagram, Node
    from sphinx_diagram_ext.sphinx_ext.nodes import Item


def target_nodes(diagram: Diagram, anchors: Mapping[str, str], env: BuildEnvironment) -> list[cdc_targets]:
    """Return the references of the nodes of *diagram*, each in a node with its ``anchor``."""
    found = [
        nodes.inline("", "", reference, anchor=anchors[node.key])
        for node in diagram.nodes
        if node.target and node.key in anchors and (reference := _reference(node, diagram.path, env)) is not None
    ]
    return [cdc_targets("", *found)] if found else []


def _reference(node: Node, path: str, env: BuildEnvironment) -> addnodes.pending_xref | None:
    """Return the reference that the role of the same name would make."""
    target = node.target
    assert target
    domain, _, kind = target.kind.rpartition(":")
    name = target.name
    if target.kind == "diagram":
        domain, kind = "cdc", "node" if "#" in name else "diagram"
        DiagramDomain.of(env).note_mention(env.current_document.docname, name)
    elif target.kind == "ref":
        domain, name = "std", " ".join(name.lower().split())
    elif target.kind == "doc":
        domain, name = "std", f"/{_without_suffix(name.lstrip('/'), env)}"
    elif domain and (domain not in env.domains or kind not in env.domains[domain].roles):
        known = [f"{one}:{role}" for one in env.domains for role in env.domains[one].roles]
        message = "There is no role %r for a link.%s"
        warn(Code.MARKUP, message, target.kind, did_you_mean(target.kind, known), location=f"{path}:{target.line}")
        return None
    found = addnodes.pending_xref(
        "",
        nodes.inline("", node.label.text),
        refdoc=env.current_document.docname,
        refdomain=domain,
        reftype=kind,
        reftarget=name,
        refexplicit=True,
        refwarn=True,
    )
    found.source, found.line = path, target.line
    return found


def _without_suffix(name: str, env: BuildEnvironment) -> str:
    return next((name.removesuffix(suffix) for suffix in env.config.source_suffix if name.endswith(suffix)), name)


class PlaceTargets(SphinxPostTransform):
    """Gives pictures and text alternatives the addresses that references were resolved to."""

    default_priority = 390

    def run(self, **kwargs: Any) -> None:
        """Place them in every diagram of the page."""
        for holder in list(self.document.findall(cdc_targets)):
            owner: Any = holder.parent
            links = {
                part["anchor"]: address
                for part in holder.findall(nodes.inline)
                if "anchor" in part and (address := _address(part.next_node(nodes.reference)))
            }
            owner.remove(holder)
            if links and isinstance(owner, cdc_diagram):
                _place(owner, links)


def _address(found: nodes.reference | None) -> str:
    """Return where a reference leads, "" if that is nowhere: a manual page has no links."""
    if found is None:
        return ""
    return str(found.get("refuri") or (f"#{found['refid']}" if "refid" in found else ""))


def _place(owner: cdc_diagram, links: Mapping[str, str]) -> None:
    owner["links"] = {anchor.removeprefix(f"{owner['ids'][0]}--"): link for anchor, link in links.items()}
    for alternative in owner.findall(cdc_alternative):
        alternative["items"] = tuple(_linked(item, links) for item in alternative["items"])


def _linked(item: Item, links: Mapping[str, str]) -> Item:
    inner = tuple(_linked(one, links) for one in item.inner)
    return item._replace(link=links.get(item.anchor, item.link), inner=inner)
