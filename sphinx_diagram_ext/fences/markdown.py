"""Diagrams in MyST and Markdown pages, found by the parser that MyST uses (markdown-it-py)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

Found: TypeAlias = "tuple[str, int, int, str, str, int, str, str, str, dict[str, str], bool]"

_KINDS = {"mermaid": "mermaid", "{mermaid}": "mermaid", "{cdc-diagram}": "cdc-diagram"}
_OPTION = re.compile(r"\s*:([\w-]+):\s*(.*?)\s*$")
_MARKUP = re.compile(r"[*_`]+|\{[^{}`]*\}(?=`)")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")


def markdown_fences(text: str) -> Iterator[Found]:
    """Yield the fields of a fence for every diagram in *text*, in their order."""
    parser = MarkdownIt("commonmark").use(front_matter_plugin).use(colon_fence_plugin)
    # Only blocks are wanted; text in lines is many times slower.
    parser.core.ruler.enableOnly(["normalize", "block"])
    lines = text.split("\n")
    heading = ""
    tokens = parser.parse(text)
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = _plain(tokens[at + 1].content)
        elif token.type in ("fence", "colon_fence") and token.map:
            name, _, argument = token.info.strip().partition(" ")
            if name in _KINDS:
                yield _found(_KINDS[name], token, lines, heading, argument.strip(), directive=name.startswith("{"))


def _found(kind: str, token: Token, lines: list[str], heading: str, argument: str, *, directive: bool) -> Found:
    assert token.map
    first, end = token.map
    markup = token.markup
    opening, last = lines[first], lines[end - 1]
    closed = end - first > 1 and last.strip(" >").startswith(markup[:3]) and not last.strip(f" >{markup[0]}")
    before = opening[: opening.index(markup)]
    prefix = last[: last.index(markup[:3])] if closed else before
    body = token.content.split("\n")
    options, skipped = _options(body) if directive else ({}, 0)
    source = "\n".join(body[skipped:])
    return kind, first, end, before, prefix, first + skipped + 2, source, heading, argument, options, closed


def _options(body: list[str]) -> tuple[dict[str, str], int]:
    """Return the options at the beginning of a directive, and the number of their lines."""
    options: dict[str, str] = {}
    at = 0
    while at < len(body) and (found := _OPTION.match(body[at])):
        options[found[1]] = found[2]
        at += 1
    while options and at < len(body) and not body[at].strip():
        at += 1
    return options, at


def _plain(heading: str) -> str:
    """Return a heading without its markup."""
    return " ".join(_MARKUP.sub("", _LINK.sub(r"\1", heading)).split())
