"""The domain's index page: every diagram, by its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from sphinx.domains import Index, IndexEntry

from sphinx_diagram_ext.sphinx_ext.locale import _, later

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_diagram_ext.sphinx_ext.domain.records import DiagramRecord


class HasDiagrams(Protocol):
    """What the index page needs of the domain, which holds it."""

    def diagrams(self) -> dict[str, list[DiagramRecord]]:
        """Return every diagram by its id, its pages in the order of readers."""


class AllDiagrams(Index):
    """Every diagram of the site (``cdc-diagrams``)."""

    name = "diagrams"
    localname = later(lambda: _("Diagram index"))
    shortname = later(lambda: _("diagrams"))

    def generate(self, docnames: Iterable[str] | None = None) -> tuple[list[tuple[str, list[IndexEntry]]], bool]:
        """Return the diagrams grouped by the first part of their id."""
        domain = cast("HasDiagrams", self.domain)
        wanted = set(docnames) if docnames is not None else None
        groups: dict[str, list[IndexEntry]] = {}
        for diagram_id, places in domain.diagrams().items():
            first = next((item for item in places if wanted is None or item.docname in wanted), None)
            if first is None:
                continue
            group = diagram_id.partition("/")[0] if "/" in diagram_id else _("Other")
            entry = IndexEntry(first.title, 0, first.docname, first.anchor, first.type, "", first.summary)
            groups.setdefault(group, []).append(entry)
        for entries in groups.values():
            entries.sort(key=lambda entry: (entry.name.casefold(), entry.docname, entry.anchor))
        return sorted(groups.items()), False
