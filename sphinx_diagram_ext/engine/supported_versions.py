"""Supported versions of the engines: those that the package requires and was tested with."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, requires
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from sphinx_diagram_ext.engine.protocol import Engine

DISTRIBUTION = "sphinx-diagram-ext"


def untested(engine: Engine) -> str:
    """Return a sentence if *engine* is of a version outside those that are required, else ""."""
    try:
        wanted = [Requirement(line) for line in requires(DISTRIBUTION) or ()]
    except PackageNotFoundError:
        return ""
    for item in wanted:
        if item.name == engine.name and not item.specifier.contains(engine.version, prereleases=True):
            return (
                f"{engine.name} {engine.version} is installed and {item.specifier} was tested;"
                f' pictures may differ. Install "{item.name}{item.specifier}".'
            )
    return ""
