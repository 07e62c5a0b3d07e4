"""Doctree nodes of a diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Sequence


class cdc_diagram(nodes.General, nodes.Element):
    """A diagram on a page: a numbered figure.

    Its attributes: ``wanted`` (the id as the page has it, "" for an inline diagram),
    ``diagram_id``, ``diagram`` (the model, translated), ``expansion``, ``node_ids`` (the anchor
    of each node key) and ``placement`` (who asks for it). Its children are
    sphinxcontrib-mermaid's ``mermaid`` node, a caption, labels for translation, explanations,
    a text alternative, sources and backlinks.
    """


class cdc_picture(nodes.General, nodes.Inline, nodes.Element):
    """Takes the place of the ``mermaid`` node where an engine draws."""


class cdc_missing(nodes.Invisible, nodes.Element):
    """A diagram that was asked for and could not be shown; says so to the collector."""


class cdc_labels(nodes.Invisible, nodes.Element):
    """Holds the texts of a picture for translation; shows nothing."""


class cdc_label(nodes.Invisible, nodes.Element, addnodes.translatable):
    """One text of a picture: ``text`` as it is shown, ``original`` as it was written."""

    def preserve_original_messages(self) -> None:
        """Keep the text as it was written."""
        self.setdefault("original", self["text"])

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Show the translation."""
        if original_message == self["original"]:
            self["text"] = translated_message

    def extract_original_messages(self) -> Sequence[str]:
        """Return the text as it was written."""
        return [self["original"]]


class cdc_explanations(nodes.General, nodes.Element):
    """The explanations of nodes, as a definition list."""


class cdc_alternative(nodes.General, nodes.Element):
    """Nodes and edges as nested lists."""


class cdc_sources(nodes.General, nodes.Element):
    """Where the facts come from."""


class cdc_backlinks(nodes.General, nodes.Element):
    """Other pages with this diagram; filled in when every page is read."""


class cdc_filter(nodes.Invisible, nodes.Element):
    """The filter of a gallery: ``total`` and ``facets`` (values and their counts by field)."""


class cdc_index(nodes.General, nodes.Element):
    """An index of diagrams; filled in when every page is read."""


def docname_of(node: nodes.Element) -> str:
    """Return the page that a node was read from, "" where the document is that page.

    LaTeX, man, Texinfo and singlehtml join pages into one document.
    """
    parent: nodes.Element | None = node.parent
    while parent is not None:
        if parent.get("docname"):
            return str(parent["docname"])
        parent = parent.parent
    return ""
