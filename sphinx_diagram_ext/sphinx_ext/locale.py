"""The extension's own words in the language of the site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from sphinx.locale import get_translation

from sphinx_diagram_ext.model import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

CATALOGUE = "sphinx_diagram_ext"
FOLDER = Path(__file__).parent.parent / "locale"

_ = get_translation(CATALOGUE)


def tones() -> dict[Tone, str]:
    """Return the words for tones that say something."""
    return {Tone.PROBLEM: _("problem"), Tone.CAUTION: _("caution"), Tone.HEALTHY: _("healthy")}


class _Later:
    """A word of a class, translated when it is asked for: classes are made before any language is known."""

    def __init__(self, word: Callable[[], str]) -> None:
        self._word = word

    def __get__(self, instance: object, owner: type) -> str:
        return str(self._word())


def later(word: Callable[[], str]) -> str:
    """Return an attribute of a class that is the translated *word* as plain text."""
    return cast("str", _Later(word))
