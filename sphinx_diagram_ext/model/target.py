"""Targets: what of a site a node leads to, which only a build can resolve."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """A page, a label, an object or a diagram; ``line`` is that of the data file.

    ``kind`` is "doc", "ref", "any", "diagram", or a domain and a role of it, such as "py:class".
    """

    kind: str
    name: str
    line: int = 0
