"""What each page shows of diagrams, its own and those of other pages."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain


def views(domain: DiagramDomain) -> dict[str, str]:
    """Return for each page a digest of what it shows: one that changes means a page to write again."""
    pages = {*domain.shown, *domain.mentions, *domain.indexes}
    return {docname: _view(domain, docname) for docname in sorted(pages)}


def _view(domain: DiagramDomain, docname: str) -> str:
    targets = sorted(domain.mentions.get(docname, ()))
    parts: list[object] = [(name, domain.place("node" if "#" in name else "diagram", name)) for name in targets]
    shown = domain.shown.get(docname, ())
    parts += [(item, _titles(domain, domain.backlinks(item.id))) for item in shown]
    for terms, pictures in domain.indexes.get(docname, ()):
        firsts = (places[0] for places in domain.diagrams().values())
        parts += [(item, _titles(domain, domain.backlinks(item.id))) for item in firsts if item.matches(terms)]
        parts.append(domain.session.drawing if pictures else "")
    if shown:
        parts.append(domain.session.drawing)
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _titles(domain: DiagramDomain, docnames: Iterable[str]) -> list[tuple[str, str]]:
    titles = domain.env.titles
    return [(name, titles[name].astext() if name in titles else "") for name in docnames]
