"""The roles ``cdc:diagram`` and ``cdc:node``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from docutils import nodes
from sphinx.roles import XRefRole

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.environment import BuildEnvironment


class NotesMentions(Protocol):
    """What roles need of the domain, which holds them."""

    def note_mention(self, docname: str, target: str) -> None:
        """Note that a page refers to a diagram or to a node of it."""


class DiagramRole(XRefRole):
    """Refers to a diagram or a node and notes that the page does so."""

    innernodeclass = nodes.inline

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: Element,
        has_explicit_title: bool,  # noqa: FBT001 - Sphinx passes it so
        title: str,
        target: str,
    ) -> tuple[str, str]:
        """Note the mention; return title and target."""
        domain = cast("NotesMentions", env.domains["cdc"])
        domain.note_mention(env.docname, target)
        return title, target
