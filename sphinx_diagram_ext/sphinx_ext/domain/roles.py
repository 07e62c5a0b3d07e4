"""The roles ``cdc:diagram`` and ``cdc:node``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.roles import XRefRole

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.environment import BuildEnvironment


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
        del refnode, has_explicit_title
        from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain

        DiagramDomain.of(env).note_mention(env.docname, target)
        return title, target
