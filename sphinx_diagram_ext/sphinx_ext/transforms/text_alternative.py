"""Post-transforms that make the text alternative of a diagram when a page is written.

It is most of what a diagram adds to a page. Made when a page is read, it would pass through every
transform and into every pickle; and in HTML, which needs no nodes for it, it never becomes any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_diagram_ext.model import RawMermaid
from sphinx_diagram_ext.plaintext.text_list import items, remarks
from sphinx_diagram_ext.sphinx_ext.locale import tones
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_alternative, cdc_diagram

if TYPE_CHECKING:
    from collections.abc import Iterator


class WriteAlternatives(SphinxPostTransform):
    """Gives the alternative its words for the search of an HTML site; its visitor writes the rest."""

    default_priority = 398
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Give every diagram of the page its words."""
        del kwargs
        for owner, alternative in _alternatives(self.document):
            if owner.diagram.nodes:
                words = [text for item in items(owner.diagram, tones()) for text in (item.text, *item.leads)]
                alternative.append(nodes.Text("\n".join((*remarks(owner.diagram, owner["alt"]), *words))))
            owner.pack()


class ListAlternatives(SphinxPostTransform):
    """Makes lists of the alternative for every other builder."""

    default_priority = 399

    def run(self, **kwargs: Any) -> None:
        """Make them for every diagram of the page that has none yet."""
        del kwargs
        for owner, alternative in _alternatives(self.document):
            if not len(alternative):
                alternative.extend(
                    nodes.paragraph("", text, translatable=False) for text in remarks(owner.diagram, owner["alt"])
                )
                alternative.extend(_listing(owner, alternative))


def _alternatives(document: nodes.document) -> Iterator[tuple[cdc_diagram, cdc_alternative]]:
    for owner in document.findall(cdc_diagram):
        for part in owner:
            if isinstance(part, cdc_alternative):
                yield owner, part


def _listing(owner: cdc_diagram, alternative: cdc_alternative) -> list[nodes.Element]:
    body = owner.diagram.body
    listing = nodes.bullet_list(bullet="-")
    for item in items(owner.diagram, tones()):
        entry = _entry(item.text, item.link)
        if item.key not in alternative["explained"]:
            entry["ids"].append(owner["node_ids"][item.key])
        if item.leads:
            entry += nodes.bullet_list("", *(_entry(lead, None) for lead in item.leads), bullet="-")
        listing += entry
    if len(listing):
        return [listing]
    if isinstance(body, RawMermaid):
        return [nodes.literal_block(body.source, body.source, language="text")]
    return []


def _entry(text: str, link: str | None) -> nodes.list_item:
    inner = nodes.reference("", text, refuri=link, internal=False) if link else nodes.Text(text)
    return nodes.list_item("", nodes.paragraph("", "", inner, translatable=False))
