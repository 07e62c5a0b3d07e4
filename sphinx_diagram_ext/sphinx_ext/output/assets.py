"""Style sheet and scripts: sent to the pages that need them and to no others."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinxcontrib.mermaid import mermaid

from sphinx_diagram_ext.palette import PALETTE
from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.locale import _
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram, cdc_filter, cdc_index, cdc_missing
from sphinx_diagram_ext.sphinx_ext.output import widths
from sphinx_diagram_ext.sphinx_ext.output.files import write_output

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_diagram_ext.palette import Palette

STYLE = "cdc-diagram.css"
SCRIPT = "cdc-diagram.js"
GALLERY_SCRIPT = "cdc-gallery.js"
_SCRIPT_PARTS = ("base", "explanations", "nodes", "arrive", "zoom", "export", "controls", "start")
"""Files of ``static/script`` in the order in which the script has them."""
_TEXTS = "/* texts */ {}"
_MERMAID_SCRIPT = "import mermaid from"


# Where themes say that a page is dark. A theme without a switch of its own stays light.
_DARK = (
    '[data-theme="dark"]',  # furo, pydata, book, piccolo
    '[data-md-color-scheme="slate"]',  # immaterial
    '[data-bs-theme="dark"]',  # nefertiti and others on Bootstrap
    "html.dark",  # shibuya, awesome
)
_LIGHT = (":root", "[data-theme]", "[data-md-color-scheme]", "[data-bs-theme]")
_AUTO = ('body[data-theme="auto"]', 'html[data-theme="auto"]')  # furo

# What has no tone takes the colours that the reader's system forces upon pages.
_FORCED = dict.fromkeys(("ground", "group", "note", "neutral-fill"), "Canvas") | dict.fromkeys(
    ("text", "muted", "line", "group-line", "note-line", "note-text", "neutral-stroke", "neutral-text"), "CanvasText"
)


# A command is read in the order in which it runs. Books may not say so (EPUB 3.3, 6.3.1.2).
_COMMANDS = "pre.cdc-command, .cdc-command > .highlight > pre { direction: ltr; unicode-bidi: bidi-override; }\n"


def style_sheet(palette: Palette = PALETTE, *, book: bool = False) -> str:
    """Return the style sheet: the palette of both schemes and the rules; a *book* has images of one form only."""
    light = _declarations({**palette.light, "when-light": "inline", "when-dark": "none"})
    dark = _declarations({**palette.dark, "when-light": "none", "when-dark": "inline"})
    everywhere = ", ".join((*_LIGHT, *_DARK, *_AUTO))
    themes = (
        f"{', '.join(_LIGHT)} {{{light}}}\n"
        f"{', '.join(_DARK)} {{{dark}}}\n"
        f"@media (prefers-color-scheme: dark) {{\n  {', '.join(_AUTO)} {{{dark}}}\n}}\n"
        f"@media print {{\n  {everywhere} {{{light}}}\n}}\n"
        f"@media (forced-colors: active) {{\n  {everywhere} {{{light} {_declarations(_FORCED)}}}\n}}\n"
        f"@media (forced-colors: active) and (prefers-color-scheme: dark) {{\n"
        f"  {everywhere} {{{dark} {_declarations(_FORCED)}}}\n}}\n"
    )
    return themes + _static(STYLE) + ("" if book else _static("with-script.css") + _COMMANDS + widths.rules())


def _static(name: str) -> str:
    return files("sphinx_diagram_ext.sphinx_ext").joinpath("static", *name.split("/")).read_text(encoding="utf-8")


def _declarations(values: dict[str, str]) -> str:
    return " ".join(f"--cdc-{name}: {value};" for name, value in values.items())


def script() -> str:
    """Return the script with its texts in the language of the site."""
    texts = {
        "close": _("Close"),
        "link": _("Copy link"),
        "explain": _("explanation"),
        "controls": _("Controls of the diagram"),
        "larger": _("Zoom in"),
        "smaller": _("Zoom out"),
        "fit": _("Fit"),
        "full": _("Full screen"),
        "mermaid": _("Copy Mermaid"),
        "svg": _("Download SVG"),
        "png": _("Download PNG"),
        "copied": _("Copied"),
    }
    parts = "\n".join(_static(f"script/{name}.js") for name in _SCRIPT_PARTS)
    said = json.dumps(texts, ensure_ascii=False, sort_keys=True)
    return f'"use strict";\n(() => {{\n{parts.replace(_TEXTS, said, 1)}}})();\n'


def write_assets(app: Sphinx) -> None:
    """Write style sheet and script before any page is, so that their checksums are the same each time."""
    if app.builder.format != "html":
        return
    style = style_sheet(Build.of(app.env).pictures.palette, book=app.builder.name == "epub")
    for name, content in ((STYLE, style), (SCRIPT, script()), (GALLERY_SCRIPT, _static(GALLERY_SCRIPT))):
        write_output(Path(app.outdir, "_static", name), content)


def add_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the style sheet to a page with diagrams or an index of them, and the scripts that it needs."""
    policy = app.registry.html_assets_policy
    kinds = {type(node) for node in doctree.findall()} if doctree is not None else set()
    if kinds & {cdc_diagram, cdc_index, cdc_missing} or policy == "always":
        app.add_css_file(STYLE)
    if app.builder.name != "epub":
        for name, kind in ((SCRIPT, cdc_diagram), (GALLERY_SCRIPT, cdc_filter)):
            if kind in kinds or policy == "always":
                app.add_js_file(name, loading_method="defer")


def drop_idle_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Take sphinxcontrib-mermaid's script off generated pages, which have no diagram.

    It is added to every page without a doctree (search, indexes) and loads Mermaid from
    another host; runs after that extension's own handler.
    """
    if doctree is not None and doctree.next_node(mermaid) is not None:
        return
    scripts = context.get("script_files")
    if isinstance(scripts, list):
        scripts[:] = [item for item in scripts if not _loads_mermaid(item)]


def _loads_mermaid(script: object) -> bool:
    body = getattr(script, "attributes", {}).get("body") or ""
    filename = str(getattr(script, "filename", "") or "")
    return body.lstrip().startswith(_MERMAID_SCRIPT) or "/npm/d3@" in filename or "/npm/d3/" in filename
