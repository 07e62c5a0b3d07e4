"""Sources of a diagram: those that it describes, and those of the registry that it names or cites."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Reference

if TYPE_CHECKING:
    from sphinx_diagram_ext.types.base import DiagramSpec
    from sphinx_diagram_ext.types.builder import Builder


def references(spec: DiagramSpec, builder: Builder) -> tuple[Reference, ...]:
    """Return the sources in the order of ``sources``, then those that only claims cite; unknown ones are noted."""
    known = builder.shared.sources
    found: dict[str, Reference] = {}
    for index, item in enumerate(spec.sources):
        line = builder.locations.mark(("sources", index)).line
        if not item.use:
            found[item.id or f"#{index}"] = Reference(item.title, item.url, item.date, item.id, line)
        elif item.use in known:
            found[item.use] = dataclasses.replace(known[item.use], line=line)
        else:
            hint = (
                builder.locations.source.hints.did_you_mean(item.use, known)
                or " Add it to a file below 'sources/' of a data folder."
            )
            message = f"There is no source {item.use!r} in the registry.{hint}"
            builder.problem(Code.UNKNOWN_SOURCE, message, "sources", index)
    for name in builder.claims.cited:
        if name in known and name not in found:
            found[name] = dataclasses.replace(known[name], line=builder.locations.mark(()).line)
    return tuple(found.values())
