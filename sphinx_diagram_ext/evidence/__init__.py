"""Evidence: figures in texts, quotations that they must be in, and formulas that compute them."""

from __future__ import annotations

from sphinx_diagram_ext.evidence.figures import Figure, Kind, figures
from sphinx_diagram_ext.evidence.formulas import FormulaError, evaluate, parse
from sphinx_diagram_ext.evidence.matching import in_evidence, missing_settings
from sphinx_diagram_ext.evidence.quantities import Quantity
from sphinx_diagram_ext.evidence.quotations import stands_in

__all__ = [
    "Figure",
    "FormulaError",
    "Kind",
    "Quantity",
    "evaluate",
    "figures",
    "in_evidence",
    "missing_settings",
    "parse",
    "stands_in",
]
