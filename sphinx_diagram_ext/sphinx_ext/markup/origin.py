"""Origin of a text: the line of a data file, and the page that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.sphinx_ext.logging import warn

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.environment import BuildEnvironment


@dataclass(frozen=True)
class Origin:
    """The line *line* of the data file *path*, shown by the page *page* of the site *env*."""

    env: BuildEnvironment
    page: nodes.document
    path: str
    line: int

    @property
    def location(self) -> str:
        """File and line, as warnings name them."""
        return f"{self.path}:{self.line}"

    def warn(self, message: str, *args: Any) -> None:
        """Log a warning about markup, at the line of the data file."""
        warn(Code.MARKUP, message, *args, location=self.location)
