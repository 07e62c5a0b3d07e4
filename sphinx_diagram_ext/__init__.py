"""Diagrams as data in a Sphinx site."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension; Sphinx is imported here and not before."""
    from sphinx_diagram_ext.sphinx_ext.extension import setup as setup_extension

    return setup_extension(app)
