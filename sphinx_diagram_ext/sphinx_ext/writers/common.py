"""Visitors that several output formats share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain

if TYPE_CHECKING:
    from docutils.nodes import Element

    from sphinx_diagram_ext.sphinx_ext.nodes import (
        cdc_diagram,
    )


def skip(self: Any, node: Element) -> None:
    """Write nothing."""
    raise nodes.SkipNode


def passing(self: Any, node: Element) -> None:
    """Write the children only."""


def note_written(self: Any, node: cdc_diagram) -> None:
    """Count the diagram and write its children."""
    domain = DiagramDomain.of(self.builder.env)
    domain.worker.settle()
    Build.of(domain.env).report.wrote(node)
