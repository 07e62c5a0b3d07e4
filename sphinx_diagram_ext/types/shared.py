"""Registries that diagrams share: the sources and the elements of a project, by their names."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Element, Reference


@dataclass(frozen=True)
class Shared:
    """The registries of a project.

    ``digests`` has one for each entry, by its kind and name, such as ``source etcd/raft``.
    """

    sources: dict[str, Reference] = field(default_factory=dict)
    elements: dict[str, Element] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """What changes with any entry."""
        return hashlib.sha256(repr(sorted(self.digests.items())).encode("utf-8", "surrogatepass")).hexdigest()

    def over(self, other: Shared) -> Shared:
        """Return both registries as one; entries of this one come before those of the same name in *other*."""
        return Shared(
            {**other.sources, **self.sources}, {**other.elements, **self.elements}, {**other.digests, **self.digests}
        )


NOTHING_SHARED = Shared()
"""The registries of a project that has none."""
