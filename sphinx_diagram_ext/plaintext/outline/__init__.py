"""Outline of a diagram: all that its picture says, as nested lists in the order in which it is read."""

from sphinx_diagram_ext.plaintext.outline.entry import Entry, Lead, Outline, Wording, every_entry
from sphinx_diagram_ext.plaintext.outline.outline import outline

__all__ = ["Entry", "Lead", "Outline", "Wording", "every_entry", "outline"]
