"""Blocks in Mermaid source: what opens one and is never closed, and what closes or divides none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.engine.protocol import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence


class _Form(NamedTuple):
    """How the blocks of a family are written."""

    opens: re.Pattern[str]
    closes: re.Pattern[str]
    end: str


_END = re.compile(r"\s*end\s*;?\s*$")
_BRACES = _Form(re.compile(r"(?!\s*%%).*\{\s*$"), re.compile(r"\s*\}\s*$"), "}")
_FORMS = {
    "block": _Form(re.compile(r"\s*block(?::\S*)?\s*$"), _END, "end"),
    "c4": _BRACES,
    "class": _BRACES,
    "er": _BRACES,
    "flowchart": _Form(re.compile(r"\s*subgraph\b"), _END, "end"),
    "requirement": _BRACES,
    "sequence": _Form(re.compile(r"\s*(?:alt|box|break|critical|loop|opt|par|par_over|rect)\b(?!\s*-)"), _END, "end"),
    "state": _BRACES,
}
_DIVIDES = {"and": ("par", "par_over"), "else": ("alt",), "option": ("critical",)}
_DIVIDER = re.compile(r"\s*(and|else|option)\b(?!\s*-)")
_WORD = re.compile(r"\s*(\w+)")


class Blocks(NamedTuple):
    """What is wrong with blocks; the lines (from 0) that open, divide or close one; the opener around each line.

    ``ends`` has what closes the block that a line opens.
    """

    faults: tuple[Fault, ...]
    frame: frozenset[int]
    around: dict[int, str]
    ends: dict[int, str]


def find_blocks(lines: Sequence[str], family: str, first: int) -> Blocks:
    """Return the blocks of *lines* from *first* on, the one below the keyword."""
    form = _FORMS.get(family)
    if form is None:
        return Blocks((), frozenset(), {}, {})
    faults: list[Fault] = []
    frame: set[int] = set()
    around: dict[int, str] = {}
    ends: dict[int, str] = {}
    stack: list[int] = []
    for at in range(first, len(lines)):
        line = lines[at]
        divider = _DIVIDER.match(line) if family == "sequence" else None
        if form.closes.match(line):
            frame.add(at)
            if stack:
                stack.pop()
            else:
                faults.append(_fault(at, line, f"there is nothing to close here; remove '{form.end}'", instead=""))
        elif divider:
            frame.add(at)
            wanted = _DIVIDES[divider[1]]
            if not stack or _word(lines[stack[-1]]) not in wanted:
                faults.append(_fault(at, line, f"'{divider[1]}' belongs only inside '{wanted[0]}' ... 'end'"))
        elif form.opens.match(line):
            frame.add(at)
            stack.append(at)
            ends[at] = form.end
        elif stack:
            around[at] = lines[stack[-1]]
    faults += (
        _fault(at, lines[at], f"what is opened here is never closed; write '{form.end}' below its last line", form.end)
        for at in stack
    )
    return Blocks(tuple(faults), frozenset(frame), around, ends)


def _word(line: str) -> str:
    found = _WORD.match(line)
    return found[1] if found else ""


def _fault(at: int, line: str, message: str, below: str = "", instead: str | None = None) -> Fault:
    text = line.strip()
    column = len(line) - len(line.lstrip()) + 1
    return Fault(at + 1, column, f"found {text[:80]!r}: {message}.", text, instead, below)
