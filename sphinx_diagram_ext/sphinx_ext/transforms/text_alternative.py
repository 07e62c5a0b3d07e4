"""The text alternative of a diagram: its nodes and edges, made when a page is written.

It is most of what a diagram adds to a page. Made when a page is read, it would pass through every
transform and into every pickle; and in HTML, which needs no nodes for it, it never becomes any.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_diagram_ext.model import MermaidSource, Tone, names
from sphinx_diagram_ext.sphinx_ext.locale import _
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_alternative, cdc_diagram

if TYPE_CHECKING:
    from collections.abc import Iterator

_TONES = {
    Tone.PROBLEM: lambda: _("problem"),
    Tone.CAUTION: lambda: _("caution"),
    Tone.HEALTHY: lambda: _("healthy"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A node as text, what its edges lead to, its link and its anchor ("" if it stands elsewhere)."""

    text: str
    leads: tuple[str, ...]
    link: str | None
    anchor: str


class WriteAlternatives(SphinxPostTransform):
    """Gives the alternative its words for the search of an HTML site; its visitor writes the rest."""

    default_priority = 398
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Give every diagram of the page its words."""
        del kwargs
        for owner, alternative in _alternatives(self.document):
            if owner.diagram.nodes:
                words = [text for item in _items(owner, alternative) for text in (item.text, *item.leads)]
                alternative.append(nodes.Text("\n".join((*_before(owner), *words))))
            owner.pack()


class ListAlternatives(SphinxPostTransform):
    """Makes lists of the alternative for every other builder."""

    default_priority = 399

    def run(self, **kwargs: Any) -> None:
        """Make them for every diagram of the page that has none yet."""
        del kwargs
        for owner, alternative in _alternatives(self.document):
            if not len(alternative):
                alternative.extend(nodes.paragraph("", text, translatable=False) for text in _before(owner))
                alternative.extend(_listing(owner, alternative))


def written(owner: cdc_diagram, alternative: cdc_alternative, drawn: set[str]) -> str:
    """Return the alternative as HTML; the anchors in *drawn* stand in the picture."""
    parts = [f"<p>{escape(text)}</p>\n" for text in _before(owner)]
    parts.append('<ul class="simple">\n')
    for item in _items(owner, alternative):
        text = escape(item.text)
        if item.link:
            text = f'<a class="reference external" href="{escape(item.link)}">{text}</a>'
        own = f' id="{escape(item.anchor)}"' if item.anchor and item.anchor not in drawn else ""
        leads = "".join(f"<li>{escape(lead)}</li>" for lead in item.leads)
        parts.append(f"<li{own}>{text}{f'<ul>{leads}</ul>' if leads else ''}</li>\n")
    return "".join((*parts, "</ul>\n"))


def _alternatives(document: nodes.document) -> Iterator[tuple[cdc_diagram, cdc_alternative]]:
    for owner in document.findall(cdc_diagram):
        for part in owner:
            if isinstance(part, cdc_alternative):
                yield owner, part


def _before(owner: cdc_diagram) -> list[str]:
    """Return what is said of the diagram as a whole."""
    diagram = owner.diagram
    summary = diagram.summary.text if diagram.summary else ""
    return [text for text in (owner.get("alt"), summary) if text]


def _items(owner: cdc_diagram, alternative: cdc_alternative) -> Iterator[Item]:
    """Yield the nodes; one without an explanation has its anchor here."""
    diagram = owner.diagram
    called = names(diagram)
    leads: dict[str, list[str]] = {}
    for edge in diagram.edges:
        text = f"→ {called.get(edge.target, edge.target)}"
        leads.setdefault(edge.source, []).append(f"{text}: {edge.label.text}" if edge.label else text)
    for one in diagram.nodes:
        name = called[one.key]
        text = ". ".join((str(name), *(line.text for line in one.details if line.text not in name.apart)))
        if one.tone in _TONES:
            text = f"{text} ({_TONES[one.tone]()})"
        anchor = "" if one.key in alternative["explained"] else owner["node_ids"][one.key]
        yield Item(text, tuple(leads.get(one.key, ())), one.link, anchor)


def _listing(owner: cdc_diagram, alternative: cdc_alternative) -> list[nodes.Element]:
    body = owner.diagram.body
    listing = nodes.bullet_list(bullet="-")
    for item in _items(owner, alternative):
        entry = _entry(item.text, item.link)
        if item.anchor:
            entry["ids"].append(item.anchor)
        if item.leads:
            entry += nodes.bullet_list("", *(_entry(lead, None) for lead in item.leads), bullet="-")
        listing += entry
    if len(listing):
        return [listing]
    if isinstance(body, MermaidSource):
        return [nodes.literal_block(body.source, body.source, language="text")]
    return []


def _entry(text: str, link: str | None) -> nodes.list_item:
    inner = nodes.reference("", text, refuri=link, internal=False) if link else nodes.Text(text)
    return nodes.list_item("", nodes.paragraph("", "", inner, translatable=False))
