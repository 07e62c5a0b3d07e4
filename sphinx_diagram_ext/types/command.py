"""Commands as typed by authors: lines that read as they run."""

from __future__ import annotations

import re
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema, model_validator

from sphinx_diagram_ext.types.base import Spec
from sphinx_diagram_ext.types.texts import MAX_TEXT, TEXT_SCHEMA, Words

DECEPTIVE = re.compile(
    "["
    "\x00-\x09\x0b-\x1f\x7f-\x9f"  # controls: a pasted tab completes names, an escape begins a key of the terminal
    "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"  # spaces at which no shell splits
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # order of writing
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2028\u2029\u2060-\u2065\u206a-\u206f"  # not seen
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "]"
)
"""Characters that are not seen as what they are; see https://www.unicode.org/reports/tr36/."""


def _as_it_reads(text: str) -> str:
    bad = DECEPTIVE.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        message = (
            f"the character U+{ord(bad[0]):04X} in line {line} of the command makes it read other than it runs;"
            " write letters, signs, plain spaces and line breaks"
        )
        raise ValueError(message)
    return text


CommandLines = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT),
    AfterValidator(_as_it_reads),
    WithJsonSchema({**TEXT_SCHEMA, "maxLength": MAX_TEXT}),
]
"""One or more lines for a shell or another program: text only, in which nothing hides."""


class CommandSpec(Spec):
    """Something that one finds out or does with a command."""

    run: CommandLines | None = Field(None, description="What to type; one or more lines, shown as they are.")
    expect: Words | None = Field(None, description="What must come back; may hold roles and links.")
    then: Words | None = Field(None, description="What to do next; may hold roles and links.")

    @model_validator(mode="after")
    def _lines_first(self) -> Self:
        for name in ("expect", "then"):
            if getattr(self, name) and not self.run:
                message = f"{name!r} is about a command; write it below 'run'"
                raise ValueError(message)
        return self


def command_kinds(kinds: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return *kinds* of steps where those called *names* may have a command."""
    return {
        name: (title, needed, (*further, *CommandSpec.model_fields)) if name in names else (title, needed, further)
        for name, (title, needed, further) in kinds.items()
    }
