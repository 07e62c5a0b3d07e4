"""Grammar of a registry of sources."""

from __future__ import annotations

import datetime as dt
import os
import re
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, StringConstraints

from sphinx_diagram_ext.catalog.listing import inside
from sphinx_diagram_ext.errors import Code, Problem
from sphinx_diagram_ext.model import Entry, Extent, Reference, SourceKind, StoredText
from sphinx_diagram_ext.types.base import Spec
from sphinx_diagram_ext.types.numbers import Day
from sphinx_diagram_ext.types.texts import SourceId, Url, Words

if TYPE_CHECKING:
    from sphinx_diagram_ext.catalog.files import DataFile
    from sphinx_diagram_ext.yaml_source import YamlSource

_WHEN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def _when(value: str) -> str:
    found = _WHEN.fullmatch(value)
    if not found:
        message = "wanted a year, a month or a day, such as 2021, 2021-06 or 2021-06-30"
        raise ValueError(message)
    dt.date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    return value


When = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_when)]
"""A year, a month or a day in the form of ISO 8601."""


class EntrySpec(Spec):
    """A document that claims rest on."""

    title: Words = Field(description="Title of the document.")
    url: Url = Field(description="Address that a reader can open.")
    kind: SourceKind = Field(description="How near it is to what it tells of.")
    published: When | None = Field(None, description="When it was published: a year, a month or a day.")
    read: Day | None = Field(None, description="The day on which it was read.")
    extent: Extent | None = Field(None, description="How much of it was read.")
    archive: Url | None = Field(None, description="Address of a copy in an archive.")
    about: list[Words] = Field([], description="Subjects and systems that it is about; any, if left out.")
    text: Words | None = Field(None, description="Stored copy of its text, a file relative to this one.")


class SourcesSpec(Spec):
    """The sources of one publisher."""

    sources: dict[SourceId, EntrySpec] = Field(description="Sources by name.")


def reference(name: str, spec: EntrySpec, file: DataFile, source: YamlSource) -> tuple[Reference, list[Problem]]:
    """Return the source called *name*, and what is wrong with its stored text, without which it can be used."""
    path = ("sources", name.partition("/")[2])
    problems: list[Problem] = []
    stored = None
    if spec.text:
        place = file.path.parent / spec.text
        # Unlike Path.is_file, os.path.isfile takes a path that the system refuses for one that is not there.
        wrong = ""
        if "\0" in spec.text or not inside(place, file.folder):
            wrong = "leads out of its data folder; copy it into the folder"
        elif not os.path.isfile(place):  # noqa: PTH113
            wrong = "is not there; store it or leave 'text' out"
        else:
            stored = StoredText(place, file.folder)
        if wrong:
            message = f"The stored text {spec.text!r} {wrong}."
            problems.append(source.problem(Code.FILE, message, (*path, "text")))
    entry = Entry(
        kind=spec.kind,
        extent=spec.extent,
        published=spec.published or "",
        read=spec.read,
        archive=spec.archive or "",
        about=tuple(spec.about),
        stored=stored,
        path=str(file.path),
        line=source.mark(path, key=True).line,
    )
    return Reference(spec.title, spec.url, None, name, 0, entry), problems
