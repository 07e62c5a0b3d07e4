"""Sources: documents that claims rest on, in a diagram or in the registry that diagrams share."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


class SourceKind(enum.StrEnum):
    """How near a source is to what it tells of."""

    PRIMARY = "primary"
    """Whoever did or measured it tells of it."""
    DOCUMENTATION = "documentation"
    """The makers of a system describe it."""
    SECONDARY = "secondary"
    """Others report it."""
    FILING = "filing"
    """A company states it by law."""


class Extent(enum.StrEnum):
    """How much of a source was read."""

    WHOLE = "whole"
    BEGINNING = "beginning"
    QUOTED = "quoted"
    """Only what others quote of it."""


@dataclass(frozen=True)
class StoredText:
    """A copy of a source's text, a file of the data folder, to check quotations against."""

    path: Path
    folder: Path


@dataclass(frozen=True)
class Entry:
    """What the registry knows of a source besides title and address.

    ``about`` are the subjects and systems that it is about; any, if there are none.
    """

    kind: SourceKind
    extent: Extent | None = None
    published: str = ""
    read: dt.date | None = None
    archive: str = ""
    about: tuple[str, ...] = ()
    stored: StoredText | None = None
    path: str = ""
    line: int = 0


@dataclass(frozen=True)
class Reference:
    """A source that a reader can open; claims cite it by its ``id``. ``line`` is that of the diagram's file.

    ``entry`` is what the registry says of it, None for one that the diagram describes itself.
    """

    title: str
    url: str
    date: str | None = None
    id: str | None = None
    line: int = 0
    entry: Entry | None = None
