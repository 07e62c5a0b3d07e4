"""Habits of reStructuredText in a MyST text: seen, and answered with what to write instead."""

from __future__ import annotations

import re
from typing import Final

_ROLE_BEFORE = re.compile(r"(?:^|[\s(\[{<\"'/-]):([A-Za-z][\w.+-]*(?::[A-Za-z][\w.+-]*)*):$")
_REFERENCE_AFTER = re.compile(r"__?(?!\w)")
_LINK = re.compile(r"(.*?)\s*<([^<>]+)>", re.DOTALL)
_SUBSTITUTION = re.compile(r"(?<!\w)\|(?:release|version|today)\|(?!\w)")
_FOOTNOTE = re.compile(r"\[(?:[\w.-]+|#[\w.-]*|\*)\]_(?!\w)")
_MESSAGE: Final = "%s is reStructuredText, and explanations are MyST: %s. It is shown as it is."


def of_code(before: str, code: str, after: str) -> str | None:
    """Return a remedy if *code*, in single backticks, is reST's way to write a role or a link, else None.

    *before* and *after* are the texts around it.
    """
    role = _ROLE_BEFORE.search(before)
    if role:
        return _MESSAGE % (f":{role[1]}:`{code}`", f"write {{{role[1]}}}`{code}`")
    end = _REFERENCE_AFTER.match(after)
    if not end:
        return None
    link = _LINK.fullmatch(code)
    instead = f"write [{link[1] or link[2]}]({link[2]})" if link else f"write [{code}](address)"
    return _MESSAGE % (f"`{code}`{end[0]}", instead)


def of_text(text: str) -> str | None:
    """Return a remedy if *text* holds a substitution or a footnote of reST, else None."""
    if found := _SUBSTITUTION.search(text):
        return _MESSAGE % (found[0], "write the words")
    if found := _FOOTNOTE.search(text):
        return _MESSAGE % (found[0], "write [text](address)")
    return None
