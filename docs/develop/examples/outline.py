"""Visitor for the format ``outline``: the title of each diagram on a line of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_diagram_ext.sphinx_ext.writers.common import note_written

if TYPE_CHECKING:
    from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram


def outline_visit_cdc_diagram(self: Any, node: cdc_diagram) -> None:
    """Write the title and skip the rest."""
    note_written(self, node)
    self.new_state(0)
    self.add_text(f"[{node['title']}]")
    self.end_state()
    raise nodes.SkipNode
