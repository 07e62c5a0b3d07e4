"""CSS parser for what engines write: rules, selectors, declarations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROPERTIES = frozenset(
    [
        "fill",
        "fill-opacity",
        "fill-rule",
        "stroke",
        "stroke-width",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-opacity",
        "stroke-linecap",
        "stroke-linejoin",
        "opacity",
        "font-size",
        "font-weight",
        "font-style",
        "text-anchor",
        "dominant-baseline",
        "alignment-baseline",
        "letter-spacing",
        "visibility",
        "display",
        "marker-end",
        "marker-start",
        "marker-mid",
        "stop-color",
        "stop-opacity",
        "text-decoration",
        "clip-path",
        "mask",
        "paint-order",
    ]
)
"""Properties that SVG knows as presentation attributes (https://www.w3.org/TR/SVG2/styling.html)."""

_MARK = re.compile(r"[{};]")
_PIECE = re.compile(r">|(?:\[[^\]]*(?:\]|$)|[^\s>\[])+")
_COMPOUND = re.compile(
    r"(?P<tag>\*|[a-zA-Z][\w-]*)|\.(?P<cls>[\w-]+)|#(?P<id>[\w-]+)"
    r"|\[(?P<attr>[\w-]+)(?:(?P<op>[\^$*~|]?=)[\"']?(?P<value>[^\"'\]]*)[\"']?)?\]"
    r"|(?P<other>:[\w-]+(?:\([^)]*\))?)"
)
_CALL = re.compile(
    r"(?:rgba?|hsla?|translate|rotate|scale|matrix|skew[XY])\([\w\s.,%/+-]*\)|url\(#[^()\s\"'\\]+\)",
    re.ASCII | re.IGNORECASE,
)
_PLAIN = re.compile(r"[\w\s.,%#+-]*", re.ASCII)
"""Numbers, lengths, colours, keywords, paths."""


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound selector: the conditions on one element."""

    tag: str
    classes: frozenset[str]
    id: str
    attributes: tuple[tuple[str, str, str], ...]
    child: bool
    """Whether it must be the direct parent of what follows."""


@dataclass(frozen=True, slots=True)
class CssRule:
    """A selector, its declarations and its weight in the cascade."""

    compounds: tuple[Compound, ...]
    declarations: tuple[tuple[str, str, bool], ...]
    specificity: tuple[int, int, int]
    order: int


def parse(css: str) -> list[CssRule]:
    """Return the rules of a style sheet that can apply to SVG, in time that grows with its length."""
    return [
        CssRule(compounds, found, specificity, order)
        for order, (selectors, body) in enumerate(_blocks(_without_comments(css)))
        if (found := declarations(body))
        for compounds, specificity in _selectors(selectors)
    ]


def _without_comments(css: str) -> str:
    """Return *css* without comments; one that does not end takes the rest with it (https://www.w3.org/TR/css-syntax-3)."""
    first, *others = css.split("/*")
    return first + "".join(part.partition("*/")[2] for part in others)


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and between the braces of each rule, but of rules with ``@`` and of nested ones."""
    start, depth, prelude = 0, 0, ""
    for mark in _MARK.finditer(css):
        text, start_of_next = css[start : mark.start()], mark.end()
        if mark[0] == "{":
            depth += 1
            if depth > 1:
                continue
            prelude, start = text.strip(), start_of_next
        elif mark[0] == "}":
            depth = max(0, depth - 1)
            if depth == 0:
                if prelude and not prelude.startswith("@") and "{" not in text:
                    yield prelude, text
                prelude, start = "", start_of_next
        elif depth == 0:
            start = start_of_next


@lru_cache(maxsize=1024)
def _selectors(text: str) -> tuple[tuple[tuple[Compound, ...], tuple[int, int, int]], ...]:
    """Return the selectors in a list of them, without those that cannot apply, and their weights."""
    found = (_selector(part) for part in text.split(","))
    return tuple((compounds, _specificity(compounds)) for compounds in found if compounds)


@lru_cache(maxsize=1024)
def declarations(body: str) -> tuple[tuple[str, str, bool], ...]:
    """Return name, value and importance of what a declaration block sets."""
    found = []
    for part in body.split(";"):
        name, colon, value = part.partition(":")
        name = name.strip().casefold()
        if not colon or name not in PROPERTIES:
            continue
        value = value.strip()
        important = value.casefold().endswith("!important")
        if important:
            value = value[: -len("!important")].strip()
        if value and harmless(value):
            found.append((name, value, important))
    return tuple(found)


def harmless(value: str) -> bool:
    """Tell whether *value* holds numbers, words, colours, transforms and references to the picture itself only."""
    return _PLAIN.fullmatch(value if "(" not in value else _CALL.sub("", value)) is not None


def _selector(text: str) -> tuple[Compound, ...]:
    compounds: list[Compound] = []
    child = False
    for piece in _PIECE.findall(text):
        if piece == ">":
            if compounds:
                last = compounds.pop()
                compounds.append(Compound(last.tag, last.classes, last.id, last.attributes, child=True))
            continue
        compound = _compound(piece, child=child)
        if compound is None:
            return ()
        compounds.append(compound)
    return tuple(compounds)


def _compound(piece: str, *, child: bool) -> Compound | None:
    tag, name, classes, attributes, at = "", "", [], [], 0
    while at < len(piece):
        found = _COMPOUND.match(piece, at)
        if found is None or found["other"]:
            return None
        tag = found["tag"] or tag
        name = found["id"] or name
        if found["cls"]:
            classes.append(found["cls"])
        if found["attr"]:
            attributes.append((found["attr"], found["op"] or "", found["value"] or ""))
        at = found.end()
    return Compound(tag, frozenset(classes), name, tuple(attributes), child)


def _specificity(compounds: tuple[Compound, ...]) -> tuple[int, int, int]:
    ids = sum(bool(item.id) for item in compounds)
    classes = sum(len(item.classes) + len(item.attributes) for item in compounds)
    return ids, classes, sum(bool(item.tag and item.tag != "*") for item in compounds)
