"""The rules, in the order of the documentation."""

from __future__ import annotations

from sphinx_diagram_ext.lint.rules import words  # isort: skip
from sphinx_diagram_ext.lint.rules import layout  # isort: skip
from sphinx_diagram_ext.lint.rules import structure  # isort: skip
from sphinx_diagram_ext.lint.rules import facts  # isort: skip
from sphinx_diagram_ext.lint.rules import categories  # isort: skip

__all__ = ["categories", "facts", "layout", "structure", "words"]
