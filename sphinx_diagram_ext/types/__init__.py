"""Diagram types: each gives the grammar of its YAML and the neutral model of it."""

from __future__ import annotations

from sphinx_diagram_ext.types.registry import TYPES, DiagramType

__all__ = ["TYPES", "DiagramType"]
