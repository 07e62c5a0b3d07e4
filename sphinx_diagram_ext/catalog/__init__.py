"""Data folders: files, YAML with line marks, ids, aliases and every error at once."""

from __future__ import annotations

from sphinx_diagram_ext.catalog.catalog import Catalog
from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.limits import DEFAULT_LIMITS, Limits

__all__ = ["DEFAULT_LIMITS", "Catalog", "Limits", "read_diagram"]
