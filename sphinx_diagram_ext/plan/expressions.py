"""Regular expressions of a plan, which may be a stranger's: bounded in size and time.

Python's own ``re`` has no limit of time, and ``(a+)+$`` takes it forever on forty letters. The library ``regex`` has
one, but its compiler unrolls groups that are repeated a number of times, so these are refused.
"""

from __future__ import annotations

import re
from functools import lru_cache

import regex

MAX_LENGTH = 500
"""Characters of an expression."""

MAX_REPEAT = 50
"""Times that a single character may be repeated."""

SECONDS = 0.5
"""Time that an expression may take on one text."""

_ASIDE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)


class TooSlowError(Exception):
    """An expression takes too long."""


@lru_cache(maxsize=512)
def compiled(expression: str) -> regex.Pattern[str]:
    """Return *expression*, which finds in any case.

    Raises:
        ValueError: it is none, or could take too much time or memory.
    """
    if len(expression) > MAX_LENGTH:
        raise ValueError(f"wanted at most {MAX_LENGTH} characters, found {len(expression)}")
    plain = _ASIDE.sub("x", expression)
    if re.search(r"\)[*+?]*\{", plain):
        raise ValueError("wanted no group that is repeated a number of times; write *, + or ? behind it")
    if any(int(number) > MAX_REPEAT for number in re.findall(r"\d+", "".join(re.findall(r"\{[\d,]+\}", plain)))):
        raise ValueError(f"wanted at most {MAX_REPEAT} repetitions")
    try:
        return regex.compile(expression, regex.IGNORECASE)
    except (regex.error, OverflowError, RecursionError) as error:
        raise ValueError(f"wanted a regular expression of Python, but {error}") from None


def spans(expression: str, text: str) -> set[tuple[int, int]]:
    """Return where *expression* is found in *text*.

    Raises:
        TooSlowError: that takes longer than ``SECONDS``.
    """
    try:
        return {found.span() for found in compiled(expression).finditer(text, timeout=SECONDS)}
    except TimeoutError:
        raise TooSlowError from None
