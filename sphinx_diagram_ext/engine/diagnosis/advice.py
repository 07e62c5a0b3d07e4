"""Advice on a faulty line of Mermaid source: what is wrong with it, and what to write instead.

Only lines that the parser refuses are looked at, so the patterns need not tell good lines from bad ones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_LINE = 1_000
"""Characters of a line that are looked at."""


class Advice(NamedTuple):
    """Where in a line the fault is (columns count from 1), the faulty text, and what to do."""

    column: int
    text: str
    fix: str


class _Rule(NamedTuple):
    """A mistake: the families in which it is one, how it looks, and what to do about it."""

    families: tuple[str, ...]
    pattern: re.Pattern[str]
    fix: Callable[[re.Match[str]], str]


_QUOTES = {"[": ("[", "]"), "(": ("(", ")"), "{": ("{", "}")}
_FLOW = ("flowchart",)
_SEQUENCE = ("sequence",)


def _rule(families: tuple[str, ...], pattern: str, fix: str | Callable[[re.Match[str]], str]) -> _Rule:
    told = fix
    return _Rule(families, re.compile(pattern), told if callable(told) else lambda found: found.expand(told))


def quoted(text: str) -> str:
    """Return *text* as a quoted label."""
    return '"' + text.strip().replace('"', "#quot;") + '"'


def _label(found: re.Match[str]) -> str:
    opening, closing = _QUOTES[found["open"]]
    why = "a quotation mark in a label is written #quot;" if '"' in found["text"] else "brackets in a label need quotes"
    return f"{why}; write {found['id']}{opening}{quoted(found['text'])}{closing}"


_ENDS = r"(?=\s*(?:[-=<~&;]|:::|o--|x--|$))"
_STRUCTURAL = r"""[^"\n]*?[()\[\]{}"|<>][^\n]*?"""
_ARROW = r"(?:<?--+[>xo-]|<?==+[>xo=]|<?-\.+-[>xo]?)"

_RULES = (
    _rule((), r"^\s*(?P<bad>//|#)", "a comment begins with '%%'"),
    _rule(
        _FLOW,
        rf"{_ARROW}\s*(?:\|[^|]*\|\s*)?(?P<bad>end)\s*;?\s*$|^\s*(?P<first>end)\s*{_ARROW}",
        "'end' closes groups and is no name of a node; write 'End'",
    ),
    _rule(
        _FLOW, r"(?P<bad>\b[\w.-]+[\[({]+\"[^\"]*)$", "the label is never closed; write '\"' and its bracket behind it"
    ),
    _rule(_FLOW, rf"(?P<bad>(?P<id>\b[\w.-]+)(?P<open>\[)(?P<text>{_STRUCTURAL})\]){_ENDS}", _label),
    _rule(_FLOW, rf"(?P<bad>(?P<id>\b[\w.-]+)(?P<open>\()(?P<text>{_STRUCTURAL})\)){_ENDS}", _label),
    _rule(_FLOW, rf"(?P<bad>(?P<id>\b[\w.-]+)(?P<open>\{{)(?P<text>{_STRUCTURAL})\}}){_ENDS}", _label),
    _rule(_FLOW, r"(?P<bad>\b[\w.-]+\[[^\]\n]*)$", r"the label is never closed; write ']' behind it"),
    _rule(_FLOW, r"(?P<bad>\b[\w.-]+\([^)\n]*)$", r"the label is never closed; write ')' behind it"),
    _rule(_FLOW, r"(?P<bad>\b[\w.-]+\{[^}\n]*)$", r"the label is never closed; write '}' behind it"),
    _rule(
        _FLOW,
        r"(?P<bad>\|(?P<text>[^|\"\n]*[()\[\]{}][^|\n]*)\|)",
        lambda found: f"brackets in a label need quotes; write |{quoted(found['text'])}|",
    ),
    _rule(_FLOW, rf"{_ARROW}(?P<bad>\|[^|\n]*)$", "the label of the edge is never closed; write '|' behind it"),
    _rule((*_FLOW, "state"), r"(?<![-.=<])(?P<bad>->)(?!>)", "'->' is no arrow here; write '-->'"),
    _rule(_FLOW, rf"(?P<bad>{_ARROW})\s*(?:\|[^|]*\|)?\s*;?\s*$", "say where the edge leads; write a node behind it"),
    _rule(
        _FLOW,
        r"^\s*(?P<bad>(?P<one>[\w.-]+)(?:\s+[\w.-]+){0,6}\s+(?P<other>[\w.-]+))\s*;?\s*$",
        lambda found: f"between two nodes stands an arrow such as '-->'; write {found['one']} --> {found['other']}",
    ),
    _rule(
        _SEQUENCE,
        r"(?i)^\s*(?P<bad>note\s+(?P<side>left|right)\s+(?!of\b)(?P<who>[^:\n]+))",
        lambda found: f"write 'Note {found['side'].lower()} of {found['who'].strip()}: ...'",
    ),
    _rule(_SEQUENCE, r"(?i)^\s*(?P<bad>note\s+[^:\n]+)$", "the text of a note stands behind ':'"),
    _rule(_SEQUENCE, r"^\s*(?P<bad>participant|actor)\s*$", "the name of the participant is missing; write it behind"),
    _rule(
        _SEQUENCE,
        r"(?P<bad>==+>|-\.+->|--+>\||<--+)",
        "this is no arrow of sequences; write '->>' for a call or '-->>' for a reply",
    ),
    _rule(
        _SEQUENCE,
        r"^\s*(?P<bad>(?P<one>[\w.-]+)\s*(?P<arrow>--?(?:>>|>|x|\)))\s*(?P<other>[+-]?[\w.-]+)\s+(?P<text>[^:\n]+))$",
        lambda found: (
            "the text of a message stands behind ':'; write "
            f"{found['one']}{found['arrow']}{found['other']}: {found['text'].strip()}"
        ),
    ),
    _rule(
        _SEQUENCE,
        r"^\s*(?P<bad>[\w.-]+\s*--?(?:>>|>|x|\))\s*[+-]?[\w.-]+)\s*$",
        r"the text of a message is missing; write '\g<bad>: ...'",
    ),
    _rule(
        ("class",),
        r"^\s*(?:class\s+)?(?P<bad>(?P<one>\w+)\s+(?:extends|inherits|implements)\s+(?:from\s+)?(?P<other>\w+))",
        r"inheritance is the arrow '<|--'; write \g<other> <|-- \g<one>",
    ),
    _rule(("class",), r"(?<![-.<|*o])(?P<bad>->)(?!>)", "'->' is no relation of classes; write '-->'"),
    _rule(
        ("er",),
        r"(?P<bad>(?:\|\||\}\||\}o|\|o)(?:--|\.\.))(?!\s*(?:\|\||\|\{|o\{|o\|))",
        "both ends of a relation have a mark, such as '||--o{' for one to many",
    ),
    _rule(
        ("er",),
        r"^\s*(?P<bad>\S+\s+[|}o]{1,2}(?:--|\.\.)[|{o]{1,2}\s+[^\s:]+)\s*$",
        r"the label of a relation is missing; write it behind ':', as in '\g<bad> : has'",
    ),
    _rule(("er",), r"^\s*(?P<bad>[\w-]+)\s*$", r"an attribute has a type and a name; write 'string \g<bad>'"),
    _rule(
        ("gantt",),
        r"^\s*(?P<bad>[^:\n]+)$",
        "a task has ':' between its name and its days, as in 'Design :2024-01-01, 30d'",
    ),
    _rule(
        ("pie",),
        r"^\s*(?P<bad>(?P<name>[^\":\n]+?)\s*:\s*(?P<value>[\d.]+))\s*$",
        r'the name of a part stands in quotes; write "\g<name>" : \g<value>',
    ),
    _rule(("pie",), r":\s*(?P<bad>-[\d.]+)", "a part is a number from 0 on"),
    _rule(
        ("timeline",),
        r"^\s*(?P<bad>(?P<hour>\d{1,2}):(?P<minute>\d\d))\b(?P<rest>.*)$",
        r"':' ends a time here, so a time of day cannot have it; write '\g<hour>.\g<minute>\g<rest>'",
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
        if not rule.families or family in rule.families:
            found = rule.pattern.search(text)
            if found is not None:
                group = "bad" if found["bad"] is not None else "first"
                return Advice(found.start(group) + 1, found[group].strip(), rule.fix(found))
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
