"""Style sheet and scripts: sent to the pages that need them and to no others."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.locale import _
from sphinxcontrib.mermaid import mermaid

from sphinx_diagram_ext.palette import DARK, DARK_BASE, LIGHT, LIGHT_BASE, properties
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram, cdc_index
from sphinx_diagram_ext.sphinx_ext.output import write_output

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

STYLE = "cdc-diagram.css"
SCRIPT = "cdc-diagram.js"
_TEXTS = "/* texts */ {}"
_MERMAID_SCRIPT = "import mermaid from"


def style_sheet() -> str:
    """Return the style sheet: the palette of both schemes and the rules."""
    rules = files("sphinx_diagram_ext.sphinx_ext").joinpath("static", STYLE).read_text(encoding="utf-8")
    light = _declarations(properties(LIGHT, LIGHT_BASE))
    dark = _declarations(properties(DARK, DARK_BASE))
    themes = (
        ":root, [data-theme] {" + light + "}\n"
        '[data-theme="dark"], [data-md-color-scheme="slate"], html.dark {' + dark + "}\n"
        "@media (prefers-color-scheme: dark) {\n"
        '  body[data-theme="auto"], html[data-theme="auto"] {' + dark + "}\n}\n"
        "@media print {\n  :root, [data-theme], [data-md-color-scheme] {" + light + "}\n}\n"
    )
    return themes + rules


def _declarations(colours: dict[str, str]) -> str:
    return " ".join(f"--cdc-{name}: {colour};" for name, colour in colours.items())


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
    content = files("sphinx_diagram_ext.sphinx_ext").joinpath("static", SCRIPT).read_text(encoding="utf-8")
    return content.replace(_TEXTS, json.dumps(texts, ensure_ascii=False, sort_keys=True), 1)


def write_assets(app: Sphinx) -> None:
    """Write style sheet and script before any page is, so that their checksums are the same each time."""
    if app.builder.format != "html":
        return
    for name, content in ((STYLE, style_sheet()), (SCRIPT, script())):
        write_output(Path(app.outdir, "_static", name), content)


def add_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add style sheet and script to a page with a diagram; an index needs no script."""
    del pagename, templatename
    policy = app.registry.html_assets_policy
    kinds = {type(node) for node in doctree.findall()} if doctree is not None else set()
    if kinds & {cdc_diagram, cdc_index} or policy == "always":
        app.add_css_file(STYLE)
    if (cdc_diagram in kinds or policy == "always") and app.builder.name != "epub":
        app.add_js_file(SCRIPT, loading_method="defer")
    del context


def drop_idle_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Take sphinxcontrib-mermaid's script off generated pages, which have no diagram.

    It is added to every page without a doctree (search, indexes) and loads Mermaid from
    another host; runs after that extension's own handler.
    """
    del app, pagename, templatename
    if doctree is not None and doctree.next_node(mermaid) is not None:
        return
    scripts = context.get("script_files")
    if isinstance(scripts, list):
        scripts[:] = [item for item in scripts if not _loads_mermaid(item)]


def _loads_mermaid(script: object) -> bool:
    body = getattr(script, "attributes", {}).get("body") or ""
    filename = str(getattr(script, "filename", "") or "")
    return body.lstrip().startswith(_MERMAID_SCRIPT) or "/npm/d3@" in filename or "/npm/d3/" in filename
