"""What the ePub of this site needs beside its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension."""
    # Before the picture of a dropdown is written, after sphinx-design made it.
    app.connect("doctree-resolved", drop_icons)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def drop_icons(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Leave out sphinx-design's icons: they are SVG of HTML, without the name space that XHTML wants."""
    del docname
    if app.builder.name != "epub":
        return
    for icon in list(doctree.findall(nodes.raw)):
        if icon.astext().lstrip().startswith("<svg "):
            icon.parent.remove(icon)
