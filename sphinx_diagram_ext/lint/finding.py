"""Findings of the linter."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.errors import located

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_diagram_ext.errors import Code, Problem


class Severity(enum.StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """The diagram misleads its readers; the command fails."""
    WARNING = "warning"
    """Readers will stumble; the command fails with ``--strict``."""
    INFO = "info"
    """It could be better."""


class Hit(NamedTuple):
    """What a rule found: the line of the data file (0: unknown) and what is wrong there."""

    line: int
    message: str


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to fix. Lines and columns count from 1; 0 is unknown.

    ``code`` is ``lint-<rule>``, or that of an error which keeps the file from being read.
    """

    path: str
    line: int
    column: int
    code: Code
    message: str
    severity: Severity = Severity.ERROR
    diagram: str = ""

    def __str__(self) -> str:
        return located(self.path, self.line, self.column, f"{self.severity}: {self.message} [{self.code}]")


def from_problems(problems: Iterable[Problem]) -> list[Finding]:
    """Return the errors of files that cannot be read as findings."""
    return [Finding(item.path, item.line, item.column, item.code, item.message) for item in problems]
