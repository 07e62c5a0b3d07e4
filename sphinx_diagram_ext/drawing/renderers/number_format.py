"""Numbers for people: separators of the page's language, decimals as they were written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol, get_group_symbol

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"

_GROUP = 3
_LEAST_SHARE = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """The separators of a language."""

    group: str
    point: str

    def text(self, value: Decimal) -> str:
        """Return *value* with groups of three digits and as many decimals as it has."""
        whole, _, decimals = f"{abs(value):f}".partition(".")
        first = len(whole) % _GROUP
        groups = [whole[:first]] if first else []
        groups += [whole[at : at + _GROUP] for at in range(first, len(whole), _GROUP)]
        sign = "\u2212" if value < 0 else ""
        return f"{sign}{self.group.join(groups)}{self.point}{decimals}" if decimals else sign + self.group.join(groups)

    def within(self, text: str, value: Decimal) -> str:
        """Return *text* with the figure *value* in it as :meth:`text` writes it."""
        found = affixes(text, value)
        return f"{found.before}{self.text(value)}{found.behind}" if found else text

    def share(self, part: Decimal, whole: Decimal) -> str:
        """Return how much *part* is of *whole* in percent, with a decimal if that is less than one."""
        percent = part / whole * 100 if whole else whole
        if 0 < percent < _LEAST_SHARE:
            return f"<{NO_BREAK}{self.text(_LEAST_SHARE)}{NO_BREAK}%"
        return f"{self.text(round(percent, 1 if 0 < percent < 1 else 0))}{NO_BREAK}%"


class Affixes(NamedTuple):
    """What a text says before and behind its figure, such as a currency and a unit."""

    before: str
    behind: str


def affixes(text: str, value: Decimal) -> Affixes | None:
    """Return what *text* says besides the figure *value*, None if a translator has written that in another form."""
    before, figure, behind = text.rpartition(f"{value:f}")
    return Affixes(before, behind.replace(" ", NO_BREAK, 1) if behind.startswith(" ") else behind) if figure else None


@cache
def number_format(language: str) -> NumberFormat:
    """Return the separators of *language*, a code such as ``ru`` or ``pt_BR``; those of English if it is not known."""
    try:
        locale = Locale.parse(language.replace("-", "_").partition("@")[0])
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    # A full space between the groups of a number reads as a gap between two numbers.
    group = get_group_symbol(locale).replace(NO_BREAK, NARROW_NO_BREAK)
    return NumberFormat(group, get_decimal_symbol(locale))
