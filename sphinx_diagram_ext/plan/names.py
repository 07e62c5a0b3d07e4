"""Ids made of names, so that a category or view is found however its name is written."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"[\W_]+")


def slug(name: str) -> str:
    """Return *name* as an id: ``Case studies`` and ``case_studies`` are ``case-studies``.

    Letters and digits of every script stay.
    """
    return _BETWEEN.sub("-", name.casefold()).strip("-")


def readable(name: str) -> str:
    """Return the id *name* as a title: ``case-studies`` is ``Case studies``."""
    words = name.replace("-", " ")
    return words[:1].upper() + words[1:]
