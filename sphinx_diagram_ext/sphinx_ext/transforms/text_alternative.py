"""Post-transforms that make the text alternative of a diagram when a page is written.

It is most of what a diagram adds to a page. Made when a page is read, it would pass through every
transform and into every pickle; and in HTML, which needs no nodes for it, it never becomes any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.mermaid import mermaid

from sphinx_diagram_ext.sphinx_ext.nodes import cdc_alternative

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_diagram_ext.sphinx_ext.nodes import Item


class WriteAlternatives(SphinxPostTransform):
    """Gives the alternative its words for the search of an HTML site; its visitor writes the rest."""

    default_priority = 398
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Give every diagram of the page its words."""
        for alternative in self.document.findall(cdc_alternative):
            words = [
                text
                for item in alternative.every_item()
                for text in (item.text, *(lead for lead, _ in item.leads), item.run, *item.remarks)
            ]
            if words:
                alternative.append(nodes.Text("\n".join((*alternative["remarks"], *words))))


class ListAlternatives(SphinxPostTransform):
    """Makes lists of the alternative for every other builder."""

    default_priority = 399

    def run(self, **kwargs: Any) -> None:
        """Make them for every diagram of the page that has none yet."""
        for alternative in self.document.findall(cdc_alternative):
            if not len(alternative):
                alternative.extend(nodes.paragraph("", text, translatable=False) for text in alternative["remarks"])
                alternative.extend(_listing(alternative))


def _listing(alternative: cdc_alternative) -> list[nodes.Element]:
    if alternative["items"]:
        return [_bullets(alternative["items"])]
    owner: Any = alternative.parent
    if owner["type"] == "mermaid":
        return [nodes.literal_block(part["code"], part["code"], language="text") for part in owner.findall(mermaid)]
    return []


def _bullets(items: Iterable[Item]) -> nodes.bullet_list:
    """Return a list of *items*; their commands are among the explanations."""
    listing = nodes.bullet_list(bullet="-")
    for item in items:
        entry = _entry(item.text, item.link)
        if item.here:
            entry["ids"].append(item.anchor)
        if item.leads:
            entry += nodes.bullet_list("", *(_entry(lead, None) for lead, _ in item.leads), bullet="-")
        if item.inner:
            entry += _bullets(item.inner)
        listing += entry
    return listing


def _entry(text: str, link: str | None) -> nodes.list_item:
    inner = nodes.reference("", text, refuri=link, internal=False) if link else nodes.Text(text)
    return nodes.list_item("", nodes.paragraph("", "", inner, translatable=False))
