"""Explanations: the page's own markup, as far as data may use it."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.sphinx_ext.logging import warn
from sphinx_diagram_ext.urls import safe_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.util.docutils import SphinxDirective

    from sphinx_diagram_ext.model import Message

_ALLOWED = (
    nodes.Text,
    nodes.paragraph,
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
    nodes.system_message,
    nodes.problematic,
    addnodes.pending_xref,
    addnodes.literal_emphasis,
    addnodes.literal_strong,
    addnodes.manpage,
)


def parse_explanation(directive: SphinxDirective, message: Message, path: str) -> list[nodes.Node]:
    """Return the paragraphs of an explanation, parsed as inline markup of the page.

    Only inline markup is parsed: no directive can run and no file can be included from data.
    """
    paragraphs: list[nodes.Node] = []
    for part in re.split(r"\n\s*\n", message.text):
        text = " ".join(part.split())
        if not text:
            continue
        with _no_substitutions(directive):
            inline, problems = directive.parse_inline(text, lineno=directive.lineno)
        paragraph = nodes.paragraph(text, "", *without_empty(inline))
        for node in (paragraph, *paragraph.findall(nodes.Element)):
            node.source, node.line = path, message.line
        paragraphs += [paragraph, *problems]
    return paragraphs


@contextmanager
def _no_substitutions(directive: SphinxDirective) -> Iterator[None]:
    """Leave ``{{ ... }}`` as it is: MyST evaluates it with Jinja outside any sandbox.

    Pages may do so where conf.py allows it; data, which may be a stranger's, may not.
    """
    markdown = getattr(getattr(directive.state, "_renderer", None), "md", None)
    if markdown is None:
        yield
        return
    with markdown.reset_rules():
        markdown.disable(["substitution_inline", "substitution_block"], ignoreInvalid=True)
        yield


def without_empty(inline: list[nodes.Node]) -> list[nodes.Node]:
    """Return *inline* without the empty text that MyST puts beside markup; man pages stumble over it."""
    return [node for node in inline if not isinstance(node, nodes.Text) or node.astext()]


def restrict_inline(root: nodes.Element, path: str, line: int) -> None:
    """Replace what data may not hold (raw HTML, files, scripts) by its text, and say so."""
    for node in list(root.findall()):
        if node is root or node.parent is None:
            continue
        if type(node) is nodes.reference:  # a link to a file to download is a kind of it
            uri = node.get("refuri", "")
            if uri and safe_url(uri) is None:
                warn(Code.MARKUP, "The address %r is not allowed in data.", uri, location=f"{path}:{line}")
                _exchange(node)
            continue
        if type(node) in _ALLOWED:
            continue
        warn(
            Code.MARKUP,
            "%s is not allowed in data; its text is shown as it is.",
            type(node).__name__,
            location=f"{path}:{line}",
        )
        _exchange(node)


def _exchange(node: nodes.Node) -> None:
    """Put a node's text in its place."""
    parent = node.parent
    parent[parent.index(node)] = nodes.Text(node.astext())
