"""Mermaid fences: source that stands in a page, as diagrams of their own."""

from __future__ import annotations

from sphinx_diagram_ext.fences.diagram import fence_diagram
from sphinx_diagram_ext.fences.ids import fence_id
from sphinx_diagram_ext.fences.source import with_front_matter

__all__ = ["fence_diagram", "fence_id", "with_front_matter"]
