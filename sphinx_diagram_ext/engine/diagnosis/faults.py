"""Faulty lines of Mermaid source, all at once: each is asked about by itself.

A parser stops at the first fault, and names its place only in some grammars. Most lines of most families are
statements of their own: one that the parser refuses below the keyword alone is at fault, whatever the others are.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from sphinx_diagram_ext.engine.diagnosis.advice import advise
from sphinx_diagram_ext.engine.diagnosis.blocks import find_blocks
from sphinx_diagram_ext.engine.protocol import Fault
from sphinx_diagram_ext.mermaid_keywords import family_of, start_of, unknown_start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sphinx_diagram_ext.engine.diagnosis.blocks import Blocks

MAX_LINES = 400
"""Lines of a source whose lines are asked about."""

MAX_FAULTS = 20
"""Faults that are told of a source; who repairs these sees the others then."""

MAX_REACH = 10
"""Lines that a quoted label may go over."""

_ALONE = frozenset(("class", "er", "flowchart", "gantt", "journey", "pie", "quadrant", "sequence", "state", "timeline"))
"""Families whose lines are statements of their own."""

_DEPENDS = re.compile(
    r"\s*(?::|activate\b|deactivate\b|create\b|destroy\b|click\b|linkStyle\b|accDescr\b|-{2,3}\s*$|\})"
)
"""Lines that need others."""

_LONG = (
    (re.compile(r"\s*accDescr\s*\{[^}]*$"), re.compile(r"\}")),
    (re.compile(r"[^\"\n]*@\{[^}]*$"), re.compile(r"\}")),
    (re.compile(r"\s*note\s+(?:left|right)\s+of\s+[^:\n]*$"), re.compile(r"^\s*end note\b")),
)
"""What goes over several lines: how it begins and how it ends."""

_IN_ORDER = frozenset(
    ("git", "journey", "kanban", "mindmap", "packet", "pie", "quadrant", "sankey", "treemap", "xychart")
)
"""Families without blocks: what comes first is right or wrong without the rest."""

_SETTING = re.compile(r"\s*(?:dateFormat|axisFormat|tickInterval|excludes|includes|weekday|inclusiveEndDates)\b")
_DAY_FORM = re.compile(r"^\s*dateFormat\s+(\S.*?)\s*$", re.MULTILINE)
_RULE = re.compile(r"-{3}\s*$")
_NEEDS_OTHERS = ("inactiv", "unresolved")
"""Words of refusals that are about what other lines say."""

_EMPTY = frozenset(("flowchart", "sequence"))
"""Families whose blocks may be empty."""

_BODIES = {"class": "class X", "er": "X"}


def find_faults(source: str, refuses: Callable[[str], str | None]) -> list[Fault]:
    """Return what is wrong with *source*, in the order of its lines; [] where that cannot be told.

    *refuses* gives the parser's message on a text, None where it parses.
    """
    lines = source.split("\n")
    start = _start(lines, source)
    if isinstance(start, Fault):
        return [start]
    family = family_of(source)
    if len(lines) > MAX_LINES or not family:
        return []
    blocks = find_blocks(lines, family, start + 1)
    found = [*blocks.faults, *islice(_statements(lines, start, family, blocks, refuses), MAX_FAULTS)]
    faulty = {fault.line - 1 for fault in found}
    rest = "\n".join("" if at in faulty else line for at, line in enumerate(lines))
    if not blocks.faults and (not found or refuses(rest)):
        found += _first(rest, start, family, refuses)
    return sorted(found)[:MAX_FAULTS]


def _start(lines: Sequence[str], source: str) -> int | Fault:
    """Return the line (from 0) of the keyword, or what is wrong with the start."""
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if _RULE.match(lines[first]) and not any(_RULE.match(line) for line in lines[first + 1 :]):
        told = "the front matter that begins here is never closed; write '---' on a line of its own below it."
        return Fault(first + 1, 1, told)
    at = source.count("\n", 0, start_of(source))
    told = unknown_start(source)
    return Fault(at + 1, 1, told) if told else at


def _statements(
    lines: Sequence[str], start: int, family: str, blocks: Blocks, refuses: Callable[[str], str | None]
) -> Iterator[Fault]:
    """Yield the fault of every statement that is refused by itself."""
    if family not in _ALONE:
        return
    settings = [line for line in lines[start + 1 :] if _SETTING.match(line)]
    head = "\n".join((lines[start], *settings))
    day_form = _day_form(lines)
    at = start + 1
    while at < len(lines):
        height = _height(lines, at)
        text = "\n".join(lines[at : at + height])
        whole = f"{head}\n{_whole(text, at, family, blocks)}"
        divides = at in blocks.frame and (at not in blocks.ends or family not in _EMPTY)
        if text.strip() and not divides and not _DEPENDS.match(text):
            message = refuses(whole)
            if message and not any(word in message for word in _NEEDS_OTHERS):
                yield _fault(lines[at], at, family, message, day_form)
        at += height


def _whole(text: str, at: int, family: str, blocks: Blocks) -> str:
    """Return a statement with what it needs around it."""
    if at in blocks.ends:
        return f"{text}\n{blocks.ends[at]}"
    # What is in a class or an entity is read only there.
    body = _BODIES.get(family) if at in blocks.around else None
    return f"{body} {{\n{text}\n}}" if body else text


def _height(lines: Sequence[str], at: int) -> int:
    """Return how many lines the statement has: quoted labels, notes and descriptions may go over several."""
    for opens, closes in _LONG:
        if opens.match(lines[at]):
            return 1 + next((more for more, line in enumerate(lines[at + 1 :], 1) if closes.search(line)), 0)
    if lines[at].count('"') % 2 == 0:
        return 1
    for more in range(at + 1, min(at + MAX_REACH, len(lines))):
        if lines[more].count('"') % 2:
            # A quote behind a bracket begins a label of its own: the one above is never closed.
            return 1 if "[" in lines[more].split('"')[0] else more - at + 1
    return 1


def _first(source: str, start: int, family: str, refuses: Callable[[str], str | None]) -> Iterator[Fault]:
    """Yield the fault of the first line up to which the source is wrong, or without which the rest parses."""
    message = refuses(source)
    if message is None:
        return
    lines = source.split("\n")
    for at in range(start + 1, len(lines)):
        if not lines[at].strip():
            continue
        if family in _IN_ORDER:
            guilty = refuses("\n".join(lines[: at + 1])) is not None
        else:
            guilty = refuses("\n".join((*lines[:at], "", *lines[at + 1 :]))) is None
        if guilty:
            yield _fault(lines[at], at, family, message, _day_form(lines))
            return


def _day_form(lines: Sequence[str]) -> str:
    found = _DAY_FORM.search("\n".join(lines))
    return found[1] if found else "YYYY-MM-DD"


def _fault(line: str, at: int, family: str, message: str, day_form: str) -> Fault:
    advice = advise(line, family, message, day_form)
    shown = advice.text if len(advice.text) <= 80 else f"{advice.text[:77]}..."
    return Fault(at + 1, advice.column, f"found {shown!r}: {advice.fix}.", advice.text, advice.instead)
