"""Visitors for LaTeX: a numbered figure with a vector picture."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_diagram_ext.drawing.pdf import POINTS, PdfError
from sphinx_diagram_ext.drawing.swatch import swatch
from sphinx_diagram_ext.errors import Code, ProblemsError
from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.locale import _, tones
from sphinx_diagram_ext.sphinx_ext.logging import warn, warn_all
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_alternative
from sphinx_diagram_ext.sphinx_ext.output.files import write_output

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.picture import Picture
    from sphinx_diagram_ext.model import Tone
    from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram, cdc_legend

LINE_WIDTH = 430.0
"""Usual width of a line of text in points (a4paper, Sphinx's margins)."""

LEAST_HEIGHT = 120.0
"""Height in points from which a wide picture gains by being turned; a strip does not."""

SIDEWAYS = 1.5
"""How many times wider than a line, and than it is high, a picture is turned."""


def latex_visit_cdc_diagram(self: Any, node: cdc_diagram) -> None:
    """Write the figure; what is below it follows as ordinary text."""
    Build.of(self.builder.env).report.wrote(node)
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
    frame = _FigureFrame.of(self, sideways=wide)
    width = self.latex_image_length(node["width"]) if node.get("width") else None
    options = f"[width={width}]" if width else ""
    word = self.builder.config.numfig_format["cdc-diagram"].partition("%s")[0]
    self.body.append(
        f"\n{frame.opening}"
        f"\\setbox0\\hbox{{\\sphinxincludegraphics{options}{{{{{name}}}.pdf}}}}%\n"
        f"\\ifdim\\ht0>{frame.highest}\\setbox0\\hbox{{\\resizebox{{!}}{{{frame.highest}}}{{\\box0}}}}\\fi\n"
        "\\noindent\\box0\\par\n"
        f"\\renewcommand{{\\figurename}}{{{self.encode(word)}}}\n{frame.caption}{{"
    )
    _write_captions(self, captions)
    self.body.append("}")
    self.body.append(self.hypertarget_to(node))
    self.body.append(frame.closing)
    self.context.append("")


@dataclass(frozen=True)
class _FigureFrame:
    """LaTeX around a picture, its caption's command and how high the picture may be."""

    opening: str
    closing: str
    highest: str
    caption: str = "\\caption"

    @classmethod
    def of(cls, translator: Any, *, sideways: bool) -> _FigureFrame:
        """Return the frame that fits where the picture is.

        A picture stays where it is written, unless conf.py says otherwise: what explains it
        follows as text and must not come first.
        """
        if translator.table:
            opening, closing = (
                "\\begin{sphinxfigure-in-table}\n\\centering\n",
                "\\end{sphinxfigure-in-table}\\relax\n",
            )
            return cls(opening, closing, "0.4\\textheight", "\\sphinxfigcaption")
        placement = translator.config.latex_elements.get("figure_align", "H")
        opening, closing = f"\\begin{{figure}}[{placement}]\n\\centering\n\\capstart\n", "\\end{figure}\n"
        if not sideways:
            return cls(opening, closing, "0.85\\textheight")
        return cls(
            f"{opening}\\begin{{sideways}}\\begin{{minipage}}{{0.95\\textheight}}\n\\centering\n",
            f"\\end{{minipage}}\\end{{sideways}}\n{closing}",
            "0.85\\textwidth",
        )


def latex_depart_cdc_diagram(self: Any, node: cdc_diagram) -> None:
    """Close what is in the picture's place."""
    self.body.append(self.context.pop())


def _write_captions(self: Any, captions: list[nodes.caption]) -> None:
    self.in_caption += 1
    for caption in captions:
        for child in caption.children:
            child.walkabout(self)
    self.in_caption -= 1


def _picture(self: Any, node: cdc_diagram) -> tuple[str, bool] | None:
    """Write the picture beside the sources; return its name and whether to turn it."""
    build = Build.of(self.builder.env)
    if not node["drawn"]:
        return None
    try:
        picture = build.picture(node)
        content = build.pictures.pdf(picture)
    except ProblemsError as error:
        warn_all(error.problems)
        build.report.failed(node)
        return None
    except PdfError as error:
        build.report.failed(node)
        warn(Code.RENDER, "The picture cannot become PDF: %s", error, location=node)
        return None
    if content is None:
        warn(
            Code.ENGINE,
            "PDF has no pictures: install 'typst' with pip, or Debian's librsvg2-bin (rsvg-convert).",
            once=True,
        )
        return None
    name = _save(self, picture, content)
    if name is None:
        return None
    width, height = (part * POINTS for part in (picture.width, picture.height))
    wide = width > SIDEWAYS * LINE_WIDTH and width > SIDEWAYS * height
    return name, wide and height > LEAST_HEIGHT


def _save(self: Any, picture: Picture, content: bytes) -> str | None:
    """Write a picture, whose PDF is *content*, and return its name; None if there is no writing."""
    palette = Build.of(self.builder.env).pictures.palette
    name = f"cdc-{hashlib.sha256(picture.plain(palette=palette).encode()).hexdigest()[:20]}"
    target = Path(self.builder.outdir, f"{name}.pdf")
    return name if write_output(target, content) else None


def latex_visit_cdc_legend(self: Any, node: cdc_legend) -> None:
    """Write the legend as a line of text with small pictures, where pictures can be made."""
    words = tones()
    entries = []
    for tone in node["tones"]:
        name = _swatch(self, tone)
        if name is None:
            raise nodes.SkipNode
        box = f"\\raisebox{{-0.25\\height}}{{\\sphinxincludegraphics{{{{{name}}}.pdf}}}}"
        entries.append(f"\\mbox{{{box}~{self.encode(words[tone])}}}")
    title = self.encode(_("Colours and marks:"))
    self.body.append(f"\n\\par\\noindent{{\\small {title} {', '.join(entries)}\\par}}\n\n")
    raise nodes.SkipNode


def _swatch(self: Any, tone: Tone) -> str | None:
    """Return the name of the picture of a tone, None where none can be made; that of the diagram says why."""
    build, picture = Build.of(self.builder.env), swatch(tone)
    try:
        content = build.pictures.pdf(picture) if build.engine.draws else None
    except PdfError:
        return None
    return _save(self, picture, content) if content else None
