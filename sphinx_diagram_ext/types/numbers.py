"""Figures and days, as typed by authors."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

_FIGURE = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,9})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _amount(value: object) -> object:
    if isinstance(value, str) and _FIGURE.fullmatch(value.strip()):
        return Decimal(value.strip())
    raise ValueError("wanted a number such as 12 or 0.5; its unit stands below 'unit'")


def _day(value: object) -> object:
    if isinstance(value, str) and _DAY.fullmatch(value.strip()):
        try:
            return dt.date.fromisoformat(value.strip())
        except ValueError:
            pass
    raise ValueError("wanted a day as YYYY-MM-DD")


Amount = Annotated[
    Decimal, BeforeValidator(_amount), WithJsonSchema({"type": ["number", "string"], "pattern": f"^{_FIGURE.pattern}$"})
]
"""A number from zero on, exactly as it was written."""

Day = Annotated[dt.date, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": f"^{_DAY.pattern}$"})]
"""A day of the calendar."""


def figure(value: Decimal, unit: str | None = None, currency: str | None = None) -> str:
    """Return *value* with its unit behind and its currency before it, apart if that ends in a letter, such as EUR."""
    apart = "\u00a0" if currency and currency[-1].isalpha() else ""
    text = f"{currency or ''}{apart}{value:f}"
    return f"{text} {unit}" if unit else text
