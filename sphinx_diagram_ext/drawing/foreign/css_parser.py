"""CSS parser for what engines write: rules, selectors, declarations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

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

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_PIECE = re.compile(r">|(?:\[[^\]]*\]|[^\s>\[])+")
_COMPOUND = re.compile(
    r"(?P<tag>\*|[a-zA-Z][\w-]*)|\.(?P<cls>[\w-]+)|#(?P<id>[\w-]+)"
    r"|\[(?P<attr>[\w-]+)(?:(?P<op>[\^$*~|]?=)[\"']?(?P<value>[^\"'\]]*)[\"']?)?\]"
    r"|(?P<other>:[\w-]+(?:\([^)]*\))?)"
)


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
    """Return the rules of a style sheet that can apply to SVG."""
    text = _AT_RULE.sub("", _COMMENT.sub("", css))
    return [
        CssRule(compounds, found, specificity, order)
        for order, (selectors, body) in enumerate(_RULE.findall(text))
        if (found := declarations(body))
        for compounds, specificity in _selectors(selectors)
    ]


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
        if value and _harmless(value):
            found.append((name, value, important))
    return tuple(found)


def _harmless(value: str) -> bool:
    folded = value.casefold()
    if "url(" in folded and not re.fullmatch(r"url\(#[\w-]+\)", value):
        return False
    return not any(bad in folded for bad in ("expression", "javascript", "\\", "<", "@import", "var("))


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
