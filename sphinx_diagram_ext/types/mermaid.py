"""``type: mermaid``: Mermaid text as it is."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from sphinx_diagram_ext.model import RawMermaid
from sphinx_diagram_ext.types.base import DiagramSpec
from sphinx_diagram_ext.types.builder import Builder


class MermaidSpec(DiagramSpec):
    """Mermaid text; any of Mermaid's diagram families."""

    type: Literal["mermaid"]
    source: Annotated[str, StringConstraints(min_length=1, max_length=200_000)] = Field(
        description="Mermaid text, as a block (source: |)."
    )


def build(spec: MermaidSpec, builder: Builder) -> RawMermaid:
    """Return the source; its nodes are found later, with the engine's parser."""
    explanations = tuple((key, builder.message(text, "explain", key)) for key, text in spec.explain.items())
    value = builder.locations.mark(("source",))
    key = builder.locations.mark(("source",), key=True)
    # A block scalar (``source: |``) is marked at its indicator; its text starts a line below.
    block = value.line == key.line and "\n" in spec.source
    return RawMermaid(spec.source, value.line + (1 if block else 0), explanations=explanations)
