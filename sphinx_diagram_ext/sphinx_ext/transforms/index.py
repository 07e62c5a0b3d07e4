"""Post-transforms that fill in indexes and backlinks once every page is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.locale import _
from sphinx_diagram_ext.sphinx_ext.logging import warn
from sphinx_diagram_ext.sphinx_ext.nodes import (
    cdc_backlinks,
    cdc_filter,
    cdc_index,
    cdc_picture,
    docname_of,
)
from sphinx_diagram_ext.sphinx_ext.output import gallery

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_diagram_ext.sphinx_ext.domain.records import DiagramRecord


class FillIndexes(SphinxPostTransform):
    """Fills in indexes and backlinks, before references are resolved."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Fill in those of the page."""
        self.domain = DiagramDomain.of(self.env)
        for node in list(self.document.findall(cdc_index)):
            self._fill(node)
        for links in list(self.document.findall(cdc_backlinks)):
            self._link_back(links)

    def _fill(self, node: cdc_index) -> None:
        wanted = [records[0] for records in self.domain.diagrams().values() if records[0].matches(node["terms"])]
        if not wanted and not node.get("quiet"):
            warn(Code.INDEX, "No diagram of the site is in this index.", location=node)
        if node["style"] == "gallery" and len(wanted) >= gallery.FILTER_FROM:
            node += cdc_filter(total=len(wanted), facets=gallery.facets(wanted))
        make = {"list": self._list, "table": self._table, "gallery": self._gallery}[node["style"]]
        for title, members in _grouped(wanted, node["group"]):
            if title is not None:
                node += nodes.rubric("", title, classes=["cdc-index-group"])
            node += make(members)

    def _list(self, members: list[DiagramRecord]) -> nodes.Element:
        listing = nodes.bullet_list(bullet="-", classes=["cdc-index-list"])
        for item in members:
            paragraph = nodes.paragraph("", "", self._reference(item))
            if item.summary:
                paragraph += nodes.Text(f" — {item.summary}")
            listing += nodes.list_item("", paragraph)
        return listing

    def _table(self, members: list[DiagramRecord]) -> nodes.Element:
        head = (_("Diagram"), _("Type"), _("Tags"), _("Pages"))
        table = nodes.table(classes=["cdc-index-table"])
        group = nodes.tgroup(cols=len(head))
        group += [nodes.colspec(colwidth=width) for width in (40, 15, 20, 25)]
        group += nodes.thead("", _row([nodes.Text(text)] for text in head))
        body = nodes.tbody()
        for item in members:
            pages: list[nodes.Node] = []
            for docname in self.domain.backlinks(item.id):
                if pages:
                    pages.append(nodes.Text(", "))
                pages.append(self._page(docname))
            body += _row(([self._reference(item)], [nodes.Text(item.type)], [nodes.Text(", ".join(item.tags))], pages))
        group += body
        table += group
        return table

    def _gallery(self, members: list[DiagramRecord]) -> nodes.Element:
        cards = nodes.bullet_list(bullet="-", classes=["cdc-gallery"])
        for item in members:
            card = nodes.list_item(classes=["cdc-card"])
            card += self._thumbnail(item)
            card += nodes.paragraph("", "", self._reference(item))
            if item.summary:
                card += nodes.paragraph("", item.summary)
            cards += card
        return cards

    def _thumbnail(self, item: DiagramRecord) -> cdc_picture:
        """Return a picture of the diagram as its page shows it."""
        return cdc_picture(
            thumbnail=item.id,
            content=item.picture,
            owner=item.docname if item.own else "",
            title=item.title,
            data=gallery.card_data(item),
        )

    def _reference(self, item: DiagramRecord) -> pending_xref:
        return self._pending("cdc", "diagram", item.id, item.title)

    def _page(self, docname: str) -> pending_xref:
        title = self.env.titles[docname].astext() if docname in self.env.titles else docname
        return self._pending("std", "doc", f"/{docname}", title)

    def _pending(self, domain: str, role: str, target: str, text: str) -> pending_xref:
        return pending_xref(
            "",
            nodes.inline("", text),
            refdomain=domain,
            reftype=role,
            reftarget=target,
            refdoc=self.env.docname,
            refexplicit=True,
            refwarn=True,
        )

    def _link_back(self, node: cdc_backlinks) -> None:
        here = docname_of(node) or self.env.docname
        pages = [name for name in self.domain.backlinks(node["diagram_id"]) if name != here]
        if not pages:
            node.parent.remove(node)
            return
        paragraph = nodes.paragraph("", _("Also in: "))
        for number, docname in enumerate(pages):
            if number:
                paragraph += nodes.Text(", ")
            paragraph += self._page(docname)
        node += paragraph


class BreakTables(SphinxPostTransform):
    """Lets tables of diagrams go on on the next page of a PDF; Sphinx does so only from 30 rows on."""

    default_priority = 6
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Mark those of the page."""
        for index in self.document.findall(cdc_index):
            for table in index.findall(nodes.table):
                table["classes"] += ["longtable", "colwidths-given"]


def _grouped(members: list[DiagramRecord], field: str) -> Iterable[tuple[str | None, list[DiagramRecord]]]:
    if not field:
        return [(None, members)]
    groups: dict[str, list[DiagramRecord]] = {}
    for item in members:
        for value in item.values(field) or (_("Other"),):
            groups.setdefault(value, []).append(item)
    return sorted(groups.items())


def _row(cells: Iterable[list[nodes.Node]]) -> nodes.row:
    row = nodes.row()
    for content in cells:
        row += nodes.entry("", nodes.paragraph("", "", *content))
    return row
