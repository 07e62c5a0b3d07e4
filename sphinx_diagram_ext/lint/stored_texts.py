"""Stored texts of sources, in the form in which quotations are looked for."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from sphinx_diagram_ext.catalog.files import read_file
from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.evidence.quotations import plain

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Reference, StoredText

_MOST_BYTES = 2_000_000


def stored_text(source: Reference) -> str | None:
    """Return the text of a source that is stored beside the data, None if there is none or it cannot be read."""
    stored = source.entry.stored if source.entry else None
    return _read(stored) if stored else None


@functools.lru_cache(maxsize=16)
def _read(stored: StoredText) -> str | None:
    try:
        return plain(read_file(stored.path, stored.folder, _MOST_BYTES))
    except ProblemsError:
        return None
