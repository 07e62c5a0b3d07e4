"""Quantities: exact numbers with units, and the units that texts write."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

Dimension: TypeAlias = tuple[tuple[str, int], ...]
"""Powers of what is measured, sorted: ``(("data", 1), ("time", -1))`` for a rate."""

TIME: Dimension = (("time", 1),)
DATA: Dimension = (("data", 1),)
NUMBER: Dimension = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of seconds, bytes, units of a currency or things, or of what these make."""

    value: Fraction
    dimension: Dimension = NUMBER

    def times(self, other: Quantity, power: int = 1) -> Quantity:
        """Return the product with *other*, or with ``power=-1`` the quotient.

        Raises:
            ZeroDivisionError: *other* is zero and divides.
        """
        powers = dict(self.dimension)
        for name, exponent in other.dimension:
            powers[name] = powers.get(name, 0) + power * exponent
        dimension = tuple(sorted((name, exponent) for name, exponent in powers.items() if exponent))
        return Quantity(self.value * other.value if power == 1 else self.value / other.value, dimension)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: how many of the base unit it is, and of what."""

    scale: Fraction
    dimension: Dimension


# ruff: noqa: RUF001 - units in Russian too


def _units() -> dict[str, Unit]:
    found: dict[str, Unit] = {}

    def add(names: str, scale: Fraction | int, dimension: Dimension) -> None:
        found.update(dict.fromkeys(names.split(), Unit(Fraction(scale), dimension)))

    add("ns nanosecond nanoseconds нс", Fraction(1, 10**9), TIME)
    add("us µs μs microsecond microseconds мкс", Fraction(1, 10**6), TIME)
    add("ms msec millisecond milliseconds millis мс миллисекунд миллисекунды", Fraction(1, 1000), TIME)
    add("s sec secs second seconds с сек секунда секунды секунду секунд", 1, TIME)
    add("m min mins minute minutes мин минута минуты минуту минут", 60, TIME)
    add("h hr hrs hour hours ч час часа часов", 3600, TIME)
    add("d day days д дн день дня дней сутки суток", 86_400, TIME)
    add("w week weeks нед неделя недели неделю недель", 604_800, TIME)
    # A month of bills has 730 hours, a year 8,760.
    add("month months мес месяц месяца месяцев", 730 * 3600, TIME)
    add("year years yr yrs год года лет", 8760 * 3600, TIME)
    add("bit bits бит", Fraction(1, 8), DATA)
    add("B byte bytes байт байта байтов", 1, DATA)
    prefixes = {"k": 1, "K": 1, "M": 2, "G": 3, "T": 4, "P": 5, "E": 6}
    for letter, power in prefixes.items():
        add(f"{letter}B", 1000**power, DATA)
        add(f"{letter}b {letter}bit {letter}bits", Fraction(1000**power, 8), DATA)
        add(f"{letter}iB {letter}i", 1024**power, DATA)
    for name, power in {"kilo": 1, "mega": 2, "giga": 3, "tera": 4, "peta": 5}.items():
        add(f"{name}byte {name}bytes", 1000**power, DATA)
        add(f"{name}bit {name}bits", Fraction(1000**power, 8), DATA)
    for name, power in {"кб": 1, "Кб": 1, "КБ": 1, "МБ": 2, "ГБ": 3, "ТБ": 4, "ПБ": 5}.items():
        add(name, 1000**power, DATA)
    for letter, power in {"K": 1, "k": 1, "M": 2, "G": 3, "T": 4}.items():
        add(f"{letter}bps {letter}bit/s", Fraction(1000**power, 8), (("data", 1), ("time", -1)))
    add("bps", Fraction(1, 8), (("data", 1), ("time", -1)))
    add("rps qps tps ops/s iops IOPS RPS QPS TPS", 1, (("time", -1),))
    add("Hz", 1, (("time", -1),))
    add("% percent процент процента процентов", Fraction(1, 100), NUMBER)
    add("USD dollar dollars долларов доллара", 1, (("USD", 1),))
    add("cent cents", Fraction(1, 100), (("USD", 1),))
    add("EUR euro euros евро", 1, (("EUR", 1),))
    add("RUB rubles руб рублей рубля ₽", 1, (("RUB", 1),))
    return found


UNITS = _units()
"""Units by every way of writing them."""

CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₽": "RUB"}
"""Signs before an amount, and the currency that each means."""

MULTIPLIERS = {
    "k": 3,
    "K": 3,
    "M": 6,
    "B": 9,
    "bn": 9,
    "T": 12,
    "mn": 6,
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "trillion": 12,
    "тыс": 3,
    "млн": 6,
    "млрд": 9,
    "трлн": 12,
}
"""Words and letters behind a number, and the power of ten that each means."""
