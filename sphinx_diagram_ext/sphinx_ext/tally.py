"""Counts what a build was asked to show against what it wrote, across its processes."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import weakref
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.sphinx_ext.logging import info, warn
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from docutils.nodes import Element
    from sphinx.application import Sphinx

    from sphinx_diagram_ext.sphinx_ext.domain import DiagramDomain

COUNTED = ("html", "latex", "texinfo", "text", "man")
"""Formats whose builders write diagrams; others (gettext, linkcheck) write none."""

_KINDS = ("page", "expected", "wrote", "failed", "drawn", "cached", "used", "image")

_PLACED = ("expected", "wrote", "failed")

_CONDITIONAL = frozenset(("only", "ifconfig", "todo_node"))
"""Nodes that a builder may leave out with all they hold because the author says so."""


@dataclass(frozen=True, slots=True, order=True)
class Placement:
    """A place that asks for a diagram; lines count from 1."""

    docname: str
    source: str
    line: int
    diagram_id: str


class Journal:
    """Lines that the processes of a build write and its main process reads.

    Sphinx's writing processes return nothing. They inherit this file, which has no name and so
    leaves nothing behind. It takes each line at its end: on a position that they share, two could
    write to the same place.
    """

    def __init__(self) -> None:
        self._file = _unnamed_file()
        self._closed = weakref.finalize(self, os.close, self._file)

    def note(self, *entry: object) -> None:
        """Add an entry."""
        os.write(self._file, json.dumps(entry).encode() + b"\n")

    def entries(self) -> list[list[Any]]:
        """Return every entry so far; no other process may write meanwhile."""
        with os.fdopen(os.dup(self._file), "rb") as stream:
            stream.seek(0)
            return [json.loads(line) for line in stream]

    def close(self) -> list[list[Any]]:
        """Return every entry and forget them."""
        entries = self.entries()
        self._closed()
        return entries


def _unnamed_file() -> int:
    if hasattr(os, "memfd_create"):
        file = os.memfd_create("cdc-journal")
    else:
        with tempfile.TemporaryFile(buffering=0) as stream:
            file = os.dup(stream.fileno())
    if sys.platform != "win32":  # where no process is forked either
        fcntl.fcntl(file, fcntl.F_SETFL, fcntl.fcntl(file, fcntl.F_GETFL) | os.O_APPEND)
    return file


class Tally:
    """What a build expects to write and what it wrote."""

    def __init__(self) -> None:
        self._journal = Journal()

    def page(self, docname: str) -> None:
        """Note that the builder is about to write a page."""
        self._journal.note("page", docname)

    def expect(self, placement: Placement) -> None:
        """Note that the builder has to write a diagram."""
        self._journal.note("expected", *astuple(placement))

    def wrote(self, node: cdc_diagram) -> None:
        """Note that the builder has written a diagram."""
        self._journal.note("wrote", *astuple(node["placement"]))

    def failed(self, node: Element) -> None:
        """Note that a diagram was written without its picture; a warning says why."""
        self._journal.note("failed", *astuple(node["placement"]))

    def picture(self, key: str, *, drawn: bool) -> None:
        """Note that a picture was drawn or came from the cache."""
        self._journal.note("drawn" if drawn else "cached", key)

    def use(self, key: str) -> None:
        """Note that an entry of the cache is in use that is no picture of a diagram by itself."""
        self._journal.note("used", key)

    def image(self, docname: str, name: str) -> None:
        """Note that a page shows an image file of ours."""
        self._journal.note("image", docname, name)

    def images(self) -> tuple[set[str], dict[str, list[str]]]:
        """Return the pages that were written so far, and the image files that each of them shows."""
        entries = self._journal.entries()
        found: dict[str, set[str]] = {}
        for docname, name in (values for kind, *values in entries if kind == "image"):
            found.setdefault(docname, set()).add(name)
        pages = {values[0] for kind, *values in entries if kind == "page"}
        return pages, {docname: sorted(names) for docname, names in found.items()}

    def close(self) -> Result:
        """Return what the whole build noted; nothing can be noted afterwards."""
        found: dict[str, list[Any]] = {kind: [] for kind in _KINDS}
        for kind, *values in self._journal.close():
            found[kind].append(Placement(*values) if kind in _PLACED else values[0])
        drawn = frozenset(found["drawn"])
        return Result(
            lost=tuple(sorted({*found["expected"]} - {*found["wrote"]})),
            diagrams=len(found["wrote"]),
            pages=len({placement.docname for placement in found["wrote"]}),
            failed=frozenset(found["failed"]),
            drawn=drawn,
            cached=frozenset(found["cached"]) - drawn,
            used=frozenset(found["used"]),
            resolved=frozenset(found["page"]),
        )


@dataclass(frozen=True, slots=True)
class Result:
    """What a build wrote.

    ``drawn`` and ``cached`` are the keys of pictures, each in one of the two, ``used`` those of
    what is made of pictures; ``resolved`` are all pages that were written, with diagrams or without.
    """

    lost: tuple[Placement, ...]
    diagrams: int
    pages: int
    failed: frozenset[Placement]
    drawn: frozenset[str]
    cached: frozenset[str]
    used: frozenset[str]
    resolved: frozenset[str]


class ExpectDiagrams(SphinxPostTransform):
    """Notes what the builder has to write, before anything of the page is left out."""

    default_priority = 1

    def run(self, **kwargs: Any) -> None:
        """Note the placements of every page in the document."""
        del kwargs
        domain: DiagramDomain = self.env.domains["cdc"]  # type: ignore[assignment]
        conditional = {
            node["placement"]: any(type(part).__name__ in _CONDITIONAL for part in _ancestors(node))
            for node in self.document.findall(cdc_diagram)
        }
        files = {part["docname"] for part in self.document.findall(addnodes.start_of_file)}
        for docname in sorted({self.env.docname, *files}):
            domain.session.tally.page(docname)
            for placement, warned in domain.asked.get(docname, {}).items():
                if not warned and not conditional.get(placement):
                    domain.session.tally.expect(placement)


def _ancestors(node: nodes.Node) -> Iterator[nodes.Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def report(app: Sphinx, result: Result) -> None:
    """Say what was written, and name each diagram that is neither written nor in a warning."""
    for placement in result.lost:
        warn(
            Code.LOST,
            "The diagram %r is asked for here and is not in the output of the builder %r."
            " Something else than this extension took it off the page; look at the other extensions and at templates.",
            placement.diagram_id,
            app.builder.name,
            location=f"{placement.source}:{placement.line}",
        )
    info(
        "cdc: %s on %s: %d drawn, %d from the cache%s",
        _amount(result.diagrams, "diagram"),
        _amount(result.pages, "page"),
        len(result.drawn),
        len(result.cached),
        f", {len(result.failed)} not drawn" if result.failed else "",
    )


def _amount(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
