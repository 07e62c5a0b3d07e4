"""How a diagram is written for LaTeX: a numbered figure with a vector picture."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_diagram_ext.errors import Code, ProblemsError
from sphinx_diagram_ext.pdf import POINTS, PdfError, size
from sphinx_diagram_ext.sphinx_ext.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.logging import warn, warn_all
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_alternative
from sphinx_diagram_ext.sphinx_ext.output import write_output

if TYPE_CHECKING:
    from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram

LINE_WIDTH = 430.0
"""Usual width of a line of text in points (a4paper, Sphinx's margins)."""

LEAST_HEIGHT = 120.0
"""Height in points from which a wide picture gains by being turned; a strip does not."""

SIDEWAYS = 1.5
"""How many times wider than a line, and than it is high, a picture is turned."""


def visit_cdc_diagram(self: Any, node: cdc_diagram) -> None:
    """Write the figure; what stands below it follows as ordinary text."""
    DiagramDomain.of(self.builder.env).session.tally.wrote(node)
    picture = _picture(self, node)
    captions = [part for part in node if isinstance(part, nodes.caption)]
    for caption in captions:
        node.remove(caption)
    if picture is None:
        self.body.append("\n\\begin{quote}\n")
        self.body.append(self.hypertarget_to(node))
        self.body.append("\\sphinxstylestrong{")
        _write_captions(self, captions)
        self.body.append("}\\par\n")
        self.context.append("\n\\end{quote}\n")
        return
    for part in list(node):
        if isinstance(part, cdc_alternative):
            node.remove(part)
    name, wide = picture
    frame = "sidewaysfigure" if wide else "figure"
    place = "" if wide else "[htbp]"
    self.body.append(f"\n\\begin{{{frame}}}{place}\n\\centering\n\\capstart\n")
    width = self.latex_image_length(node["width"]) if node.get("width") else None
    options = f"[width={width}]" if width else ""
    self.body.append(f"\\noindent\\sphinxincludegraphics{options}{{{{{name}}}.pdf}}\n")
    word = self.builder.config.numfig_format["cdc-diagram"].partition("%s")[0]
    self.body.append(f"\\renewcommand{{\\figurename}}{{{self.encode(word)}}}\n\\caption{{")
    _write_captions(self, captions)
    self.body.append("}")
    self.body.append(self.hypertarget_to(node))
    self.body.append(f"\\end{{{frame}}}\n")
    self.context.append("")


def depart_cdc_diagram(self: Any, node: cdc_diagram) -> None:
    """Close what stands in the picture's place."""
    del node
    self.body.append(self.context.pop())


def _write_captions(self: Any, captions: list[nodes.caption]) -> None:
    self.in_caption += 1
    for caption in captions:
        for child in caption.children:
            child.walkabout(self)
    self.in_caption -= 1


def _picture(self: Any, node: cdc_diagram) -> tuple[str, bool] | None:
    """Write the picture beside the sources; return its name and whether to turn it."""
    session = DiagramDomain.of(self.builder.env).session
    if not session.engine.draws:
        return None
    try:
        svg = session.picture(node["diagram"], node["expansion"])
        content = session.pdf(svg)
    except ProblemsError as error:
        warn_all(error.problems)
        session.tally.failed(node)
        return None
    except PdfError as error:
        session.tally.failed(node)
        warn(Code.RENDER, "The picture cannot become PDF: %s", error, location=node)
        return None
    if content is None:
        warn(
            Code.ENGINE,
            "PDF has no pictures: install 'typst' with pip, or Debian's librsvg2-bin (rsvg-convert).",
            once=True,
        )
        return None
    name = f"cdc-{hashlib.sha256(svg.encode()).hexdigest()[:20]}"
    target = Path(self.builder.outdir, f"{name}.pdf")
    if not write_output(target, content):
        return None
    width, height = (part * POINTS for part in size(svg))
    wide = width > SIDEWAYS * LINE_WIDTH and width > SIDEWAYS * height
    return name, wide and height > LEAST_HEIGHT
