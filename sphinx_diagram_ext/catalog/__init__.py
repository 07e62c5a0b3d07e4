"""Data folders: files, YAML with line marks, ids, aliases and every error at once."""

from __future__ import annotations

from sphinx_diagram_ext.catalog.catalog import Catalog
from sphinx_diagram_ext.catalog.limits import DEFAULT_LIMITS, Limits
from sphinx_diagram_ext.catalog.read import read_diagram

__all__ = ["DEFAULT_LIMITS", "Catalog", "Limits", "read_diagram"]
