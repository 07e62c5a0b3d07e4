"""Post-transforms that put the picture of the engine in place of the ``mermaid`` node."""

from __future__ import annotations

from typing import Any

from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.mermaid import mermaid

from sphinx_diagram_ext.engine.browser import for_browser
from sphinx_diagram_ext.sphinx_ext.nodes import (
    cdc_diagram,
    cdc_picture,
)


class DrawDiagrams(SphinxPostTransform):
    """Exchanges the ``mermaid`` node of a diagram for the engine's picture in HTML."""

    default_priority = 400
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Exchange it in every diagram of the page."""
        for node in self.document.findall(cdc_diagram):
            for part in list(node.findall(mermaid)):
                if node["drawn"]:
                    part.replace_self(cdc_picture(code=part["code"]))
                else:
                    part["by_browser"], part["original"] = True, part["code"]
                    part["code"] = for_browser(part["code"])


class DropSources(SphinxPostTransform):
    """Drops the ``mermaid`` node of a diagram where neither engine nor browser draws it."""

    default_priority = 401

    def run(self, **kwargs: Any) -> None:
        """Drop what is left of it."""
        for node in self.document.findall(cdc_diagram):
            for part in list(node.findall(mermaid)):
                if not part.get("by_browser"):
                    part.parent.remove(part)
