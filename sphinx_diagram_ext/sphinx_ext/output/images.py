"""Image files beside the pages: galleries and books show them, and those that no page shows any more go.

A book would take what is left over into itself: it holds whatever stands in its folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.drawing.standalone import standalone
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.output.files import write_output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


def image(source: str, alt: str, name: str, more: str = "") -> str:
    """Return the element that shows the file *source*."""
    return f'<img class="{name}" src="{source}" alt="{alt}"{more} />\n'


def save_picture(self: Any, svg: str) -> str:
    """Write *svg* as a file of its own and return its address from the page."""
    content = standalone(svg).encode("utf-8")
    name = _name(content)
    builder = self.builder
    DiagramDomain.of(builder.env).session.tally.image(builder.current_docname, name)
    write_output(Path(builder.outdir, builder.imagedir, name), content)
    return f"{builder.imgpath}/{name}"


def _name(content: bytes) -> str:
    return f"cdc-{hashlib.sha256(content).hexdigest()[:20]}.svg"


def sweep_book(app: Sphinx) -> Iterator[Any]:
    """Sweep before a book is packed, and add no page to it (``html-collect-pages``)."""
    if app.builder.name == "epub":
        _sweep(app)
    return iter(())


def sweep(app: Sphinx, exception: Exception | None) -> None:
    """Remove images of earlier builds that no page shows any more."""
    if exception is None and app.builder.format == "html" and app.builder.name != "epub":
        _sweep(app)


def _sweep(app: Sphinx) -> None:
    resolved, now = DiagramDomain.of(app.env).session.tally.images()
    place = _place(app)
    whole = isinstance(app.builder.get_outdated_docs(), str) or resolved >= app.env.all_docs.keys()
    before = {} if whole else _read(place)
    if before is None:  # nobody knows what the other pages show
        return
    kept = {docname: names for docname, names in before.items() if docname in app.env.all_docs.keys() - resolved}
    with contextlib.suppress(OSError):
        place.write_text(json.dumps({**kept, **now}, indent=0, sort_keys=True), encoding="utf-8")
        _remove_others(app, place)


def _remove_others(app: Sphinx, place: Path) -> None:
    """Remove every image of ours that no builder shows which writes to this folder."""
    records = [_read(path) or {} for path in place.parent.glob(f"cdc-images-*-{_folder(app)}.json")]
    shown = {name for record in records for names in record.values() for name in names}
    for path in Path(app.outdir, app.builder.imagedir).glob("cdc-*.svg"):
        # The name is that of the content, so another's file cannot be taken for ours.
        if path.name not in shown and path.is_file() and path.name == _name(path.read_bytes()):
            path.unlink()


def _place(app: Sphinx) -> Path:
    """Return the file that says what the pages of this builder and output folder show."""
    return Path(app.doctreedir, f"cdc-images-{app.builder.name}-{_folder(app)}.json")


def _folder(app: Sphinx) -> str:
    return hashlib.sha256(os.fsencode(app.outdir)).hexdigest()[:12]


def _read(place: Path) -> dict[str, list[str]] | None:
    try:
        found = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
