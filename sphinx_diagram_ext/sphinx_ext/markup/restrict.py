"""Restriction of nodes: what roles and links made of a text may hold only what only shows or refers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_diagram_ext.sphinx_ext.markup import math_allowlist
from sphinx_diagram_ext.urls import safe_url

if TYPE_CHECKING:
    from sphinx_diagram_ext.sphinx_ext.markup.origin import Origin

_ALLOWED = (
    nodes.Text,
    nodes.emphasis,
    nodes.strong,
    nodes.literal,
    nodes.inline,
    nodes.reference,
    nodes.title_reference,
    nodes.subscript,
    nodes.superscript,
    nodes.abbreviation,
    nodes.math,
    addnodes.pending_xref,
    addnodes.literal_emphasis,
    addnodes.literal_strong,
    addnodes.manpage,
)
_BESIDE = (nodes.system_message, nodes.target, addnodes.index)
"""What stands beside markup without a text of its own; a message was logged where it arose."""


def restrict_inline(root: nodes.Element, origin: Origin) -> None:
    """Replace what data may not hold (raw HTML, files, scripts) by its text, and say so."""
    for node in list(root.findall()):
        if node is root or node.parent is None:
            continue
        if isinstance(node, nodes.target) and node.astext():
            _exchange(node)
            continue
        if type(node) in _BESIDE:
            node.parent.remove(node)
            continue
        why = _refused(node)
        if why:
            origin.warn("%s", why)
            _exchange(node)
        elif isinstance(node, nodes.Element):
            # Names and ids belong to the page.
            node["ids"], node["names"] = [], []


def _refused(node: nodes.Node) -> str | None:
    """Return why data may not hold *node*, None if it may."""
    if isinstance(node, nodes.problematic):
        return f"{node.astext()!r} is not markup that can be read; it is shown as it is."
    if type(node) is nodes.reference:  # a link to a file to download is a kind of it
        return _refused_link(node.get("refuri", ""), node.astext())
    if type(node) not in _ALLOWED:
        return f"{type(node).__name__} is not allowed in data; its text is shown as it is."
    if isinstance(node, nodes.math) and (part := math_allowlist.refused(node.astext())):
        return f"{part!r} is not allowed in a formula in data; the formula is shown as text."
    if isinstance(node, addnodes.pending_xref) and node.get("reftype") == "numref" and node.get("refexplicit"):
        titles = (node.get("title", node.astext()), node.astext())
        if not all(map(_numbers, titles)):
            return f"The title {titles[0]!r} is not allowed in data; it holds one %s, or {{name}} and {{number}}."
    return None


def _refused_link(uri: str, text: str) -> str | None:
    if not uri:
        return f"{text!r} refers to a name of the page, which is not allowed in data; write the address."
    return f"The address {uri!r} is not allowed in data." if safe_url(uri) is None else None


def _numbers(title: str) -> bool:
    """Tell whether *title* is safe to format: Sphinx does it with ``str.format`` or ``%``."""
    plain = title.replace("{name}", "").replace("{number}", "")
    if plain == title:
        plain = title.replace("%s", "", 1)
    return plain != title and not any(char in plain for char in "%{}")


def _exchange(node: nodes.Node) -> None:
    """Put a node's text in its place."""
    parent = node.parent
    parent[parent.index(node)] = nodes.Text(node.astext())
