"""Diagnosis of Mermaid source that a parser refuses: every faulty line, with what to write instead."""

from __future__ import annotations

from sphinx_diagram_ext.engine.diagnosis.faults import find_faults

__all__ = ["find_faults"]
