"""Axis of a chart: its ticks, and the place of a value on it."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_TICKS = 5
"""Ticks that an axis has at most, zero among them."""

FAR = 4
"""How many times the largest figure a limit is that stands outside of the scale: to scale, figures would be slivers."""

_STEPS = tuple(map(Decimal, ("1", "2", "2.5", "5", "10")))


def ticks(top: Decimal) -> list[Decimal]:
    """Return values from zero to *top* at equal steps of 1, 2, 2.5 or 5 times a power of ten, five at most."""
    if top <= 0:
        return [Decimal(0)]
    power = Decimal(10) ** ((top / (MOST_TICKS - 1)).adjusted())
    step = next(one * power for one in _STEPS if top < one * power * MOST_TICKS)
    return [_plain(step * number) for number in range(int(top / step) + 1)]


def near(limit: Decimal, figures: Iterable[Decimal]) -> bool:
    """Tell whether a scale that reaches to *limit* still shows how large the *figures* are."""
    largest = max(figures, default=Decimal(0))
    return not largest or limit <= FAR * largest


def rounded_up(top: Decimal) -> Decimal:
    """Return the tick above *top*, or *top* where that would be one tick too many."""
    found = ticks(top)
    return found[-1] + found[1] if 1 < len(found) < MOST_TICKS and found[-1] < top else top


def _plain(value: Decimal) -> Decimal:
    """Return *value* without an exponent and without decimals that are zero."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear or logarithmic scale from the value ``low`` at ``start`` to ``high`` at ``end``."""

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = False

    def at(self, value: Decimal | float) -> float:
        """Return the place of *value* in CSS pixels."""
        low, high, own = self.low, self.high, float(value)
        if self.logarithmic:
            low, high, own = math.log(low), math.log(high), math.log(own)
        part = (own - low) / (high - low) if high > low else 0.5
        return self.start + part * (self.end - self.start)


def geometric(values: Sequence[Decimal]) -> bool:
    """Tell whether growing *values* are multiples of each other rather than at steps: 5, 10, 20, 40.

    So they are if a logarithmic scale sets them apart far more evenly than a linear one.
    """
    if len(values) < 3 or values[0] <= 0:
        return False
    plain = [float(value) for value in values]
    return _evenness([math.log(value) for value in plain]) > 2.5 * _evenness(plain)


def _evenness(places: Sequence[float]) -> float:
    """Return the least distance of neighbours as a part of the mean one."""
    mean = (places[-1] - places[0]) / (len(places) - 1)
    return min(after - before for before, after in itertools.pairwise(places)) / mean if mean else 1.0


def steps(low: Decimal, high: Decimal) -> list[Decimal]:
    """Return at most five round values from *low* to *high* at equal steps."""
    span = ticks(high - low)
    if len(span) == 1:
        return [low]
    step = span[1]
    first = int(low / step) + (low % step > 0)
    return [_plain(step * number) for number in range(first, int(high / step) + 1)]


def decades(low: Decimal, high: Decimal) -> list[Decimal]:
    """Return round values from *low* to *high*, which are above zero, for a logarithmic scale."""
    powers = range(low.adjusted(), high.adjusted() + 1)
    for digits in ((1, 2, 5), (1,)):
        values = (_plain(Decimal(digit).scaleb(power)) for power in powers for digit in digits)
        found = [value for value in values if low <= value <= high]
        if len(found) <= MOST_TICKS:
            return found or [low, high]
    return found[:: -(-len(found) // MOST_TICKS)]
