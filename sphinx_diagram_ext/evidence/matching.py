"""Comparison of a claim's figures with those of the quotations that it rests on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_diagram_ext.evidence.dates import same_date
from sphinx_diagram_ext.evidence.figures import Figure, Kind, figures
from sphinx_diagram_ext.evidence.quantities import MULTIPLIERS, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

_SETTING = re.compile(
    r"""(?<![\w./-])(?:
        --[a-z][\w-]+
      | [A-Za-z]\w*(?:[_.][A-Za-z]\w*)+ (?=$|[\s=:,;)<>"'`]|\.\s)
      | [a-z]+(?:-[a-z]+){2,} (?=\s?[=:])
      | [a-z]+[A-Z]\w+
    )""",
    re.VERBOSE,
)
_FILE = re.compile(r"\.(?:com|org|net|io|dev|ya?ml|json|sh|md|html?|py|go|rs|log|txt)$|^(?:e|i)\.\w", re.IGNORECASE)


def in_evidence(figure: Figure, quotations: Iterable[str]) -> bool:
    """Tell whether *figure* stands in one of the *quotations*, in whatever unit and form."""
    return any(
        _same(figure, other, text) for text in quotations for other in (*figures(text), *figures(text, words=True))
    )


def missing_settings(text: str, quotations: Iterable[str]) -> Iterator[str]:
    """Yield the names of settings in *text* that stand in none of the *quotations*."""
    known = " ".join(quotations).casefold()
    for found in _SETTING.finditer(text):
        name = found[0]
        if not _FILE.search(name) and name.casefold().lstrip("-") not in known:
            yield name


def _same(one: Figure, other: Figure, text: str) -> bool:
    if one.kind is Kind.NUMBER:
        return _same_number(one, other, text)
    if one.kind is Kind.DATE:
        return other.kind is Kind.DATE and same_date(one.name, other.name)
    if one.kind is Kind.VERSION:
        return one.name == other.name or (other.kind is Kind.NUMBER and one.name == other.text.lstrip("vV"))
    if one.kind is Kind.CLOCK:
        return other.kind is Kind.CLOCK and _same_clock(one.name, other.name)
    return one.kind is other.kind and one.name == other.name


def _same_number(one: Figure, other: Figure, text: str) -> bool:
    if other.kind is Kind.DATE:
        # The year of a date.
        return not one.unit and other.name.startswith(f"{one.text}-")
    if other.kind is Kind.VERSION:
        return not one.unit and one.text == other.name
    return other.kind is Kind.NUMBER and (
        not set(one.readings).isdisjoint(other.readings)
        or _one_is_a_rate(one, other)
        or (one.raw == other.raw and one.bare and not one.unit)
        or (not other.unit and _names_unit(one, other.raw, text))
    )


def _one_is_a_rate(one: Figure, other: Figure) -> bool:
    """Tell whether only one of two equal numbers says "per second", which the other's sentence may say elsewhere."""
    rates = [item.totals != item.readings for item in (one, other)]
    return rates[0] != rates[1] and not set(one.totals).isdisjoint(other.totals)


def _names_unit(figure: Figure, number: Fraction, text: str) -> bool:
    """Tell whether *number* is *figure* in a unit that *text* names elsewhere, as the head of a table does."""
    for word in re.findall(r"[^\W\d_]+|%", text):
        unit = UNITS.get(word)
        if (
            unit
            and word not in MULTIPLIERS
            and any(item.dimension == unit.dimension and item.value == number * unit.scale for item in figure.readings)
        ):
            return True
    return False


def _same_clock(one: str, other: str) -> bool:
    """Compare the hours and minutes, and the seconds where both have them."""
    return all(a == b for a, b in zip(one.split(":"), other.split(":"), strict=False))
