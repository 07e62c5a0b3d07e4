"""Dates as texts write them."""

from __future__ import annotations

import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "January Jan января",
            "February Feb февраля",
            "March Mar марта",
            "April Apr апреля",
            "May мая",
            "June Jun июня",
            "July Jul июля",
            "August Aug августа",
            "September Sep Sept сентября",
            "October Oct октября",
            "November Nov ноября",
            "December Dec декабря",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))

DATE = rf"""\b(?:
    \d{{4}}-\d\d-\d\d
  | (?:{_MONTH})\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?(?!\d|:)
  | \d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTH})(?:,?\s\d{{4}})?
  | (?:{_MONTH})\s\d{{4}}
)\b"""
"""Verbose pattern of a date: ISO 8601, or day and month by name, with or without the year."""

_PARTS = re.compile(rf"(?P<month>{_MONTH})|(?P<year>\d{{4}})|(?P<day>\d{{1,2}})")


def date_of(written: str) -> str:
    """Return a date that :data:`DATE` finds as ``YYYY-MM-DD``, with ``?`` for what is not written."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", written):
        return written
    found = {kind: match[kind] for match in _PARTS.finditer(written) for kind in match.groupdict() if match[kind]}
    day = f"{int(found['day']):02}" if "day" in found else "?"
    return f"{found.get('year', '?')}-{_MONTHS[found['month']]:02}-{day}"


def same_date(one: str, other: str) -> bool:
    """Tell whether two dates agree in all that both say."""
    return all(a == b or "?" in (a, b) for a, b in zip(one.split("-"), other.split("-"), strict=True))
