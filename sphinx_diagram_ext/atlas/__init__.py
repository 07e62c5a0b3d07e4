"""The atlas: which diagrams there are to be, and what makes one of them complete."""

from __future__ import annotations

from sphinx_diagram_ext.atlas.categories import Atlas, Category, Check, Element, View, atlas, slug

__all__ = ["Atlas", "Category", "Check", "Element", "View", "atlas", "slug"]
