"""Rule about labels in capitals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_diagram_ext.lint.finding import Hit, Severity
from sphinx_diagram_ext.lint.rule import rule
from sphinx_diagram_ext.lint.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.lint.context import Context
    from sphinx_diagram_ext.model import Diagram

_WORDS_IN_CAPITALS = re.compile(r"[A-Z]{3,}( [A-Z]{3,})+")


@rule("capitals", Severity.INFO)
def capitals(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """A label is written in capitals.

    Words in capitals are read letter by letter and look like names of commands. Write them as a sentence and
    give the node a tone if it matters. A single word (`INSERT`, `WAL`) may be a name and is left alone.
    """
    del context
    for message in words(diagram):
        if _WORDS_IN_CAPITALS.fullmatch(message.text):
            yield Hit(message.line, f"The label {message.text!r} is in capitals; write it as a sentence.")
