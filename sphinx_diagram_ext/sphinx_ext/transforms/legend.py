"""Legend of the tones of a page, below its first picture that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.locale import tones
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram, cdc_legend, docname_of, pack, unpack

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_FORMATS = ("html", "latex")
"""Formats whose pages have pictures; the others say tones in words."""


def add_legends(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Add the legend of every page in the document.

    Runs for the event ``doctree-resolved``, after the extensions that leave out parts of a page by a condition: the
    legend has the tones of what is left.
    """
    if app.builder.format not in _FORMATS or not Build.of(app.env).options.legend:
        return
    pages: dict[str, list[cdc_diagram]] = {}
    for node in doctree.findall(cdc_diagram):
        if node.get("tones"):
            pages.setdefault(docname_of(node) or docname, []).append(node)
    for shown in pages.values():
        used = {tone for node in shown for tone in node["tones"]}
        _add(shown[0], cdc_legend(tones=tuple(tone for tone in tones() if tone in used)))


def _add(node: cdc_diagram, legend: cdc_legend) -> None:
    """Put the legend below the caption and what is said there of the picture as a whole."""
    packed = "content" in node
    if packed:
        unpack(node)
    above = (at for at, child in enumerate(node) if isinstance(child, nodes.caption) or _is_remark(child))
    node.insert(1 + max(above, default=len(node) - 1), legend)
    if packed:
        pack(node)


def _is_remark(child: nodes.Node) -> bool:
    return isinstance(child, nodes.paragraph) and "cdc-illustration" in child["classes"]
