"""Advice on a faulty line of Mermaid source: what is wrong with it, and what to write instead.

Only lines that the parser refuses are looked at, so the patterns need not tell good lines from bad ones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_LINE = 400
"""Characters of a line that are looked at."""


class Advice(NamedTuple):
    """Where in a line the fault is (columns count from 1), the faulty text, what to do, and what to write instead."""

    column: int
    text: str
    fix: str
    instead: str | None = None


class _Rule(NamedTuple):
    """A mistake: the families in which it is one, how it looks, what is wrong, and what to write instead."""

    families: tuple[str, ...]
    pattern: re.Pattern[str]
    wrong: str
    instead: Callable[[re.Match[str]], str] | None


_QUOTES = {"[": ("[", "]"), "(": ("(", ")"), "{": ("{", "}")}
_FLOW = ("flowchart",)
_SEQUENCE = ("sequence",)


def _rule(
    families: tuple[str, ...],
    pattern: str,
    wrong: str,
    instead: str | Callable[[re.Match[str]], str] | None = None,
) -> _Rule:
    """Return a rule; *instead* is what takes the place of the group ``bad``, a template or what makes it."""
    if not isinstance(instead, str):
        return _Rule(families, re.compile(pattern), wrong, instead)
    template = instead
    return _Rule(families, re.compile(pattern), wrong, lambda found: found.expand(template))


def quoted(text: str) -> str:
    """Return *text* as a quoted label."""
    return '"' + text.strip().replace('"', "#quot;") + '"'


def _label(found: re.Match[str]) -> str:
    opening, closing = _QUOTES[found["open"]]
    return f"{found['id']}{opening}{quoted(found['text'])}{closing}"


_ENDS = r"(?=\s*(?:[-=<~&;]|:::|o--|x--|$))"
_STRUCTURAL = r"""[^"\n]*?[()\[\]{}|<>][^"\n]*?"""
_WITH_QUOTES = r"""(?!")[^\n]*?"[^\n]*?"""
_ARROW = r"(?:<?--+[>xo-]|<?==+[>xo=]|<?-\.+-[>xo]?)"
_BRACKETS = "brackets in a label need quotes"
_QUOTE_MARK = "a quotation mark in a label is written #quot;"


def _labels(wrong: str, inside: str) -> Iterator[_Rule]:
    for opening, closing in (r"\[", r"\]"), (r"\(", r"\)"), (r"\{", r"\}"):
        name = r"(?P<id>\b[\w.-]+|subgraph\s+[\w.-]+\s*)"
        pattern = rf"(?P<bad>{name}(?P<open>{opening})(?P<text>{inside}){closing}){_ENDS}"
        yield _rule(_FLOW, pattern, wrong, _label)


_RULES = (
    _rule((), r"^\s*(?P<bad>//|#)", "a comment begins with '%%'", "%%"),
    _rule(
        _FLOW,
        rf"{_ARROW}\s*(?:\|[^|]*\|\s*)?(?P<bad>end)\s*;?\s*$",
        "'end' closes groups and is no name of a node; write 'End'",
        "End",
    ),
    _rule(_FLOW, rf"^\s*(?P<bad>end)\s*{_ARROW}", "'end' closes groups and is no name of a node; write 'End'", "End"),
    _rule(
        _FLOW, r"(?P<bad>\b[\w.-]+[\[({]+\"[^\"]*)$", "the label is never closed; write '\"' and its bracket behind it"
    ),
    *_labels(_QUOTE_MARK, _WITH_QUOTES),
    *_labels(_BRACKETS, _STRUCTURAL),
    _rule(_FLOW, r"(?P<bad>\b[\w.-]+\[[^\]\n]*)$", "the label is never closed; write ']' behind it"),
    _rule(_FLOW, r"(?P<bad>\b[\w.-]+\([^)\n]*)$", "the label is never closed; write ')' behind it"),
    _rule(_FLOW, r"(?P<bad>\b[\w.-]+\{[^}\n]*)$", "the label is never closed; write '}' behind it"),
    _rule(
        _FLOW,
        r"(?P<bad>\|(?P<text>[^|\"\n]*[()\[\]{}][^|\"\n]*)\|)",
        _BRACKETS,
        lambda found: f"|{quoted(found['text'])}|",
    ),
    _rule(_FLOW, rf"{_ARROW}(?P<bad>\|[^|\n]*)$", "the label of the edge is never closed; write '|' behind it"),
    _rule((*_FLOW, "state"), r"(?<![-.=<])(?P<bad>->)(?!>)", "'->' is no arrow here; write '-->'", "-->"),
    _rule(_FLOW, rf"(?P<bad>{_ARROW})\s*(?:\|[^|]*\|)?\s*;?\s*$", "say where the edge leads; write a node behind it"),
    _rule(
        _FLOW,
        r"^\s*(?!subgraph\b)(?P<bad>(?P<one>[\w.-]+)(?:\s+[\w.-]+){0,6}\s+(?P<other>[\w.-]+))\s*;?\s*$",
        "between two nodes goes an arrow such as '-->'",
    ),
    _rule(
        _SEQUENCE,
        r"(?i)^\s*(?P<bad>note\s+(?P<side>left|right)\s+(?!of\b)(?P<who>[^:\n]+))",
        "the side of a note is 'left of' or 'right of'",
        lambda found: f"Note {found['side'].lower()} of {found['who'].strip()}",
    ),
    _rule(_SEQUENCE, r"(?i)^\s*(?P<bad>note\s+[^:\n]+)$", "the text of a note comes after ':'"),
    _rule(_SEQUENCE, r"^\s*(?P<bad>participant|actor)\s*$", "the name of the participant is missing; write it behind"),
    _rule(
        _SEQUENCE,
        r"(?P<bad>==+>|-\.+->|--+>\||<--+)",
        "this is no arrow of sequences; write '->>' for a call or '-->>' for a reply",
    ),
    _rule(
        _SEQUENCE,
        r"^\s*(?P<bad>(?P<one>[\w.-]+)\s*(?P<arrow>--?(?:>>|>|x|\)))\s*(?P<other>[+-]?[\w.-]+)\s+(?P<text>[^:\n]+))$",
        "the text of a message comes after ':'",
        r"\g<one>\g<arrow>\g<other>: \g<text>",
    ),
    _rule(
        _SEQUENCE,
        r"^\s*(?P<bad>[\w.-]+\s*--?(?:>>|>|x|\))\s*[+-]?[\w.-]+)\s*$",
        "the text of a message is missing; write it behind ':'",
    ),
    _rule(
        ("class",),
        r"^\s*(?P<bad>(?:class\s+)?(?P<one>\w+)\s+(?:extends|inherits|implements)\s+(?:from\s+)?(?P<other>\w+))",
        "inheritance is the arrow '<|--'",
        r"\g<other> <|-- \g<one>",
    ),
    _rule(("class",), r"(?<![-.<|*o])(?P<bad>->)(?!>)", "'->' is no relation of classes; write '-->'", "-->"),
    _rule(
        ("er",),
        r"(?P<bad>(?:\|\||\}\||\}o|\|o)(?:--|\.\.))(?!\s*(?:\|\||\|\{|o\{|o\|))",
        "both ends of a relation have a mark, such as '||--o{' for one to many",
    ),
    _rule(
        ("er",),
        r"^\s*(?P<bad>\S+\s+[|}o]{1,2}(?:--|\.\.)[|{o]{1,2}\s+[^\s:]+)\s*$",
        "the label of a relation is missing; write it behind ':', as in 'A ||--o{ B : has'",
    ),
    _rule(("er",), r"^\s*(?P<bad>[\w-]+)\s*$", "an attribute has a type and a name, as in 'string name'"),
    _rule(
        ("gantt",),
        r"^\s*(?P<bad>[^:\n]+)$",
        "a task has ':' between its name and its days, as in 'Design :2024-01-01, 30d'",
    ),
    _rule(
        ("pie",),
        r"^\s*(?P<bad>(?P<name>[^\":\n]+?)\s*:\s*(?P<value>[\d.]+))\s*$",
        "the name of a part is in quotes",
        r'"\g<name>" : \g<value>',
    ),
    _rule(("pie",), r":\s*(?P<bad>-[\d.]+)", "a part is a number from 0 on"),
    _rule(
        ("timeline",),
        r"^\s*(?P<bad>(?P<hour>\d{1,2}):(?P<minute>\d\d))\b",
        "':' ends a time here, so that of a time of day is written #58;",
        r"\g<hour>#58;\g<minute>",
    ),
    _rule(("quadrant",), r"(?P<bad>\[[^\]\n]*\]?)\s*$", "a point is '[x, y]', both numbers from 0 to 1"),
    _rule(("journey",), r"^\s*(?P<bad>[^:\n]+)$", "a task has a score, as in 'Make tea: 5: Me'"),
    _rule(("sankey",), r"^\s*(?P<bad>[^,\n]*(?:,[^,\n]*)?)\s*$", "a flow is 'from,to,number'"),
)
_MESSAGES = (
    (r"branch which is not yet created.*branch ([^\"]+)\"", r"there is no branch '\1' yet; write 'branch \1' above"),
    (r"There can be only one root.*\(\"(.*)\"\)", r"a mind map has one root; indent '\1' below it"),
    (r"Invalid date:\s*(.*)", None),
)
_PREFIX = re.compile(r"^(?:Diagram )?parse error \([\w-]+\): ", re.IGNORECASE)
_OFFSET = re.compile(r"Unexpected character at (\d+)")


def advise(line: str, family: str, refusal: str, day_form: str) -> Advice:
    """Return advice on *line*, which the parser refuses with the message *refusal*; days are written as *day_form*."""
    text = line[:MAX_LINE]
    for rule in _RULES:
        found = rule.pattern.search(text) if not rule.families or family in rule.families else None
        if found is not None:
            instead = rule.instead(found) if rule.instead else None
            told = f"{rule.wrong}; write {instead}" if instead and instead not in rule.wrong else rule.wrong
            return Advice(found.start("bad") + 1, found["bad"], told, instead)
    start = len(text) - len(text.lstrip())
    return Advice(start + 1, text.strip(), _reworded(refusal, day_form))


def _reworded(refusal: str, day_form: str) -> str:
    """Return the parser's message in the words of an author."""
    for pattern, instead in _MESSAGES:
        found = re.search(pattern, refusal)
        if found:
            day = f"{found[1]!r} is no day in the form {day_form} that 'dateFormat' says"
            return found.expand(instead) if instead else day
    message = _PREFIX.sub("", refusal)
    if _OFFSET.search(message):
        return "the parser cannot read this"
    expected = message.split("; expected ", 1)
    return expected[0] if len(expected) > 1 and expected[1].count(",") > _FEW else message


_FEW = 4
"""Tokens of a grammar from which a list of them tells an author nothing."""
