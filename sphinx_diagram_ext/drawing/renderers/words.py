"""Words that a picture adds to those of its author: in the language of its page, or in English like those of Sphinx."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language."""

    total: str
    own_scale: str
    log_scale: str


_ENGLISH = Words("Total", "own scale", "logarithmic scale")
_WORDS = {
    "ru": Words("Всего", "свой масштаб", "логарифмическая шкала"),  # noqa: RUF001
}


def words(language: str) -> Words:
    """Return the words of *language*, those of English where there are none."""
    return _WORDS.get(language.replace("-", "_").partition("_")[0].lower(), _ENGLISH)
