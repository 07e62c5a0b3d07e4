"""Calendar of a schedule: its first and last day, where each day is, and the ticks that suit them."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.scene import DETAIL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.dates import Dates

LEAST_TICKS, MOST_TICKS = 4, 8

_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 2, 3, 6)
_YEARS = tuple(base * 10**power for power in range(4) for base in (1, 2, 5))


@dataclass(frozen=True, slots=True)
class Unit:
    """Distance between two ticks: some days, months or years, one of them more than zero."""

    days: int = 0
    months: int = 0
    years: int = 0

    def floor(self, date: dt.date) -> dt.date:
        """Return the last tick that is not after *date*."""
        if self.years:
            return dt.date(max(date.year - date.year % self.years, 1), 1, 1)
        if self.months:
            return dt.date(date.year, date.month - (date.month - 1) % self.months, 1)
        back = date.weekday() if self.days % 7 == 0 else 0
        return dt.date.fromordinal(max(date.toordinal() - back, 1))

    def next(self, date: dt.date) -> dt.date:
        """Return the tick after the tick *date*, or the last day of all."""
        if self.years:
            year = date.year - date.year % self.years + self.years
            return dt.date(year, 1, 1) if year <= dt.MAXYEAR else dt.date.max
        if self.months:
            year, month = divmod(date.year * 12 + date.month - 1 + self.months, 12)
            return dt.date(year, month + 1, 1) if year <= dt.MAXYEAR else dt.date.max
        return dt.date.fromordinal(min(date.toordinal() + self.days, dt.date.max.toordinal()))

    def label(self, date: dt.date, dates: Dates) -> str:
        """Return what is written at a tick; its year is above."""
        if self.years:
            return str(date.year)
        return dates.month(date) if self.months else dates.day(date)


UNITS = (
    *(Unit(days=days) for days in _DAYS),
    *(Unit(months=months) for months in _MONTHS),
    *(Unit(years=years) for years in _YEARS),
)


class Calendar:
    """Days from *first* to *last* between two x, with ticks that have room for their labels."""

    def __init__(self, first: dt.date, last: dt.date, left: float, right: float, dates: Dates) -> None:
        self.left, self.right, self._dates = left, right, dates
        self.unit, self.ticks = self._ticks(first, max(last, first + dt.timedelta(1) if first < dt.date.max else first))
        self._low = self.ticks[0].toordinal()
        self._high = max(self.ticks[-1].toordinal(), self._low + 1)

    def x(self, date: dt.date) -> float:
        """Return where a day begins."""
        return self.left + (date.toordinal() - self._low) / (self._high - self._low) * (self.right - self.left)

    def labels(self) -> Iterator[tuple[float, str]]:
        """Yield where each tick is and what is written there; nothing begins at the last one."""
        for tick in self.ticks[:-1]:
            yield self.x(tick), self.unit.label(tick, self._dates)

    def years(self) -> Iterator[tuple[float, str]]:
        """Yield where each year begins, unless the ticks are years."""
        if self.unit.years:
            return
        for year, ticks in itertools.groupby(self.ticks[:-1], key=lambda tick: tick.year):
            yield self.x(next(ticks)), str(year)

    def _ticks(self, first: dt.date, last: dt.date) -> tuple[Unit, list[dt.date]]:
        """Return the coarsest unit with enough ticks, or the finest that has not too many, and its ticks."""
        found = (UNITS[-1], [first, last])
        for unit in reversed(UNITS):
            ticks = [unit.floor(first)]
            while ticks[-1] < last and len(ticks) <= MOST_TICKS + 1:
                ticks.append(unit.next(ticks[-1]))
            widest = max(DETAIL.width(unit.label(tick, self._dates)) for tick in ticks)
            count = len(ticks) - 1
            if count > MOST_TICKS + 1 or count * (widest + 10) > self.right - self.left:
                break
            found = unit, ticks
            if count >= LEAST_TICKS:
                break
        return found
