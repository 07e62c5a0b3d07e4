"""The linter: what is correct and could still be better. It needs no Sphinx."""

from __future__ import annotations

from sphinx_diagram_ext.lint.finding import Finding, Hit, Severity
from sphinx_diagram_ext.lint.read_settings import read_settings
from sphinx_diagram_ext.lint.rule import Rule
from sphinx_diagram_ext.lint.rules import RULES
from sphinx_diagram_ext.lint.run import lint
from sphinx_diagram_ext.lint.settings import Settings, SettingsError, Thresholds

__all__ = [
    "RULES",
    "Finding",
    "Hit",
    "Rule",
    "Settings",
    "SettingsError",
    "Severity",
    "Thresholds",
    "lint",
    "read_settings",
]
