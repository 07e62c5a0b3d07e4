"""Figures in texts: numbers with units, versions, percentiles, times of day and dates."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sphinx_diagram_ext.evidence.dates import DATE, date_of
from sphinx_diagram_ext.evidence.number_words import with_digits
from sphinx_diagram_ext.evidence.quantities import CURRENCIES, MULTIPLIERS, NUMBER, UNITS, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(enum.StrEnum):
    """What a figure is."""

    NUMBER = "number"
    VERSION = "version"
    PERCENTILE = "percentile"
    CLOCK = "time of day"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text.

    ``readings`` are the quantities that it may mean (``5 M`` is five millions), of a number only. ``name`` is a
    version, a percentile, a time or a date in one form. ``bare`` tells that neither a unit nor a word follows a number.
    """

    text: str
    kind: Kind
    start: int
    name: str = ""
    raw: Fraction = Fraction(0)
    readings: tuple[Quantity, ...] = ()
    unit: str = ""
    bare: bool = False
    totals: tuple[Quantity, ...] = ()
    """The readings without the "per second" of a rate."""
    step: Fraction = Fraction(1)
    """What one more in the last digit that is written would add to the number."""
    about: bool = False


_WORDS = "|".join(re.escape(word) for word in sorted([*UNITS, *MULTIPLIERS], key=len, reverse=True))
_PER = (
    r"(?:(?:\s?[^\W\d_]+)?\s?(?:/|\bper\s|\ba\s|\bв\s|\bза\s)\s?"  # noqa: RUF001  Russian too
    rf"(?P<per>mo|{_WORDS})(?!\w))"
)
_GROUPS = r"\d{1,3}(?:[,\u00a0\u202f\u2009'][0-9]{3}){1,5}(?:\.\d{1,18})?|\d{1,3}(?:\x20\d{3}){1,5}(?![\d.])"
_TOKEN = re.compile(
    rf"""(?P<date>{DATE})
      | (?<![\w.:])(?P<clock>\d{{1,2}}:\d\d(?::\d\d)?)(?![\w:])(?:\s?(?P<half>[ap])\.?m\b\.?)?
      | (?<![\w.])(?:[vV](?P<version>\d+(?:\.\d+)*)|(?P<dotted>\d+(?:\.\d+){{2,}}))(?:-?(?:rc|beta|alpha)\.?\d*)?\b
      | \b(?:[pP](?P<percentile>\d\d(?:\.?9+)?)
            |(?P<nth>\d\d(?:\.\d+)?)(?:st|nd|rd|th)?[- ]percentile
            |(?P<median>median))\b
      | (?P<about>[~≈]\s?|\b(?:about|around|roughly|approximately|около|примерно)\s)?
        (?P<currency>[$€£¥₽])?
        (?<![\w.\#])(?<![A-Za-z_][-/])
        (?P<number>{_GROUPS}|\d{{1,18}}(?:[.,]\d{{1,18}})?)(?!\d)
        (?P<ordinal>st|nd|rd|th)?
        (?:[-\s\u00a0\u202f]?(?P<first>{_WORDS})(?![\w]))?
        (?:[-\s\u00a0\u202f]?(?P<second>{_WORDS})(?![\w]))?
        (?:[x\u00d7](?!\w))?
        (?![A-Za-z\d_]|[.:]\d|-[A-Za-z]+\d)
        {_PER}?
    """,
    re.VERBOSE,
)
_RANGE = re.compile(r"\s*(?:-|–|—|to|and|or|до|и)\s*")  # noqa: RUF001  dashes of ranges


def figures(text: str, *, words: bool = False) -> list[Figure]:
    """Return the figures of *text* in order; with *words* also numbers that are written as words in English."""
    if words:
        text = with_digits(text)
    found = list(_figures(text))
    # "10 to 15 ms": the first number has the unit of the second.
    for index in range(len(found) - 2, -1, -1):
        one, two = found[index], found[index + 1]
        between = text[one.start + len(one.text) : two.start]
        if one.kind is two.kind is Kind.NUMBER and not one.unit and two.unit and _RANGE.fullmatch(between):
            found[index] = _with_unit(one, two)
    return found


