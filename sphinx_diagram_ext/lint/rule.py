"""Rule of the linter, made by a decorator on each function of :mod:`sphinx_diagram_ext.lint.rules`."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, TypeAlias

from sphinx_diagram_ext.errors import Code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx_diagram_ext.lint.context import Context
    from sphinx_diagram_ext.lint.finding import Hit, Severity
    from sphinx_diagram_ext.model import Diagram

    Check: TypeAlias = Callable[[Diagram, Context], Iterator[Hit]]

PREFIX = "lint-"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. ``thresholds`` names the fields of ``Thresholds`` that it depends on.

    Rules whose findings depend on the layout have no ``samples``: a better one would find nothing in them.
    """

    id: str
    severity: Severity
    check: Check
    default: bool = True
    thresholds: tuple[str, ...] = ()
    samples: bool = True

    @property
    def code(self) -> Code:
        """The kind of its findings, which is also the subtype of the Sphinx warning."""
        return Code(PREFIX + self.id)

    @property
    def summary(self) -> str:
        """What the rule finds, in one line."""
        return self._doc()[0]

    @property
    def why(self) -> str:
        """Why that matters and what to do about it, as MyST text."""
        return self._doc()[1]

    def sample(self, kind: str) -> str:
        """Return the *bad* or *good* sample: YAML files one after the other, each with its name."""
        return files("sphinx_diagram_ext.lint").joinpath("samples", f"{self.id}.{kind}.yaml").read_text("utf-8")

    def _doc(self) -> tuple[str, str]:
        summary, _, why = (inspect.getdoc(self.check) or "").partition("\n\n")
        return summary, why


def rule(
    name: str, severity: Severity, *, default: bool = True, thresholds: tuple[str, ...] = (), samples: bool = True
) -> Callable[[Check], Rule]:
    """Make a rule of a function; the first line of its docstring is the summary, the rest the reason."""

    def make(check: Check) -> Rule:
        return Rule(name, severity, check, default, thresholds, samples)

    return make
