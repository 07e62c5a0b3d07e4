"""CSS cascade: a picture's own style sheet as attributes of its elements.

Every engine puts some 8 KB of rules into each picture. As attributes the few that apply
weigh less, work under a Content-Security-Policy without inline styles, in ``<img>``, in ePub
and in converters to PDF, and one shared style sheet can change the colours.

The style sheets of diagrams of one kind are alike, and so are their elements, so what the rules
say of an element in its place is found once and kept for the next element and the next diagram.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from sphinx_diagram_ext.drawing.foreign.css_parser import declarations, parse
from sphinx_diagram_ext.drawing.foreign.fixes import classes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from sphinx_diagram_ext.drawing.foreign.css_parser import Compound, Rule

Won: TypeAlias = "dict[str, tuple[bool, str]]"
"""Importance and value of each property that rules set."""

_Key: TypeAlias = "tuple[str, frozenset[str], str, tuple[str | None, ...]]"

_MAX_PLACES = 1_000


@dataclass(slots=True)
class Place:
    """An element as the selectors of a style sheet see it, below the places that hold it."""

    tag: str
    classes: frozenset[str]
    id: str
    attributes: dict[str, str | None]
    above: tuple[Place, ...]
    won: Won = field(default_factory=dict)
    below: dict[_Key, Place] = field(default_factory=dict)


class Sheet:
    """The rules of a diagram, and what they said of the places that were asked for."""

    def __init__(self, css: Sequence[str]) -> None:
        rules = parse("\n".join(css))
        compounds = [compound for rule in rules for compound in rule.compounds]
        self._classes = frozenset(name for compound in compounds for name in compound.classes)
        self._ids = frozenset(compound.id for compound in compounds if compound.id)
        self._attributes = sorted({name for compound in compounds for name, _, _ in compound.attributes})
        self._index: dict[str, list[Rule]] = {}
        for rule in rules:
            self._index.setdefault(_main_key(rule.compounds[-1]), []).append(rule)
        self._roots: dict[_Key, Place] = {}
        self._count = 0

    def place(self, element: Element, holder: Place | None) -> Place:
        """Return the place of *element* in that of the element which holds it."""
        known = self._roots if holder is None else holder.below
        get = element.get
        own = get("id", "")
        key = (
            element.tag,
            self._classes & classes(element),
            own if own in self._ids else "",
            tuple([get(name) for name in self._attributes]),
        )
        found = known.get(key)
        if found is None:
            tag, names, own, values = key
            above = () if holder is None else (*holder.above, holder)
            found = Place(tag, names, own, dict(zip(self._attributes, values, strict=True)), above)
            found.won = self._rules_for(found)
            self._count += 1
            if self._count > _MAX_PLACES:
                # Hostile pictures may have as many places as elements.
                self._roots, self._count = {}, 0
            known[key] = found
        return found

    def _rules_for(self, place: Place) -> Won:
        matching = [rule for rule in self._candidates(place) if _matches(rule, place)]
        won: Won = {}
        for rule in sorted(matching, key=lambda rule: (rule.specificity, rule.order)):
            _declare(won, rule.declarations)
        return won

    def _candidates(self, place: Place) -> Iterator[Rule]:
        for key in (*(f".{name}" for name in place.classes), place.tag, "*", f"#{place.id}"):
            yield from self._index.get(key, ())


def apply(root: Element, css: Iterable[str]) -> None:
    """Set what the style sheets *css* and ``style`` say as attributes, and drop ``style``."""
    sheet = _sheet(tuple(css))
    _visit(root, sheet.place(root, None), sheet)


@lru_cache(maxsize=64)
def _sheet(css: tuple[str, ...]) -> Sheet:
    return Sheet(css)


def _visit(element: Element, place: Place, sheet: Sheet) -> None:
    style = element.attrib.pop("style", "")
    won = place.won
    if style:
        won = dict(won)
        _declare(won, declarations(style))
    for name, (_, value) in won.items():
        element.set(name, value)
    for child in element:
        _visit(child, sheet.place(child, place), sheet)


def _declare(won: Won, found: Iterable[tuple[str, str, bool]]) -> None:
    """Set properties over those of a lower weight, unless these are important."""
    for name, value, important in found:
        if important or name not in won or not won[name][0]:
            won[name] = important, value


def _main_key(compound: Compound) -> str:
    if compound.classes:
        return f".{min(compound.classes)}"
    return f"#{compound.id}" if compound.id else compound.tag or "*"


def _matches(rule: Rule, place: Place) -> bool:
    *upper, last = rule.compounds
    return _means(last, place) and _above(upper, place.above)


def _above(upper: Sequence[Compound], places: Sequence[Place]) -> bool:
    """Tell whether some of the *places*, in order, are those that *upper* speaks of."""
    if not upper:
        return True
    *rest, compound = upper
    numbers = range(len(places) - 1, -1, -1)
    return any(
        _means(compound, places[at]) and _above(rest, places[:at])
        for at in (numbers[:1] if compound.child else numbers)
    )


def _means(compound: Compound, place: Place) -> bool:
    """Tell whether the element at *place* is meant."""
    if compound.tag and compound.tag not in ("*", place.tag):
        return False
    if not compound.classes <= place.classes or (compound.id and place.id != compound.id):
        return False
    return all(_holds(place.attributes[name], operator, wanted) for name, operator, wanted in compound.attributes)


def _holds(value: str | None, operator: str, wanted: str) -> bool:
    if value is None:
        return False
    tests = {
        "": True,
        "=": value == wanted,
        "^=": value.startswith(wanted),
        "$=": value.endswith(wanted),
        "*=": wanted in value,
        "~=": wanted in value.split(),
        "|=": value == wanted or value.startswith(f"{wanted}-"),
    }
    return tests[operator]
