"""Numbers for people: separators of the page's language, decimals as they were written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol, get_group_symbol

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Message

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

    def quantity(self, value: Decimal, unit: Message | None = None, currency: Message | None = None) -> str:
        """Return *value* with its unit behind and its currency before it."""
        text = f"{currency.text if currency else ''}{self.text(value)}"
        return f"{text}{NO_BREAK}{unit.text}" if unit else text

    def share(self, part: Decimal, whole: Decimal) -> str:
        """Return how much *part* is of *whole* in percent, with a decimal if that is less than one."""
        percent = part / whole * 100 if whole else whole
        if 0 < percent < _LEAST_SHARE:
            return f"<{NO_BREAK}{self.text(_LEAST_SHARE)}{NO_BREAK}%"
        return f"{self.text(round(percent, 1 if 0 < percent < 1 else 0))}{NO_BREAK}%"


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
