"""Builders that have no visitors of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.builders.xml import XMLBuilder

from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def writes_plain_nodes(app: Sphinx) -> bool:
    """Tell whether the builder of *app* writes pages, and would not know nodes of ours."""
    builder = app.builder
    if not builder.format or isinstance(builder, XMLBuilder):  # these write no pages, or any node
        return False
    handlers = app.registry.translation_handlers
    # As Sphinx looks for them: those of the builder's name, else those of its format.
    own = handlers.get(builder.name)
    return cdc_diagram.__name__ not in (handlers.get(builder.format, {}) if own is None else own)
