"""Doctree nodes of a diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinxcontrib.mermaid import mermaid

from sphinx_diagram_ext.sphinx_ext.pickled import Pickled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_diagram_ext.mermaid import MermaidSource
    from sphinx_diagram_ext.model import Diagram


class cdc_diagram(nodes.General, nodes.Element):
    """A diagram on a page: a numbered figure.

    It holds what names the diagram, not the diagram: ``diagram_id`` and ``wanted`` (the id as the page has it, ""
    for an inline one), ``digest`` (of the data), ``type``, ``title``, ``direction`` (as the page wants it, or ""),
    ``inline`` (:class:`InlineDiagram`, or None for one of the data folders), ``translations`` (of its texts),
    ``picture`` (what the key of its picture is made of), ``drawn`` (whether there is a picture, so that no browser
    need draw it), ``tones`` (those of its picture that say something), ``icons`` (names of those it shows) and
    ``placement`` (who asks for it). Its children are sphinxcontrib-mermaid's ``mermaid`` node, a caption, texts for
    translation, explanations, a text alternative, sources and backlinks.
    """

    shown: tuple[Diagram, MermaidSource] | None = None
    """The diagram and its Mermaid text while its page is read; :meth:`~.build.Build.shown` gives them later."""


class cdc_picture(nodes.General, nodes.Inline, nodes.Element):
    """Takes the place of the ``mermaid`` node where an engine draws; ``code`` is its Mermaid text."""


class cdc_missing(nodes.Invisible, nodes.Element):
    """A diagram that was asked for and could not be shown; says so to the collector and, in HTML, to the reader.

    ``problems`` say why.
    """


class cdc_targets(nodes.Invisible, nodes.Element):
    """The references to what nodes lead to, until they are resolved; shows nothing."""


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
    """Everything that a picture says as nested lists, made when the page is written.

    ``remarks`` is what is said of the diagram as a whole, ``items`` (:class:`Item`) are its parts.
    """

    def every_item(self) -> Iterator[Item]:
        """Yield the items and those inside them, an outer one before its inner ones."""
        yield from _every(self["items"])


class Item(NamedTuple):
    """A part of the text alternative: its text, the edges from and to it, and the parts inside it.

    An edge is its text and the anchor of the node at its other end. ``anchor`` is that of a node, "" for a frame or a
    step; that of a node with an explanation or a command is there, not ``here``. ``run`` are the lines of a command,
    ``remarks`` what is said about them.
    """

    text: str
    leads: tuple[tuple[str, str], ...] = ()
    before: tuple[tuple[str, str], ...] = ()
    inner: tuple[Item, ...] = ()
    link: str | None = None
    anchor: str = ""
    here: bool = False
    run: str = ""
    remarks: tuple[str, ...] = ()


class InlineDiagram(NamedTuple):
    """A diagram that a page holds: its text, id, file and first line.

    ``heading`` is None for YAML; for Mermaid source it is the heading above, which is the title of what has none.
    """

    text: str
    diagram_id: str
    path: str
    line: int
    heading: str | None = None


def _every(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _every(item.inner)


class cdc_sources(nodes.General, nodes.Element):
    """Where the facts come from."""


class cdc_legend(nodes.General, nodes.Element):
    """What the tones of a page look like, below its first picture that has one of them: ``tones``, in their order."""


class cdc_backlinks(nodes.General, nodes.Element):
    """Other pages with this diagram; filled in when every page is read."""


class cdc_filter(nodes.Invisible, nodes.Element):
    """The filter of a gallery: ``total`` and ``facets`` (values and their counts by field)."""


class cdc_index(nodes.General, nodes.Element):
    """An index of diagrams; filled in when every page is read."""


def pack(node: cdc_diagram) -> None:
    """Exchange the children of a diagram for their bytes, and for their words, which a search looks for.

    A diagram that the browser draws keeps them: sphinxcontrib-mermaid looks for its node.
    """
    if node.next_node(mermaid) is not None:
        return
    words = node.astext()
    # Sphinx takes index entries from the pages that it writes.
    entries = [child for child in node.children if isinstance(child, addnodes.index)]
    packed = [child for child in node.children if not isinstance(child, addnodes.index)]
    for child in packed:
        child.parent = None
        for one in child.findall():
            one.document = None  # type: ignore[assignment]
    node["content"] = Pickled(packed)
    for child in packed:
        _take_apart(child)
    node.children = [*entries, nodes.Text(words)]
    node.setup_child(node.children[-1])


def _take_apart(node: nodes.Node) -> None:
    """Undo the circles of a tree, which would else stay until the garbage collector has walked all pages."""
    for one in list(node.findall(nodes.Element)):
        one.parent, one.children = None, []


def unpack(node: cdc_diagram) -> None:
    """Give a diagram its children back."""
    content = node.attributes.pop("content", None)
    if content is not None:
        node.children = [child for child in node.children if isinstance(child, addnodes.index)]
        node.extend(content.unpack())


def conditions_of(node: nodes.Element) -> tuple[str, ...]:
    """Return the conditions of the directives ``only`` that a node is in."""
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
