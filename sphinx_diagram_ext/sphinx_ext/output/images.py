"""Image files beside the pages: galleries and books show them, and those that no page shows any more go.

A book would take what is left over into itself: it holds whatever is in its folder.
"""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.output.files import write_output
from sphinx_diagram_ext.sphinx_ext.output.state_file import StateFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from sphinx_diagram_ext.drawing.picture import Picture


def image(source: str, alt: str, name: str, more: str = "") -> str:
    """Return the element that shows the file *source*."""
    return f'<img class="{name}" src="{source}" alt="{alt}"{more} />\n'


def save_picture(self: Any, picture: Picture, scheme: str = "light") -> str:
    """Write *picture* in a colour *scheme* as a file of its own and return its address from the page."""
    build = Build.of(self.builder.env)
    content = picture.standalone(scheme, build.pictures.palette).encode("utf-8")
    name = _name(content)
    builder = self.builder
    build.report.image(builder.current_docname, name)
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
    resolved, now = Build.of(app.env).report.images()
    state = StateFile(app, "images")
    whole = isinstance(app.builder.get_outdated_docs(), str) or resolved >= app.env.all_docs.keys()
    before = {} if whole else state.read()
    if before is None:  # nobody knows what the other pages show
        return
    kept = {docname: names for docname, names in before.items() if docname in app.env.all_docs.keys() - resolved}
    if state.write({**kept, **now}):
        with contextlib.suppress(OSError):
            _remove_others(app, state)


def _remove_others(app: Sphinx, state: StateFile) -> None:
    """Remove every image of ours that no builder shows which writes to this folder."""
    shown = {name for record in state.of_all_builders() for names in record.values() for name in names}
    for path in Path(app.outdir, app.builder.imagedir).glob("cdc-*.svg"):
        # The name is that of the content, so another's file cannot be taken for ours.
        if path.name not in shown and path.is_file() and path.name == _name(path.read_bytes()):
            path.unlink()
