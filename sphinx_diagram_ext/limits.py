"""Bounds on the work that one data file may cause."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from sphinx_diagram_ext.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    seconds: int = 60
    """Time for one call of the engine, on Linux and macOS."""
    megabytes: int = 1_000
    """Memory for one call of the engine, on Linux."""


DEFAULT_LIMITS = Limits()


def wrong_limits(found: Mapping[str, object]) -> str | None:
    """Return what is wrong with limits that a user sets, and what is wanted; None if they make a :class:`Limits`."""
    known = [item.name for item in fields(Limits)]
    for name, bound in found.items():
        if name not in known:
            return f"found {name!r}, wanted one of {', '.join(known)}.{did_you_mean(str(name), known)}"
        if not counts(bound):
            return f"found {bound!r} for {name!r}, wanted a whole number from 1 on."
    return None


def counts(value: object) -> bool:
    """Tell whether *value* is a whole number from 1 on."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1
