"""Diagrams for text, manual pages and Texinfo: drawn in characters where that fits, else a list.

LaTeX shares the headings of what is below a picture.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.plaintext import draw_text
from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.locale import _
from sphinx_diagram_ext.sphinx_ext.logging import warn_all
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_alternative, cdc_diagram, cdc_explanations, cdc_sources, docname_of

WIDTH = 67
"""Columns that a literal block has: Sphinx's text is 70 wide and indents it by 3; man and Info leave as much."""


class HeadParts(SphinxPostTransform):
    """Gives explanations and sources a small heading where no style sheet does."""

    default_priority = 402
    formats: tuple[str, ...] = ("man",)

    def run(self, **kwargs: Any) -> None:
        """Head them in every diagram of the page."""
        for kind, title in ((cdc_explanations, _("Explanations")), (cdc_sources, _("Sources"))):
            for part in list(self.document.findall(kind)):
                part.parent.insert(part.parent.index(part), self._heading(title))

    def _heading(self, title: str) -> nodes.paragraph:
        return nodes.paragraph("", "", nodes.strong("", title))


class HeadPartsInPrint(HeadParts):
    """Does so in LaTeX, where a heading must not be left alone at the end of a page."""

    formats = ("latex",)

    def _heading(self, title: str) -> nodes.paragraph:
        room = nodes.raw("", "\\needspace{4\\baselineskip}", format="latex")
        return nodes.paragraph("", "", room, nodes.strong("", title))


class HeadPlainParts(HeadParts):
    """Does so where no letters are bold."""

    formats = ("texinfo", "text")

    def _heading(self, title: str) -> nodes.paragraph:
        return nodes.paragraph("", "", nodes.Text(f"{title}:"))


class DrawInCharacters(SphinxPostTransform):
    """Puts a diagram into characters, below its number and caption."""

    default_priority = 403
    formats: tuple[str, ...] = ("man",)

    def run(self, **kwargs: Any) -> None:
        """Draw every diagram of the page and say the number of those that are referred to."""
        domain = DiagramDomain.of(self.env)
        for node in list(self.document.findall(cdc_diagram)):
            self._caption(node)
            drawing = self._draw(node)
            for alternative in node.findall(cdc_alternative):
                if drawing:
                    _exchange_list(alternative, drawing)
            _picture_first(node)
        anchors = {item.anchor for records in domain.diagrams().values() for item in records}
        for reference in self.document.findall(addnodes.number_reference):
            # These writers show the title with its "%s"; the number is in the text.
            if (reference.get("refid") or reference.get("refuri", "").rpartition("#")[2]) in anchors:
                reference["title"] = reference.astext()

    def _draw(self, node: cdc_diagram) -> str | None:
        build = Build.of(self.env)
        try:
            return draw_text(build.shown(node)[0], build.engine, WIDTH)
        except ProblemsError as error:
            warn_all(error.problems)
            build.report.failed(node)
            return None

    def _caption(self, node: cdc_diagram) -> None:
        """Move the caption to the top, as a paragraph: these writers have none for figures."""
        number = self._number(node)
        for caption in [part for part in node if isinstance(part, nodes.caption)]:
            node.remove(caption)
            before = [self._head(f"{number}."), nodes.Text(" ")] if number else []
            first = sum(isinstance(part, addnodes.index) for part in node)
            node.insert(first, nodes.paragraph("", "", *before, *caption.children))

    def _head(self, number: str) -> nodes.Node:
        return nodes.strong("", number)

    def _number(self, node: cdc_diagram) -> str:
        """Return the number as a reader sees it, "" where figures have none."""
        if not self.config.numfig:
            return ""
        docname = docname_of(node) or self.env.docname
        numbers = self.env.toc_fignumbers.get(docname, {}).get("cdc-diagram", {})
        found = next((numbers[name] for name in node["ids"] if name in numbers), None)
        return str(self.config.numfig_format["cdc-diagram"] % ".".join(map(str, found))) if found else ""


class DrawInPlainText(DrawInCharacters):
    """Does so where no letters are bold."""

    formats = ("texinfo", "text")

    def _head(self, number: str) -> nodes.Node:
        return nodes.Text(number)


class WriteAddresses(SphinxPostTransform):
    """Writes the address of each source behind its title in text, whose writer leaves addresses out."""

    default_priority = 404
    formats = ("text",)

    def run(self, **kwargs: Any) -> None:
        """Write those of every diagram of the page."""
        for part in self.document.findall(cdc_sources):
            for reference in list(part.findall(nodes.reference)):
                address = reference.get("refuri", "")
                if address and address not in reference.astext():
                    at = reference.parent.index(reference)
                    reference.parent.insert(at + 1, nodes.Text(f" <{address}>"))


TRANSFORMS = (HeadParts, HeadPartsInPrint, HeadPlainParts, DrawInCharacters, DrawInPlainText, WriteAddresses)


def _picture_first(node: cdc_diagram) -> None:
    """Move the drawing or list up to where the picture would be: right below the caption."""
    first = sum(isinstance(part, addnodes.index) for part in node) + 1
    for alternative in [part for part in node if isinstance(part, cdc_alternative)]:
        node.remove(alternative)
        node.insert(first, alternative)


def _exchange_list(alternative: cdc_alternative, drawing: str) -> None:
    for part in list(alternative):
        if isinstance(part, nodes.bullet_list | nodes.enumerated_list | nodes.literal_block):
            alternative.replace(part, nodes.literal_block(drawing, drawing.rstrip("\n"), language="none"))
