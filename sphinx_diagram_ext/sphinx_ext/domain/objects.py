"""Objects of the domain for the inventory and the search: name, what is shown, type, page, anchor, priority."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_diagram_ext.sphinx_ext.domain.records import DiagramRecord, ElementRecord

Object: TypeAlias = tuple[str, str, str, str, str, int]

_FOUND, _AFTER_PAGES, _HIDDEN = 1, 2, -1
"""Priorities of Sphinx: like any object, below hits in the text of pages, not found by a search."""


def of_elements(elements: Mapping[str, ElementRecord]) -> Iterator[Object]:
    """Yield the elements that pages describe."""
    for name, element in sorted(elements.items()):
        yield name, _line(element.name), "element", element.docname, element.anchor, _FOUND


def of_diagram(diagram_id: str, place: DiagramRecord) -> Iterator[Object]:
    """Yield a diagram with its nodes, at its first *place*, under its id and its former ones."""
    title = _line(place.title)
    if place.anchor == diagram_id:
        # Sphinx's search index leaves out an anchor that equals the name, and its script puts the
        # title in its place. So the inventory has the name, and the search another one.
        yield diagram_id, title, "diagram", place.docname, place.anchor, _HIDDEN
        yield f"{diagram_id}#", title, "diagram", place.docname, place.anchor, _FOUND
    else:
        yield diagram_id, title, "diagram", place.docname, place.anchor, _FOUND
    # A hit says which diagram it is in, and comes after the pages about the same word.
    targets = [(f"#{node.key}", f"{_line(node.label)} ({title})", node.anchor or place.anchor) for node in place.nodes]
    for name, label, anchor in targets:
        yield f"{diagram_id}{name}", label, "node", place.docname, anchor, _AFTER_PAGES
    for alias in place.aliases:
        # Former ids keep working in other projects; the search need not find them too.
        yield alias, title, "diagram", place.docname, place.anchor, _HIDDEN
        for name, label, anchor in targets:
            yield f"{alias}{name}", label, "node", place.docname, anchor, _HIDDEN


def _line(text: str) -> str:
    """Return *text* on one line: an inventory has one line an object."""
    return " ".join(text.split())
