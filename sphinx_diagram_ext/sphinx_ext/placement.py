"""Placement of a diagram: the page that asks for it, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Placement:
    """Where a page asks for a diagram; lines count from 1."""

    docname: str
    source: str
    line: int
    diagram_id: str
