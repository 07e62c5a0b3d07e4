"""Numbers that are written as words in English."""

from __future__ import annotations

import re

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: number for number, word in enumerate(_ONES)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
_OTHER = {
    "once": "1 times",
    "twice": "2 times",
    "both": "2",
    "single": "1",
    "dozen": "12",
    "half": "50 %",
    "double": "2",
}
_UNIT = "nanosecond|microsecond|millisecond|second|minute|hour|day|week|month|year|million|billion|thousand|hundred"
_WORD = re.compile(
    rf"""\b(?:
        (?P<tens>{"|".join(_TENS)})(?:-(?P<ones>{"|".join(_ONES[1:10])}))?
      | (?P<plain>{"|".join(_ONES)})
      | (?P<other>{"|".join(_OTHER)})
      | (?P<one>an?|each|every)\s(?=(?:{_UNIT})\b)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_HUNDRED = re.compile(r"(\d+) hundred\b", re.IGNORECASE)


def with_digits(text: str) -> str:
    """Return *text* with the numbers that are words as digits: "twenty-four hours" is "24 hours"."""

    def digits(found: re.Match[str]) -> str:
        if found["tens"]:
            return str(_VALUES[found["tens"].lower()] + _VALUES.get((found["ones"] or "").lower(), 0))
        if found["plain"]:
            return str(_VALUES[found["plain"].lower()])
        if found["other"]:
            return _OTHER[found["other"].lower()]
        word = found["one"].lower()
        return "1 " if word in ("a", "an") else f"{word} 1 "

    return _HUNDRED.sub(lambda found: str(100 * int(found[1])), _WORD.sub(digits, text))
