"""Words that a picture adds to those of its author, in the language of its page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language. An empty one is left out."""

    total: str
    own_scale: str
    log_scale: str


_WORDS = {
    "en": Words("Total", "own scale", "logarithmic scale"),
    "ru": Words("Всего", "свой масштаб", "логарифмическая шкала"),  # noqa: RUF001
}
_SIGNS = Words("\u03a3", "", "log")


def words(language: str) -> Words:
    """Return the words of *language*, or signs that need no language."""
    return _WORDS.get(language.replace("-", "_").partition("_")[0].lower(), _SIGNS)
