"""The command ``cdc-diagram``; it needs the core only, never Sphinx."""

from __future__ import annotations

from sphinx_diagram_ext.cli.main import main, main_parser

__all__ = ["main", "main_parser"]
