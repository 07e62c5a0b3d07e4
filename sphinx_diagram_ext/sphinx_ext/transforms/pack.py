"""Post-transform that packs a diagram while its page waits to be written.

With several processes Sphinx resolves pages much faster than it writes them, and holds all that wait. A diagram has
some thirty nodes, and a node of docutils takes more than a kilobyte.
"""

from __future__ import annotations

from typing import Any

from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram, pack


class PackDiagrams(SphinxPostTransform):
    """Packs every diagram of the page, after everything that changes its nodes; its visitor unpacks it."""

    default_priority = 990
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Pack them, but for a book, whose builder changes the links of a page when all else is done."""
        if Build.of(self.env).builder == "epub":
            return
        for node in self.document.findall(cdc_diagram):
            pack(node)
            # Sphinx keeps the bytes of every doctree until the build ends, though none is read a second time: of all
            # that a large site takes this was a fifth.
            getattr(self.env, "_pickled_doctree_cache", {}).pop(self.env.docname, None)
