"""Broken diagrams: what is wrong with each is said once a build, and references to them lead to its message.

A diagram that three pages show and five mention would otherwise be a dozen warnings, of which one names the mistake.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util.nodes import make_refnode

from sphinx_diagram_ext.sphinx_ext.logging import warn_all

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from docutils.nodes import Element
    from sphinx.builders import Builder

    from sphinx_diagram_ext.errors import Problem
    from sphinx_diagram_ext.sphinx_ext.domain.page_state import PageState


def say(pages: Mapping[str, PageState]) -> None:
    """Warn of everything that *pages* noted since the last time, each problem once."""
    found: set[Problem] = set()
    for state in pages.values():
        for broken in state.broken.values():
            found.update(broken.unsaid)
            broken.unsaid = ()
    warn_all(sorted(found))


def link(
    pages: Mapping[str, PageState], names: AbstractSet[str], fromdocname: str, builder: Builder, contnode: Element
) -> nodes.reference | None:
    """Return the link to the message in place of the broken diagram that has one of the *names*, if any."""
    found = _find(pages, names)
    return make_refnode(builder, fromdocname, *found, contnode) if found else None


def _find(pages: Mapping[str, PageState], names: AbstractSet[str]) -> tuple[str, str] | None:
    """Return the page and the anchor of the message in place of the diagram that has one of the *names*."""
    for docname, state in sorted(pages.items()):
        for diagram_id, broken in state.broken.items():
            if {diagram_id, diagram_id.casefold()} & names:
                return docname, broken.anchor
    return None
