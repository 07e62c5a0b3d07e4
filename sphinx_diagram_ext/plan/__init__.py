"""Plans of diagrams: which diagrams a project wants, and what makes one of them complete."""

from __future__ import annotations

from sphinx_diagram_ext.plan.grammar import Check, PlanSpec
from sphinx_diagram_ext.plan.model import Category, Element, Plan, View
from sphinx_diagram_ext.plan.names import slug
from sphinx_diagram_ext.plan.reader import read_plan

__all__ = ["Category", "Check", "Element", "Plan", "PlanSpec", "View", "read_plan", "slug"]
