"""Bounds on the work that one data file may cause."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one diagram; a diagram over one of them is an error, never a hang."""

    file_bytes: int = 1_000_000
    """Size of a data file in bytes."""
    depth: int = 40
    """Levels of nesting in YAML."""
    values: int = 50_000
    """Values in a file after its YAML aliases are followed."""
    nodes: int = 400
    """Nodes in a diagram."""
    edges: int = 1_000
    """Edges, messages or events in a diagram."""
    lines: int = 2_000
    """Lines of Mermaid source."""


DEFAULT_LIMITS = Limits()
