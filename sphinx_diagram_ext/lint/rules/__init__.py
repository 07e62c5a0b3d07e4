"""Rules of the linter, one module a concern, in the order of the documentation."""

from __future__ import annotations

from sphinx_diagram_ext.lint.rule import Rule
from sphinx_diagram_ext.lint.rules import categories, evidence, facts, faults, layout, plausibility, structure, words

MODULES = (words, layout, faults, structure, facts, evidence, plausibility, categories)

RULES: dict[str, Rule] = {
    item.id: item for module in MODULES for item in vars(module).values() if isinstance(item, Rule)
}
"""Every rule by its id."""
