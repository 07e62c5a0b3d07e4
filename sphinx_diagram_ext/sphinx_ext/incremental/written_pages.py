"""What each page showed of diagrams when a builder last wrote it.

The environment cannot tell: it is saved before pages are written, and serves several builders.
A build that is killed, or comes after one of another builder, would leave old pages behind.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_diagram_ext.sphinx_ext.build.accounting import COUNTED
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.incremental.page_digests import views

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from sphinx_diagram_ext.sphinx_ext.build.accounting import Result
    from sphinx_diagram_ext.sphinx_ext.build.build import Session


def outdated(app: Sphinx) -> list[str]:
    """Return the pages that would be written differently now; every page after a build that did not end."""
    if app.builder.format not in COUNTED:
        return []
    session = DiagramDomain.of(app.env).session
    before = _read(_place(app))
    now = views(DiagramDomain.of(app.env))
    session.views = (before or {}, now)
    if before is None:
        return sorted(app.env.all_docs)
    changed = {docname for docname in {*before, *now} if before.get(docname) != now.get(docname)}
    return sorted(changed & {*app.env.all_docs})


def begin(app: Sphinx, builder: Builder) -> None:
    """Forget what was written: from now on until the end the output is neither old nor new."""
    del builder
    # Where this does not work, Sphinx cannot save its doctrees either and says so.
    with contextlib.suppress(OSError):
        _place(app).unlink(missing_ok=True)


def end(app: Sphinx, session: Session, result: Result) -> None:
    """Keep what is written: pages that were resolved as they are now, the others as they were.

    A page that lacks a picture is left out, so that the next build tries again.
    """
    if app.builder.format not in COUNTED:
        return
    before, now = session.views
    # Builders of one file resolve only the pages in it; the others have no place there.
    whole = isinstance(app.builder.get_outdated_docs(), str)
    kept = {name: view for name, view in now.items() if whole or name in result.resolved}
    kept |= {name: view for name, view in before.items() if not whole and name not in result.resolved}
    for placement in result.failed:
        kept.pop(placement.docname, None)
    place = _place(app)
    part = place.with_suffix(f".{os.getpid()}.part")
    # Without this file the next build writes every page again, which is right too.
    with contextlib.suppress(OSError):
        part.write_text(json.dumps(kept, indent=0, sort_keys=True), encoding="utf-8")
        part.replace(place)


def _place(app: Sphinx) -> Path:
    """Return the file for this builder and output folder; several of them may share doctrees."""
    name = hashlib.sha256(os.fsencode(app.outdir)).hexdigest()[:12]
    return Path(app.doctreedir, f"cdc-written-{app.builder.name}-{name}.json")


def _read(place: Path) -> dict[str, str] | None:
    try:
        found = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
