"""Parts below a picture that a page does not show are taken off it."""

from __future__ import annotations

from typing import Any

from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_diagram_ext.sphinx_ext.nodes import cdc_alternative, cdc_backlinks, cdc_diagram, cdc_sources

_NODES = (("text", cdc_alternative), ("sources", cdc_sources), ("pages", cdc_backlinks))


class DropParts(SphinxPostTransform):
    """Drops what a page does not show, in HTML: other formats have the text in place of the picture."""

    default_priority = 396
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Drop it from every diagram of the page."""
        for owner in self.document.findall(cdc_diagram):
            for name, kind in _NODES:
                if name not in owner["show"]:
                    for part in list(owner.findall(kind)):
                        part.parent.remove(part)
