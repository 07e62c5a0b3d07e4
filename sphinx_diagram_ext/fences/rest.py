"""Diagrams in reStructuredText pages: the directives ``mermaid`` and ``cdc-diagram``.

Docutils cannot say where a directive ends in the file, so what is needed of its grammar is read here: a directive is
everything below that is indented more (https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#directives).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Found: TypeAlias = "tuple[str, int, int, str, str, int, str, str, str, dict[str, str], bool]"

_DIRECTIVE = re.compile(r"( *)\.\. (mermaid|cdc-diagram)::[ \t]*(\S*)\s*$")
_OPTION = re.compile(r"\s+:([\w-]+):\s*(.*?)\s*$")
_LITERAL = re.compile(r"( *)(?:\.\. (?:code-block|code|parsed-literal|literalinclude|highlight)::.*|(?!\.\. ).*::)\s*$")
_UNDERLINE = re.compile(r"([=\-~^\"'`#*+.:_<>!$%&(),/;?@\[\\\]{|}])\1{2,}\s*$")


def rest_fences(text: str) -> Iterator[Found]:
    """Yield the fields of a fence for every diagram in *text*, in their order."""
    lines = text.split("\n")
    heading = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        if at and _UNDERLINE.match(line) and lines[at - 1].strip() and not lines[at - 1].startswith((" ", "..")):
            heading = " ".join(lines[at - 1].replace("`", "").replace("*", "").split())
        found = _DIRECTIVE.match(line)
        literal = None if found else _LITERAL.match(line)
        if found:
            end = _end(lines, at, len(found[1]))
            yield _fence(lines, at, end, found, heading)
            at = end
        elif literal:
            at = _end(lines, at, len(literal[1]))
        else:
            at += 1


def _end(lines: list[str], at: int, indent: int) -> int:
    """Return the line behind the last one that belongs to what begins at *at*."""
    end = at + 1
    for number in range(at + 1, len(lines)):
        line = lines[number]
        if line.strip():
            if len(line) - len(line.lstrip()) <= indent:
                break
            end = number + 1
    return end


def _fence(lines: list[str], first: int, end: int, found: re.Match[str], heading: str) -> Found:
    at = first + 1
    options: dict[str, str] = {}
    while at < end and (option := _OPTION.match(lines[at])):
        options[option[1]] = option[2]
        at += 1
    while at < end and not lines[at].strip():
        at += 1
    body = lines[at:end]
    indent = min((len(line) - len(line.lstrip()) for line in body if line.strip()), default=0)
    source = "".join(f"{line[indent:]}\n" for line in body)
    return found[2], first, end, found[1], found[1], at + 1, source, heading, found[3], options, True
