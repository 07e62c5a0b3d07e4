"""CSS cascade: a picture's own style sheet as attributes of its elements.

Every engine puts some 8 KB of rules into each picture. As attributes the few that apply
weigh less, work under a Content-Security-Policy without inline styles, in ``<img>``, in ePub
and in converters to PDF, and one shared style sheet can change the colours.

The style sheets of diagrams of one kind are alike, and so are their elements, so what the rules
declare for an element below its ancestors is found once and kept for the next element and the next diagram.
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

    from sphinx_diagram_ext.drawing.foreign.css_parser import Compound, CssRule

Won: TypeAlias = "dict[str, tuple[bool, str]]"
"""Importance and value of each property that rules set."""

_StyleKey: TypeAlias = "tuple[str, frozenset[str], str, tuple[str | None, ...]]"

_MAX_STYLED = 1_000
_MAX_COMPARED = 1_000_000
"""Comparisons of a selector with an element or one of its ancestors, for one picture."""


@dataclass(slots=True)
class StyledElement:
    """An element as the selectors of a style sheet see it, below its ancestors; and what the rules declare for it."""

    tag: str
    classes: frozenset[str]
    id: str
    attributes: dict[str, str | None]
    ancestors: tuple[StyledElement, ...]
    won: Won = field(default_factory=dict)
    children: dict[_StyleKey, StyledElement] = field(default_factory=dict)


class StyleSheet:
    """The rules of a diagram, and what they declare for the elements that were asked for."""

    def __init__(self, css: Sequence[str]) -> None:
        rules = parse("\n".join(css))
        compounds = [compound for rule in rules for compound in rule.compounds]
        self._classes = frozenset(name for compound in compounds for name in compound.classes)
        self._ids = frozenset(compound.id for compound in compounds if compound.id)
        self._attributes = sorted({name for compound in compounds for name, _, _ in compound.attributes})
        self._index: dict[str, list[CssRule]] = {}
        for rule in rules:
            self._index.setdefault(_main_key(rule.compounds[-1]), []).append(rule)
        self._roots: dict[_StyleKey, StyledElement] = {}
        self._count = 0
        self.compared = 0
        """Comparisons so far, for one picture."""

    def styled(self, element: Element, parent: StyledElement | None) -> StyledElement:
        """Return *element*, a child of *parent*, with what the rules declare for it."""
        known = self._roots if parent is None else parent.children
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
            ancestors = () if parent is None else (*parent.ancestors, parent)
            found = StyledElement(tag, names, own, dict(zip(self._attributes, values, strict=True)), ancestors)
            found.won = self._rules_for(found)
            self._count += 1
            if self._count > _MAX_STYLED:
                # Hostile pictures have many elements, no two alike.
                self._roots, self._count = {}, 0
            known[key] = found
        return found

    def _rules_for(self, styled: StyledElement) -> Won:
        candidates = list(self._candidates(styled))
        self.compared += len(candidates) * (1 + len(styled.ancestors))
        if self.compared > _MAX_COMPARED:
            raise ValueError("its style sheet has too many rules for so many elements")
        matching = [rule for rule in candidates if _matches(rule, styled)]
        won: Won = {}
        for rule in sorted(matching, key=lambda rule: (rule.specificity, rule.order)):
            _declare(won, rule.declarations)
        return won

    def _candidates(self, styled: StyledElement) -> Iterator[CssRule]:
        for key in (*(f".{name}" for name in styled.classes), styled.tag, "*", f"#{styled.id}"):
            yield from self._index.get(key, ())


def apply(root: Element, css: Iterable[str]) -> None:
    """Set what the style sheets *css* and ``style`` say as attributes, and drop ``style``.

    Raises:
        ValueError: there is too much to compare.
    """
    sheet = _sheet(tuple(css))
    sheet.compared = 0
    _visit(root, sheet.styled(root, None), sheet)


@lru_cache(maxsize=64)
def _sheet(css: tuple[str, ...]) -> StyleSheet:
    return StyleSheet(css)


def _visit(element: Element, styled: StyledElement, sheet: StyleSheet) -> None:
    style = element.attrib.pop("style", "")
    won = styled.won
    if style:
        won = dict(won)
        _declare(won, declarations(style))
    for name, (_, value) in won.items():
        element.set(name, value)
    for child in element:
        _visit(child, sheet.styled(child, styled), sheet)


def _declare(won: Won, found: Iterable[tuple[str, str, bool]]) -> None:
    """Set properties over those of a lower weight, unless these are important."""
    for name, value, important in found:
        if important or name not in won or not won[name][0]:
            won[name] = important, value


def _main_key(compound: Compound) -> str:
    if compound.classes:
        return f".{min(compound.classes)}"
    return f"#{compound.id}" if compound.id else compound.tag or "*"


def _matches(rule: CssRule, styled: StyledElement) -> bool:
    """Tell whether a selector matches an element, in time that grows with its length and the number of ancestors.

    The selector is read from its end. What is held together by ``>`` is found as a whole and as near as it can be:
    that leaves the most ancestors to the rest, so no other choice need be tried.
    """
    line = (*styled.ancestors, styled)
    if len(rule.compounds) > len(line):
        return False
    *families, last = _families(rule.compounds)
    end = len(line) - len(last)
    if not _matches_family(last, line, end):
        return False
    for family in reversed(families):
        end -= len(family)
        while end >= 0 and not _matches_family(family, line, end):
            end -= 1
    return end >= 0


def _families(compounds: Sequence[Compound]) -> list[list[Compound]]:
    """Return compound selectors in lists whose items are parent and child."""
    found: list[list[Compound]] = [[]]
    for compound in compounds:
        found[-1].append(compound)
        if not compound.child:
            found.append([])
    return [family for family in found if family]


def _matches_family(family: Sequence[Compound], line: Sequence[StyledElement], at: int) -> bool:
    return at >= 0 and all(_matches_compound(compound, line[at + index]) for index, compound in enumerate(family))


def _matches_compound(compound: Compound, styled: StyledElement) -> bool:
    """Tell whether a compound selector matches an element."""
    if compound.tag and compound.tag not in ("*", styled.tag):
        return False
    if not compound.classes <= styled.classes or (compound.id and styled.id != compound.id):
        return False
    return all(_holds(styled.attributes[name], operator, wanted) for name, operator, wanted in compound.attributes)


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
