"""Style sheet and scripts: sent to the pages that need them and to no others."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinxcontrib.mermaid import mermaid

from sphinx_diagram_ext.palette import DARK, DARK_BASE, LIGHT, LIGHT_BASE, properties
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram, cdc_index

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

STYLE = "cdc-diagram.css"
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


def write_style_sheet(app: Sphinx) -> None:
    """Write the style sheet before any page is, so that its checksum is the same each time."""
    if app.builder.format != "html":
        return
    target = Path(app.outdir, "_static", STYLE)
    content = style_sheet()
    if not target.is_file() or target.read_text(encoding="utf-8") != content:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")


def add_style_sheet(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the style sheet to a page with a diagram."""
    del pagename, templatename
    policy = app.registry.html_assets_policy
    has_diagram = doctree is not None and any(
        True for _ in doctree.findall(lambda node: isinstance(node, cdc_diagram | cdc_index))
    )
    if has_diagram or policy == "always":
        app.add_css_file(STYLE)
    del context


def drop_idle_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Take sphinxcontrib-mermaid's script off generated pages, which have no diagram.

    It is added to every page without a doctree (search, indexes) and loads Mermaid from
    another host; runs after that extension's own handler.
    """
    del app, pagename, templatename
    if doctree is not None and any(True for _ in doctree.findall(mermaid)):
        return
    scripts = context.get("script_files")
    if isinstance(scripts, list):
        scripts[:] = [item for item in scripts if not _loads_mermaid(item)]


def _loads_mermaid(script: object) -> bool:
    body = getattr(script, "attributes", {}).get("body") or ""
    filename = str(getattr(script, "filename", "") or "")
    return body.lstrip().startswith(_MERMAID_SCRIPT) or "/npm/d3@" in filename or "/npm/d3/" in filename
