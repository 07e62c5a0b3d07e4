"""The extension's own words in the language of the site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from sphinx.locale import get_translation

from sphinx_diagram_ext.model import Arrow, Count, EdgeStyle, Role, Tone
from sphinx_diagram_ext.plaintext.outline import Wording

if TYPE_CHECKING:
    from collections.abc import Callable

CATALOGUE = "sphinx_diagram_ext"
FOLDER = Path(__file__).parent.parent / "locale"

_ = get_translation(CATALOGUE)


def tones() -> dict[Tone, str]:
    """Return the words for tones that say something."""
    return {Tone.PROBLEM: _("problem"), Tone.CAUTION: _("caution"), Tone.HEALTHY: _("healthy")}


def wording(language: str) -> Wording:
    """Return the words that the outline of a diagram adds, in the language of the site."""
    return Wording(
        language,
        tones(),
        {
            Role.DATABASE: _("database"),
            Role.QUEUE: _("queue"),
            Role.STORAGE: _("storage"),
            Role.ACTOR: _("person or client"),
            Role.DECISION: _("question"),
            Role.EXTERNAL: _("outside"),
            Role.NOTE: _("note"),
        },
        {EdgeStyle.DASHED: _("dashed"), EdgeStyle.THICK: _("main flow")},
        stopped=_("never arrives"),
        start=_("start"),
        end=_("end"),
        participants=_("Participants"),
        steps=_("Steps"),
        arrows={
            Arrow.CALL: _("{source} to {target}: {text}"),
            Arrow.REPLY: _("{source} answers {target}: {text}"),
            Arrow.ASYNC: _("{source} to {target}, without waiting: {text}"),
            Arrow.LOST: _("{source} to {target}, never arrives: {text}"),
        },
        itself=_("{source}: {text}"),
        note=_("Note on {names}: {text}"),
        branches={
            "loop": (_("Repeated: {}"), ""),
            "opt": (_("Only if: {}"), ""),
            "alt": (_("If: {}"), _("Else: {}")),
            "par": (_("At the same time: {}"), _("And: {}")),
        },
        counts={
            Count.ONE: _("one"),
            Count.OPTIONAL: _("none or one"),
            Count.MANY: _("none or more"),
            Count.SOME: _("one or more"),
        },
        relation=_("{one} to {other}"),
        axis=_("Axis: {}"),
        across=_("Axis across: {}"),
        limit=_("Limit: {}"),
        total=_("Total {}"),
        rightwards=_("From left to right: {low} to {high}"),
        upwards=_("From bottom to top: {low} to {high}"),
    )


class _Later:
    """A word of a class, translated when it is asked for: classes are made before any language is known."""

    def __init__(self, word: Callable[[], str]) -> None:
        self._word = word

    def __get__(self, instance: object, owner: type) -> str:
        return str(self._word())


def later(word: Callable[[], str]) -> str:
    """Return an attribute of a class that is the translated *word* as plain text."""
    return cast("str", _Later(word))
