"""Post-transform that notes what the builder has to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes


_CONDITIONAL = frozenset(("only", "ifconfig", "todo_node"))
"""Nodes that a builder may leave out with all they hold because the author says so."""


class ExpectDiagrams(SphinxPostTransform):
    """Notes what the builder has to write, before anything of the page is left out."""

    default_priority = 1

    def run(self, **kwargs: Any) -> None:
        """Note the placements of every page in the document."""
        domain = DiagramDomain.of(self.env)
        conditional = {
            node["placement"]: any(type(part).__name__ in _CONDITIONAL for part in _ancestors(node))
            for node in self.document.findall(cdc_diagram)
        }
        files = {part["docname"] for part in self.document.findall(addnodes.start_of_file)}
        report = Build.of(self.env).report
        for docname in sorted({self.env.docname, *files}):
            report.page(docname)
            for placement, warned in domain.page(docname).placements.items():
                if not warned and not conditional.get(placement):
                    report.expect(placement)


def _ancestors(node: nodes.Node) -> Iterator[nodes.Node]:
    while node.parent is not None:
        node = node.parent
        yield node
