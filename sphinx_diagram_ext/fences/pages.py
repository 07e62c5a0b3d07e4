"""Diagrams that stand in pages: Mermaid source and YAML in MyST, Markdown and reStructuredText, with their places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.fences.markdown import markdown_fences
from sphinx_diagram_ext.fences.rest import rest_fences

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKDOWN = (".md", ".markdown")
REST = (".rst",)
SOURCES = (".mmd", ".mermaid")
PAGES = (*MARKDOWN, *REST, *SOURCES)
"""Suffixes of what is read."""

_TITLE = re.compile(r"^title:\s*(.*?)\s*$", re.MULTILINE)


class Fence(NamedTuple):
    """A diagram in a page.

    ``first`` and ``end`` are the lines (from 0) that it takes, ``end`` the one behind it; ``before`` what stands before
    its first line in the same line, and ``prefix`` before the others. ``line`` (from 1) is that of the source.
    ``kind`` is ``mermaid`` or ``cdc-diagram``, ``argument`` and ``options`` are those of the directive.
    """

    kind: str
    first: int
    end: int
    before: str
    prefix: str
    line: int
    source: str
    heading: str
    argument: str
    options: dict[str, str]
    closed: bool = True
    markdown: bool = True


def fences_of(text: str, suffix: str) -> Iterator[Fence]:
    """Yield the diagrams in the *text* of a page whose name ends in *suffix*, in their order."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if suffix in SOURCES:
        lines = plain.rstrip("\n").split("\n")
        yield Fence("mermaid", 0, len(lines), "", "", 1, "\n".join(lines) + "\n", "", "", {})
    elif suffix in REST:
        yield from (Fence(*found, markdown=False) for found in rest_fences(plain))
    else:
        yield from (Fence(*found) for found in markdown_fences(plain))
