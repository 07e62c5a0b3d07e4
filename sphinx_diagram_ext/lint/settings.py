"""Settings of the linter: which rules hold, how severe they are and where they draw the line."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_diagram_ext.lint.finding import Severity
    from sphinx_diagram_ext.plan import Plan


class SettingsError(ValueError):
    """A setting cannot be used; says what was found and what is wanted."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the rules draw the line."""

    max_nodes: int = 16
    """Most nodes of a diagram."""
    max_width: int = 1100
    """Greatest width of a picture in CSS pixels."""
    max_crossings: int = 3
    """Most crossings of edges."""
    label_length: int = 60
    """Most characters in a label or one of its details."""
    edge_label_length: int = 40
    """Most characters in the label of an edge."""
    hub_edges: int = 4
    """From how many edges on the most connected node needs an explanation."""
    review_days: int = 365
    """Days after which a review is old."""
    near_duplicate: int = 60
    """From how many percent of shared words on two diagrams of one shape are near copies."""


@dataclass(frozen=True)
class Settings:
    """What one run of the linter does."""

    rules: tuple[str, ...] = ()
    """The rules that hold; the default ones if empty."""
    severity: dict[str, Severity] = field(default_factory=dict)
    """Severity of rules, where it is not their own."""
    thresholds: Thresholds = Thresholds()
    """Where the rules draw the line."""
    categories: tuple[str, ...] = ()
    """Categories of the project besides those of its plan."""
    plan: Plan | None = None
    """The project's plan of diagrams; without one nothing is said of views."""
    per_file_ignores: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Rules that do not hold for files whose path matches a pattern."""
    evidence: tuple[str, ...] = ()
    """Patterns of files in which every figure needs evidence, and every source is one of the registry."""
    schema: str = ""
    """JSON Schema of data files, for the comment that ``--fix`` adds."""

    def wants_evidence(self, path: str) -> bool:
        """Tell whether every figure of a file needs evidence."""
        return any(_matches(path, pattern) for pattern in self.evidence)

    def ignores(self, rule: str, path: str) -> bool:
        """Tell whether a rule does not hold for a file."""
        return any(rule in names and _matches(path, pattern) for pattern, names in self.per_file_ignores.items())


def _matches(path: str, pattern: str) -> bool:
    path = path.replace("\\", "/")
    return fnmatch(path, pattern) or fnmatch(path, f"*/{pattern}")
