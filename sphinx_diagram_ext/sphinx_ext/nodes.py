"""Doctree nodes of a diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_diagram_ext.sphinx_ext.pickled import Pickled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_diagram_ext.mermaid import MermaidSource
    from sphinx_diagram_ext.model import Diagram


class cdc_diagram(nodes.General, nodes.Element):
    """A diagram on a page: a numbered figure.

    Its attributes: ``wanted`` (the id as the page has it, "" for an inline diagram),
    ``diagram_id``, ``type``, ``shown`` (the translated model and its source, packed), ``node_ids`` (the
    anchor of each node key) and ``placement`` (who asks for it). Its children are
    sphinxcontrib-mermaid's ``mermaid`` node, a caption, texts for translation, explanations,
    a text alternative, sources and backlinks.
    """

    _unpacked: tuple[Diagram, MermaidSource] | None = None

    @property
    def diagram(self) -> Diagram:
        """The model, translated."""
        return self._shown()[0]

    @property
    def mermaid(self) -> MermaidSource:
        """The Mermaid text that it becomes."""
        return self._shown()[1]

    def show(self, diagram: Diagram, source: MermaidSource) -> None:
        """Show this diagram."""
        self._unpacked = (diagram, source)
        self["shown"] = Pickled(self._unpacked)

    def pack(self) -> None:
        """Keep the model and the source as bytes only."""
        self._unpacked = None

    def _shown(self) -> tuple[Diagram, MermaidSource]:
        if self._unpacked is None:
            self._unpacked = self["shown"].unpack()
        return self._unpacked


class cdc_picture(nodes.General, nodes.Inline, nodes.Element):
    """Takes the place of the ``mermaid`` node where an engine draws."""


class cdc_missing(nodes.Invisible, nodes.Element):
    """A diagram that was asked for and could not be shown; says so to the collector."""


class cdc_messages(nodes.Invisible, nodes.Element, addnodes.translatable):
    """The texts of a picture for translation; shows nothing.

    Its attributes: ``messages`` (each a text as it was written and its line) and ``translations``
    (by text). One node for all of them: a diagram has some thirty, and every transform and every
    pickle of Sphinx would meet each.
    """

    def preserve_original_messages(self) -> None:
        """Do nothing; the texts stay as they were written."""

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Note the translation of a text."""
        self["translations"][original_message] = translated_message

    def extract_original_messages(self) -> Sequence[str]:
        """Return the texts as they were written."""
        return [text for text, _line in self["messages"]]


class cdc_message(nodes.Invisible, nodes.Element, addnodes.translatable):
    """One of the texts, for catalogues, which note the line of each: ``text``."""

    def preserve_original_messages(self) -> None:
        """Do nothing."""

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Do nothing; catalogues are made of originals."""

    def extract_original_messages(self) -> Sequence[str]:
        """Return the text."""
        return [self["text"]]


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


def conditions_of(node: nodes.Element) -> tuple[str, ...]:
    """Return the conditions of the directives ``only`` that a node stands in."""
    found = []
    parent: nodes.Element | None = node.parent
    while parent is not None:
        if isinstance(parent, addnodes.only):
            found.append(str(parent["expr"]))
        parent = parent.parent
    return tuple(found)


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
