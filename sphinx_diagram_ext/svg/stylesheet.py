"""Moves a diagram's own style sheet into attributes of its elements.

Every engine puts some 8 KB of rules into each picture. As attributes the few that apply
weigh less, work under a Content-Security-Policy without inline styles, in ``<img>``, in ePub
and in converters to PDF, and one shared style sheet can change the colours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from xml.etree.ElementTree import Element

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
    """The part of a selector that speaks of one element."""

    tag: str
    classes: frozenset[str]
    id: str
    attributes: tuple[tuple[str, str, str], ...]
    child: bool
    """Whether it must be the direct parent of what follows."""

    def matches(self, element: Element, classes: frozenset[str]) -> bool:
        """Tell whether *element*, which has *classes*, is meant."""
        if self.tag and self.tag not in ("*", element.tag):
            return False
        if not self.classes <= classes or (self.id and element.get("id") != self.id):
            return False
        return all(_attribute(element, *test) for test in self.attributes)


@dataclass(frozen=True, slots=True)
class Rule:
    """A selector, its declarations and its weight in the cascade."""

    compounds: tuple[Compound, ...]
    declarations: tuple[tuple[str, str, bool], ...]
    specificity: tuple[int, int, int]
    order: tuple[int, ...]


def apply(root: Element, css: Iterable[str]) -> None:
    """Set what the style sheets *css* and ``style`` say as attributes, and drop ``style``."""
    rules: list[Rule] = []
    for number, text in enumerate(css):
        rules += [replace(rule, order=(number, *rule.order)) for rule in parse(text)]
    index = _index(rules)
    _visit(root, (), index)


def _visit(
    element: Element,
    ancestors: tuple[tuple[Element, frozenset[str]], ...],
    index: dict[str, list[Rule]],
) -> None:
    classes = frozenset((element.get("class") or "").split())
    won: dict[str, tuple[tuple[bool, int, tuple[int, int, int], tuple[int, ...]], str]] = {}
    for rule in _candidates(element, classes, index):
        if _matches(rule, element, classes, ancestors):
            for name, value, important in rule.declarations:
                weight = (important, 0, rule.specificity, rule.order)
                if name not in won or won[name][0] <= weight:
                    won[name] = (weight, value)
    for name, value, important in declarations(element.attrib.pop("style", "")):
        weight = (important, 1, (0, 0, 0), ())
        if name not in won or won[name][0] <= weight:
            won[name] = (weight, value)
    for name, (_, value) in won.items():
        element.set(name, value)
    below = (*ancestors, (element, classes))
    for child in element:
        _visit(child, below, index)


def _candidates(element: Element, classes: frozenset[str], index: dict[str, list[Rule]]) -> Iterable[Rule]:
    for key in (*(f".{name}" for name in sorted(classes)), element.tag, "*", f"#{element.get('id')}"):
        yield from index.get(key, ())


def _index(rules: list[Rule]) -> dict[str, list[Rule]]:
    index: dict[str, list[Rule]] = {}
    for rule in rules:
        last = rule.compounds[-1]
        if last.classes:
            key = f".{min(last.classes)}"
        elif last.id:
            key = f"#{last.id}"
        else:
            key = last.tag or "*"
        index.setdefault(key, []).append(rule)
    return index


def _matches(
    rule: Rule,
    element: Element,
    classes: frozenset[str],
    ancestors: tuple[tuple[Element, frozenset[str]], ...],
) -> bool:
    *upper, last = rule.compounds
    if not last.matches(element, classes):
        return False
    return _above(upper, ancestors)


def _above(upper: Sequence[Compound], ancestors: tuple[tuple[Element, frozenset[str]], ...]) -> bool:
    """Tell whether some of the *ancestors*, in order, are those that *upper* speaks of."""
    if not upper:
        return True
    *rest, compound = upper
    places = range(len(ancestors) - 1, -1, -1)
    return any(
        compound.matches(*ancestors[at]) and _above(rest, ancestors[:at])
        for at in (places[:1] if compound.child else places)
    )


@lru_cache(maxsize=128)
def parse(css: str) -> tuple[Rule, ...]:
    """Return the rules of a style sheet that can apply to SVG."""
    rules = []
    text = _AT_RULE.sub("", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    for order, (selectors, body) in enumerate(_RULE.findall(text)):
        found = tuple(declarations(body))
        if not found:
            continue
        for selector in selectors.split(","):
            compounds = _selector(selector)
            if compounds:
                rules.append(Rule(compounds, found, _specificity(compounds), (order,)))
    return tuple(rules)


def declarations(body: str) -> Iterable[tuple[str, str, bool]]:
    """Yield name, value and importance of what a declaration block sets."""
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
            yield name, value, important


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


def _attribute(element: Element, name: str, operator: str, wanted: str) -> bool:
    value = element.get(name)
    if value is None:
        return False
    if not operator:
        return True
    tests = {
        "=": value == wanted,
        "^=": value.startswith(wanted),
        "$=": value.endswith(wanted),
        "*=": wanted in value,
        "~=": wanted in value.split(),
        "|=": value == wanted or value.startswith(f"{wanted}-"),
    }
    return tests[operator]


def _specificity(compounds: tuple[Compound, ...]) -> tuple[int, int, int]:
    ids = sum(bool(item.id) for item in compounds)
    classes = sum(len(item.classes) + len(item.attributes) for item in compounds)
    return ids, classes, sum(bool(item.tag and item.tag != "*") for item in compounds)
