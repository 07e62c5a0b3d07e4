"""Diagram type: its name, its grammar and its builder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_diagram_ext.model import Body
    from sphinx_diagram_ext.types.base import DiagramSpec
    from sphinx_diagram_ext.types.builder import Builder


@dataclass(frozen=True, slots=True)
class DiagramType:
    """A diagram type: its name, the schema of its YAML and what builds the model."""

    name: str
    spec: type[DiagramSpec]
    build: Callable[[Any, Builder], Body]
    digest: str = ""
    """Digest of the template of a type of a user's own."""
