"""Dates as a reader of a language writes them."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import metadata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from babel import Locale


@cache
def version() -> str:
    """Return the version of Babel: another one may write days otherwise."""
    return metadata.version("babel")


class Dates:
    """Days and months in the words of a language; as ISO 8601 in one that CLDR does not know.

    The words and their order are those of the Unicode Common Locale Data Repository, which Babel holds.
    """

    def __init__(self, language: str) -> None:
        self._locale = _locale(language)

    def day(self, date: dt.date) -> str:
        """Return a day and its month."""
        return self._written("MMMd", date) or date.isoformat()

    def full(self, date: dt.date) -> str:
        """Return a day with its month and its year."""
        return self._written("yMMMd", date) or date.isoformat()

    def month(self, date: dt.date) -> str:
        """Return the short name of a month."""
        return self._written("MMM", date) or f"{date:%m}"

    def month_and_year(self, date: dt.date) -> str:
        """Return the month of a date and its year."""
        return self._written("yMMM", date) or f"{date.year:04}-{date:%m}"

    def _written(self, skeleton: str, date: dt.date) -> str:
        if self._locale is None:
            return ""
        # Slow to import, and only pictures with a calendar need it.
        from babel.dates import format_skeleton  # noqa: PLC0415

        return format_skeleton(skeleton, date, locale=self._locale)


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return None