def _figures(text: str) -> Iterator[Figure]:
    for match in _TOKEN.finditer(text):
        written = match[0].strip()
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        if match["date"]:
            yield Figure(written, Kind.DATE, start, name=date_of(match["date"]))
        elif match["clock"]:
            yield Figure(written, Kind.CLOCK, start, name=_clock(match["clock"], match["half"]))
        elif match["version"] or match["dotted"]:
            name = match["version"] or match["dotted"]
            yield Figure(written, Kind.VERSION, start, name=name)
        elif match["percentile"] or match["nth"] or match["median"]:
            name = (match["percentile"] or match["nth"] or "50").replace(".", "")
            yield Figure(written, Kind.PERCENTILE, start, name=name)
        elif match["number"]:
            yield _number(match, text, written, start)


def _number(match: re.Match[str], text: str, written: str, start: int) -> Figure:
    raw, step = _value(match["number"])
    words = [word for word in (match["first"], match["second"]) if word]
    # A separate word behind a number with a multiplier or unit is a unit only if it can be one.
    readings = dict.fromkeys(_readings(raw, words, match["currency"], match["per"]))
    totals = dict.fromkeys(_readings(raw, words, match["currency"], None)) if match["per"] else readings
    rest = text[match.end() :].lstrip()
    return Figure(
        written,
        Kind.NUMBER,
        start,
        raw=raw,
        readings=tuple(readings) or (Quantity(raw),),
        unit=" ".join(filter(None, (match["currency"], *words, match["per"]))),
        bare=not words and not match["currency"] and not re.match(r"[^\W\d]", rest),
        totals=tuple(totals),
        step=step,
        about=bool(match["about"]),
    )


def _readings(raw: Fraction, words: list[str], currency: str | None, per: str | None) -> Iterator[Quantity]:
    base = UNITS.get("month" if per == "mo" else per or "")
    rate = Quantity(base.scale, base.dimension) if base else Quantity(Fraction(1))
    sign = Quantity(Fraction(1), ((CURRENCIES[currency], 1),) if currency else NUMBER)
    for value, unit in _scaled(raw, words):
        yield Quantity(value).times(unit).times(sign).times(rate, -1)


def _scaled(raw: Fraction, words: list[str]) -> Iterator[tuple[Fraction, Quantity]]:
    """Yield the ways to take *words* as a multiplier and a unit, each of which may be missing."""
    one = Quantity(Fraction(1))
    if not words:
        yield raw, one
        return
    head, *tail = words
    if head in UNITS and not tail:
        yield raw, Quantity(UNITS[head].scale, UNITS[head].dimension)
    if head in MULTIPLIERS:
        unit = UNITS[tail[0]] if tail and tail[0] in UNITS else None
        yield raw * 10 ** MULTIPLIERS[head], Quantity(unit.scale, unit.dimension) if unit else one
    if head in UNITS and tail:
        yield raw, Quantity(UNITS[head].scale, UNITS[head].dimension)


def _value(written: str) -> tuple[Fraction, Fraction]:
    """Return the number that is *written* and the step of its last digit; "1,5" is one and a half."""
    if re.fullmatch(r"\d+,\d+", written) and (written.startswith("0,") or not re.fullmatch(r"\d{1,3},\d{3}", written)):
        written = written.replace(",", ".")
    plain = re.sub(r"[,\u00a0\u202f\u2009' ]", "", written)
    decimals = len(plain.partition(".")[2])
    return Fraction(plain), Fraction(1, 10**decimals)


def _with_unit(one: Figure, two: Figure) -> Figure:
    factor = [Quantity(item.value / two.raw, item.dimension) for item in two.readings if two.raw]
    readings = tuple(Quantity(one.raw).times(item) for item in factor)
    return Figure(
        one.text, one.kind, one.start, raw=one.raw, readings=readings or one.readings, unit=two.unit, step=one.step
    )


def _clock(written: str, half: str | None) -> str:
    """Return a time of day as hours and minutes; seconds only where they are written."""
    hours, *rest = written.split(":")
    number = int(hours)
    if half and number <= 12:
        number = number % 12 + (12 if half == "p" else 0)
    return ":".join((f"{number:02}", *rest))
