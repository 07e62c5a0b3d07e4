"""Mermaid source of a page as a diagram: title, description and limits, without a YAML file."""

from __future__ import annotations

from sphinx_diagram_ext.catalog.reader import text_digest
from sphinx_diagram_ext.errors import Code, Problem, ProblemsError
from sphinx_diagram_ext.fences.source import about
from sphinx_diagram_ext.limits import DEFAULT_LIMITS, Limits
from sphinx_diagram_ext.model import Diagram, Message, Meta, RawMermaid

NOT_ASKED = ("explanation-missing", "metric-without-source", "reviewed-missing", "summary-missing")
"""Rules of the linter that ask for what a fence has no place for."""

MAX_SOURCE = 200_000
"""Characters of a source, as in a data file."""


def fence_diagram(
    source: str, diagram_id: str, path: str, line: int, heading: str, limits: Limits = DEFAULT_LIMITS
) -> Diagram:
    """Return the diagram of Mermaid *source* that starts on *line* of the page *path*, below *heading*.

    Its title is that of its front matter, else its ``accTitle``, else the heading.

    Raises:
        ProblemsError: it is too long, or its front matter is no YAML.
    """
    if len(source) > MAX_SOURCE:
        message = f"The Mermaid source has {len(source):,} characters, more than {MAX_SOURCE:,}; split it."
        raise ProblemsError([Problem(path, line, 0, Code.SCHEMA, message)])
    own = about(source, path, line, limits)
    return Diagram(
        id=diagram_id,
        type="mermaid",
        title=Message(own.title or heading or diagram_id, line),
        summary=Message(own.description, line) if own.description else None,
        body=RawMermaid(source, line),
        meta=Meta(lint_ignore=NOT_ASKED),
        path=path,
        line=line,
        digest=text_digest(source),
    )
