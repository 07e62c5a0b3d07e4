"""Changes between two states of diagrams: what was added, removed, renamed and changed."""

from sphinx_diagram_ext.changes.compare import Change, Changes, DiagramChange, compare
from sphinx_diagram_ext.changes.report import as_json, as_markdown

__all__ = ["Change", "Changes", "DiagramChange", "as_json", "as_markdown", "compare"]
