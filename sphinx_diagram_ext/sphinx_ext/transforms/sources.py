"""Sources below a picture: what each backs, and what is made up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_diagram_ext.model import Extent, SourceKind, Status
from sphinx_diagram_ext.sphinx_ext.locale import _
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram, cdc_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx_diagram_ext.model import Claim, Diagram, Entry, Reference

_TO_NODE = "cdc-claim"


class SourceTexts:
    """Writes about the claims of *diagram*, whose nodes have *names* and, on their page, *anchors*."""

    def __init__(self, diagram: Diagram, names: dict[str, str], anchors: dict[str, str]) -> None:
        self._sources = diagram.meta.sources
        self._claims = diagram.claims
        self._illustration = diagram.meta.illustration
        self._names = names
        self._anchors = anchors

    def sources(self) -> Iterator[cdc_sources]:
        """Yield the list of sources, if there are any; each says what it backs."""
        computed = list(self.computed())
        if not self._sources and not computed:
            return
        listing = nodes.bullet_list(bullet="-")
        for source in self._sources:
            paragraph = _paragraph(_reference(source))
            backed = [claim for claim in self._claims if source.id and source.id in claim.backing.sources]
            if backed:
                paragraph += [nodes.Text(f". {_('Backs')}: "), *self._listed(backed)]
            listing += nodes.list_item("", paragraph)
        listing += computed
        yield cdc_sources("", listing)

    def illustration(self) -> Iterator[nodes.paragraph]:
        """Yield the remark that figures are made up, if some or all of them are."""
        made_up = [claim for claim in self._claims if claim.backing.illustration]
        if self._illustration:
            paragraph = _paragraph([nodes.Text(_("Illustration: the figures are made up."))])
        elif made_up:
            paragraph = _paragraph([nodes.Text(f"{_('Illustration')}: "), *self._listed(made_up)])
        else:
            return
        paragraph["classes"].append("cdc-illustration")
        yield paragraph

    def computed(self) -> Iterator[nodes.list_item]:
        """Yield for each figure that is computed what its formula is."""
        for claim in self._claims:
            if claim.backing.formula:
                formula = [nodes.Text(f"{_('Computed')}: "), *self._claim(claim), nodes.Text(" = ")]
                code = nodes.literal("", claim.backing.formula.text, translatable=False)
                yield nodes.list_item("", _paragraph([*formula, code]))

    def of_node(self, key: str) -> Iterator[nodes.paragraph]:
        """Yield what a node rests on, to end its explanation with."""
        own = [claim.backing for claim in self._claims if claim.nodes == (key,)]
        cited = {name for backing in own for name in backing.sources}
        found = [_reference(source) for source in self._sources if source.id in cited]
        if found:
            yield _paragraph([nodes.Text(f"{_('Sources')}: "), *_joined(found)])
        if any(backing.illustration for backing in own):
            yield _paragraph([nodes.Text(_("Illustration"))])

    def _listed(self, claims: Iterable[Claim]) -> list[nodes.Node]:
        return _joined([self._claim(claim) for claim in claims])

    def _claim(self, claim: Claim) -> list[nodes.Node]:
        """Return a claim: the node, linked, or the edge that it is about, and what it says."""
        found: list[nodes.Node] = []
        names = [self._names.get(key, key) for key in claim.nodes]
        if len(names) == 1:
            anchor = self._anchors[claim.nodes[0]]
            found.append(nodes.reference("", names[0], internal=True, refid=anchor, classes=[_TO_NODE]))
        elif names:
            found.append(nodes.Text(" → ".join(names)))
        text = " ".join(claim.text.text.split()) if claim.text else ""
        if text:
            found.append(nodes.Text(f": {text}" if found else text))
        return found


def signs(diagram: Diagram) -> Iterator[nodes.paragraph]:
    """Yield the symptoms and the texts of errors that bring a reader to a diagram, for the search to find."""
    for title, texts, kind in (
        (_("Symptoms"), diagram.meta.symptoms, nodes.Text),
        (_("Messages"), diagram.meta.messages, _literal),
    ):
        if texts:
            paragraph = _paragraph([nodes.Text(f"{title}: "), *_joined([[kind(text)] for text in texts])])
            paragraph["classes"].append("cdc-signs")
            yield paragraph


def _literal(text: str) -> nodes.literal:
    return nodes.literal("", text, translatable=False)


def status(diagram: Diagram) -> Iterator[nodes.paragraph]:
    """Yield the line that says how far a diagram is, and who checked it, if the data says so."""
    meta = diagram.meta
    if meta.status is None:
        return
    words = {
        Status.DRAFT: _("Draft"),
        Status.CHECKED: _("Checked by %s"),
        Status.REVIEWED: _("Reviewed by %s"),
    }[meta.status]
    paragraph = _paragraph([nodes.Text(words.replace("%s", meta.checked_by))])
    paragraph["classes"] += ["cdc-status", f"cdc-status-{meta.status}"]
    yield paragraph


def _reference(source: Reference) -> list[nodes.Node]:
    found: list[nodes.Node] = [nodes.reference("", source.title, refuri=source.url, internal=False)]
    if source.entry is not None:
        found += _registered(source.entry)
    elif source.date:
        found.append(nodes.Text(f" ({source.date})"))
    return found


def _registered(entry: Entry) -> list[nodes.Node]:
    """Return what the registry says of a source: what it is, when it was published and read, and how much of it."""
    parts = [_KINDS[entry.kind]()]
    if entry.published:
        parts.append(_("published %s") % entry.published)
    if entry.read:
        how = _EXTENTS[entry.extent]() if entry.extent else ""
        parts.append(_("read %s") % entry.read + (f" ({how})" if how else ""))
    found: list[nodes.Node] = [nodes.Text(f" ({', '.join(parts)}")]
    if entry.archive:
        found += [nodes.Text(", "), nodes.reference("", _("archived copy"), refuri=entry.archive, internal=False)]
    return [*found, nodes.Text(")")]


_KINDS: dict[SourceKind, Callable[[], str]] = {
    SourceKind.PRIMARY: lambda: _("primary source"),
    SourceKind.DOCUMENTATION: lambda: _("documentation"),
    SourceKind.SECONDARY: lambda: _("secondary source"),
    SourceKind.FILING: lambda: _("filing"),
}
_EXTENTS: dict[Extent, Callable[[], str]] = {
    Extent.WHOLE: lambda: _("whole"),
    Extent.BEGINNING: lambda: _("beginning"),
    Extent.QUOTED: lambda: _("as others quote it"),
}


def _joined(parts: list[list[nodes.Node]]) -> list[nodes.Node]:
    joined: list[nodes.Node] = []
    for part in parts:
        joined += [nodes.Text("; "), *part] if joined else part
    return joined


def _paragraph(children: list[nodes.Node]) -> nodes.paragraph:
    paragraph = nodes.paragraph("", "", translatable=False)
    paragraph += children
    return paragraph


class UnlinkClaims(SphinxPostTransform):
    """Takes the links to nodes off the sources where no node is a target on a page."""

    default_priority = 402
    formats = ("latex", "texinfo")

    def run(self, **kwargs: Any) -> None:
        """Leave their words."""
        for node in self.document.findall(cdc_diagram):
            for link in list(node.findall(nodes.reference)):
                if _TO_NODE in link["classes"]:
                    link.parent.replace(link, link.children)
