"""Written pages: a digest of what each showed of diagrams when a builder last wrote it.

The environment cannot tell: it is saved before pages are written, and serves several builders.
A build that is killed, or comes after one of another builder, would leave old pages behind.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sphinx_diagram_ext.sphinx_ext.build_tools.accounting import COUNTED
from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.output.state_file import StateFile

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from sphinx_diagram_ext.sphinx_ext.build_tools.accounting import BuildResult
    from sphinx_diagram_ext.sphinx_ext.domain.records import DiagramRecord

_NAME = "written"


def outdated(app: Sphinx) -> list[str]:
    """Return the pages that would be written differently now; every page after a build that did not end."""
    if app.builder.format not in COUNTED:
        return []
    build = Build.of(app.env)
    before = StateFile(app, _NAME).read()
    now = page_digests(DiagramDomain.of(app.env))
    build.views = (before or {}, now)
    if before is None:
        return sorted(app.env.all_docs)
    changed = {docname for docname in {*before, *now} if before.get(docname) != now.get(docname)}
    return sorted(changed & {*app.env.all_docs})


def begin(app: Sphinx, builder: Builder) -> None:
    """Forget what was written: from now on until the end the output is neither old nor new."""
    StateFile(app, _NAME).remove()


def end(app: Sphinx, build: Build, result: BuildResult) -> None:
    """Keep what is written: pages that were resolved as they are now, the others as they were.

    A page that lacks a picture is left out, so that the next build tries again.
    """
    if app.builder.format not in COUNTED:
        return
    before, now = build.views
    # Builders of one file resolve only the pages in it; the others have no place there.
    whole = isinstance(app.builder.get_outdated_docs(), str)
    kept = {name: view for name, view in now.items() if whole or name in result.resolved}
    kept |= {name: view for name, view in before.items() if not whole and name not in result.resolved}
    for placement in result.failed:
        kept.pop(placement.docname, None)
    # Without this file the next build writes every page again, which is right too.
    StateFile(app, _NAME).write(kept)


def page_digests(domain: DiagramDomain) -> dict[str, str]:
    """Return for each page a digest of what it shows: one that changes means a page to write again."""
    # Once a page, not once a diagram: each time, the words of a title are put together.
    titles = {docname: title.astext() for docname, title in domain.env.titles.items()}
    return {docname: _digest(domain, docname, titles) for docname in sorted(domain.pages)}


def _digest(domain: DiagramDomain, docname: str, titles: dict[str, str]) -> str:
    def shown(item: DiagramRecord) -> object:
        return item.digest, [(name, titles.get(name, "")) for name in domain.backlinks(item.id)]

    state = domain.pages[docname]
    targets = sorted(state.mentions)
    parts: list[object] = [(name, domain.locate("node" if "#" in name else "diagram", name)) for name in targets]
    parts += map(shown, state.diagrams)
    for terms, pictures in state.indexes:
        firsts = (places[0] for places in domain.diagrams().values())
        parts += [shown(item) for item in firsts if item.matches(terms)]
        parts.append(Build.of(domain.env).pictures.drawing if pictures else "")
    if state.diagrams:
        parts.append(Build.of(domain.env).pictures.drawing)
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()
