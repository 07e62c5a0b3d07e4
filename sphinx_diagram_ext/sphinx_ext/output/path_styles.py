"""Style sheets of pages: what a node under the pointer, or with the focus, makes stand out.

The paths through a node stay as they are, and the rest of its picture fades; a reference in the text and its node point
at each other. No script takes part, and no style is in the page itself, so a strict content policy allows it
(https://www.w3.org/TR/CSP3/#directive-style-src). Each page has a file of its own, with rules for its diagrams only.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_diagram_ext.drawing.renderers import RENDERERS
from sphinx_diagram_ext.drawing.svg_writer import EDGE_CLASS
from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.model import anchor_parts, paths
from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram
from sphinx_diagram_ext.sphinx_ext.output.files import write_output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from sphinx_diagram_ext.model import Diagram

_PREFIX = "cdc-page-"
_ACTIVE = ":is(:hover, :focus-visible)"
_PARTS = ":is(.cdc-node, .cdc-edge, .cdc-edge-label)"


def rules(anchor: str, diagram: Diagram) -> Iterator[str]:
    """Yield the rules of a picture; *anchor* is the id of its figure. Both forms of it end their ids alike."""
    parts = anchor_parts(diagram)
    figure = f"[id={_quoted(anchor)}]"
    for key, path in paths(diagram).items():
        kept = [f"[id$={_quoted(f'--{parts[one]}')}]" for one in parts if one in path.nodes]
        kept += [f".{EDGE_CLASS}{number}" for number in sorted(path.edges)]
        node = f"svg [id$={_quoted(f'--{parts[key]}')}]{_ACTIVE}"
        yield f"{figure}:has({node}) {_PARTS}:not({', '.join(kept)}) {{opacity: .3}}"


def reference_rules(anchor: str, part: str) -> Iterator[str]:
    """Yield the rules of a node, the diagram's *anchor* and its *part*, to which the text of its page refers."""
    name = f"{anchor}--{part}"
    nodes_of = f"svg :is([id={_quoted(name)}], [id={_quoted(f'{anchor}-narrow--{part}')}])"
    link = f"a[href={_quoted(f'#{name}')}]"
    yield f":root:has({link}{_ACTIVE}) {nodes_of} > :first-child {{stroke: var(--cdc-blue-stroke); stroke-width: 4px}}"
    yield f":root:has({nodes_of}{_ACTIVE}) {link} {{outline: 2px solid var(--cdc-blue-stroke); outline-offset: 2px}}"


def _quoted(text: str) -> str:
    """Return *text* as a string of CSS (https://www.w3.org/TR/CSS21/syndata.html#strings)."""
    escaped = "".join(char if char.isalnum() or char in "-_#:." else f"\\{ord(char):x} " for char in text)
    return f'"{escaped}"'


def add_page_style(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write the style sheet of a page that has diagrams with edges or refers to their nodes, and add it."""
    if doctree is None or app.builder.name == "epub":
        return
    build = Build.of(app.env)
    written: list[str] = []
    linked = {_fragment(node) for node in doctree.findall(nodes.reference)}
    for node in doctree.findall(cdc_diagram):
        try:
            diagram, _ = build.shown(node)
        except ProblemsError:  # said when the page was written
            continue
        if type(diagram.body) not in RENDERERS:
            continue
        anchor = node["ids"][0]
        written += rules(anchor, diagram)
        for part in anchor_parts(diagram).values():
            if f"{anchor}--{part}" in linked:
                written += reference_rules(anchor, part)
    if written:
        name = _name(pagename)
        write_output(Path(app.outdir, "_static", name), "\n".join([*written, ""]))
        app.add_css_file(name)


def _fragment(node: nodes.reference) -> str:
    """Return the id on its own page that a reference leads to, "" if it leads to another page."""
    return str(node.get("refid") or "") or str(node.get("refuri", "")).removeprefix("#")


def _name(pagename: str) -> str:
    return f"{_PREFIX}{hashlib.sha256(pagename.encode()).hexdigest()[:16]}.css"


def sweep(app: Sphinx, exception: Exception | None) -> None:
    """Remove the style sheets of pages that are gone."""
    if exception is not None or app.builder.format != "html" or app.builder.name == "epub":
        return
    kept = {_name(docname) for docname in app.env.all_docs}
    for path in Path(app.outdir, "_static").glob(f"{_PREFIX}*.css"):
        if path.name not in kept:
            path.unlink(missing_ok=True)
