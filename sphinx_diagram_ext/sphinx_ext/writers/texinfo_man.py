"""Visitors for Texinfo and manual pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_diagram_ext.sphinx_ext.nodes import cdc_alternative
from sphinx_diagram_ext.sphinx_ext.writers.common import note_written

if TYPE_CHECKING:
    from docutils.nodes import Element

    from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram


def texinfo_visit_cdc_diagram(self: Any, node: cdc_diagram) -> None:
    """Set the anchors of the diagram and its nodes; those of terms are there already."""
    note_written(self, node)
    terms = {name for term in node.findall(nodes.term) for name in term["ids"]}
    anchors = [item.anchor for part in node.findall(cdc_alternative) for item in part.every_item()]
    for anchor in (*node["ids"], *anchors):
        if anchor and anchor not in terms:
            self.add_anchor(anchor, node)


def man_visit_block(self: Any, node: Element) -> None:
    """Begin a paragraph: the writer begins none where one is the first of its parent."""
    self.ensure_eol()
    self.body.append(".sp\n")


def man_visit_cdc_diagram(self: Any, node: cdc_diagram) -> None:
    """Begin a paragraph, and note that the diagram is there."""
    note_written(self, node)
    man_visit_block(self, node)
