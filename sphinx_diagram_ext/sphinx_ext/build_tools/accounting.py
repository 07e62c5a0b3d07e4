"""Account of a build: what it was asked to show against what it wrote, across its processes."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.errors import Code, Problem
from sphinx_diagram_ext.sphinx_ext.build_tools.journal import Journal
from sphinx_diagram_ext.sphinx_ext.logging import info, warn
from sphinx_diagram_ext.sphinx_ext.placement import Placement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Element
    from sphinx.application import Sphinx

    from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram


COUNTED = ("html", "latex", "texinfo", "text", "man")
"""Formats whose builders write diagrams; others (gettext, linkcheck) write none."""

_KINDS = ("page", "expected", "wrote", "failed", "drawn", "cached", "used", "image", "undrawn")

_PLACED = ("expected", "wrote", "failed")


class BuildReport:
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

    def undrawn(self, name: str, problems: Iterable[Problem]) -> None:
        """Note that the picture *name* could not be drawn while its page was read."""
        self._journal.note("undrawn", name, [astuple(problem) for problem in problems])

    @cached_property
    def _undrawn(self) -> dict[str, tuple[Problem, ...]]:
        return {
            values[0]: tuple(
                Problem(path, line, column, Code(code), text) for path, line, column, code, text in values[1]
            )
            for kind, *values in self._journal.entries()
            if kind == "undrawn"
        }

    def why_undrawn(self, name: str) -> tuple[Problem, ...]:
        """Return why the picture *name* could not be drawn while pages were read, nothing if it was not tried.

        What reads is done when this is first asked.
        """
        return self._undrawn.get(name, ())

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

    def close(self) -> BuildResult:
        """Return what the whole build noted; nothing can be noted afterwards."""
        found: dict[str, list[Any]] = {kind: [] for kind in _KINDS}
        for kind, *values in self._journal.close():
            found[kind].append(Placement(*values) if kind in _PLACED else values[0])
        drawn = frozenset(found["drawn"])
        return BuildResult(
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
class BuildResult:
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


def say(app: Sphinx, result: BuildResult) -> None:
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
