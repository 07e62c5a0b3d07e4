"""Post-transform for builders that have no visitors of ours: diagrams become nodes of docutils.

Markdown, Confluence and others stop at a node that they do not know. They get what every writer has: a figure with a
picture file, which Sphinx copies as it does other images, and below it the lists.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.locale import _
from sphinx_diagram_ext.sphinx_ext.logging import warn_all
from sphinx_diagram_ext.sphinx_ext.nodes import (
    cdc_alternative,
    cdc_backlinks,
    cdc_diagram,
    cdc_explanations,
    cdc_filter,
    cdc_index,
    cdc_legend,
    cdc_messages,
    cdc_missing,
    cdc_picture,
    cdc_sources,
)
from sphinx_diagram_ext.sphinx_ext.output.files import write_output

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.builders import Builder

_HIDDEN: tuple[type[nodes.Element], ...] = (cdc_filter, cdc_legend, cdc_messages, cdc_missing, cdc_picture)
_SHOWN: tuple[type[nodes.Element], ...] = (cdc_alternative, cdc_backlinks, cdc_explanations, cdc_index, cdc_sources)
FOLDER = "cdc-images"
"""Folder of picture files beside the doctrees, from which Sphinx copies them."""

IMAGES = "_images"
"""Folder of picture files in the output, for builders that copy none."""


class UsePlainNodes(SphinxPostTransform):
    """Exchanges diagrams and indexes for nodes of docutils, once they are filled in."""

    default_priority = 405

    def is_supported(self) -> bool:
        """Tell whether the builder writes pages, and has no visitors of ours."""
        return Build.of(self.env).plain_nodes

    def run(self, **kwargs: Any) -> None:
        """Exchange those of the page."""
        for node in list(self.document.findall(cdc_diagram)):
            node.replace_self(self._plain(node))
        for kind in _HIDDEN:
            for hidden in list(self.document.findall(kind)):
                hidden.parent.remove(hidden)
        for shown in _SHOWN:
            for part in list(self.document.findall(shown)):
                part.replace_self(list(part.children))

    def _plain(self, node: cdc_diagram) -> list[nodes.Node]:
        """Return what a writer of docutils' nodes makes of a diagram: index entries, picture, caption, lists."""
        before: list[nodes.Node] = []
        below: list[nodes.Node] = []
        caption = None
        for child in node.children:
            if isinstance(child, addnodes.index):
                before.append(child)
            elif isinstance(child, nodes.caption):
                caption = child
            else:
                below += [*_heading(child), child]
        picture = self._picture(node, self._image(node), caption)
        for part in picture:
            part.source, part.line = node.source, node.line
        return [*before, *picture, *below]

    def _picture(
        self, node: cdc_diagram, image: nodes.image | None, caption: nodes.caption | None
    ) -> list[nodes.Element]:
        """Return a figure, or paragraphs where the writer knows no captions of figures."""
        parts: list[nodes.Element] = [image] if image is not None else []
        names = {"ids": node["ids"], "names": node["names"], "classes": node["classes"]}
        if hasattr(self._builder.get_translator_class(), "visit_caption"):
            parts += [caption] if caption is not None else []
            return [nodes.figure("", *parts, align=node["align"], **names)] if parts else [nodes.target(**names)]
        shown: list[nodes.Element] = [nodes.paragraph("", "", *parts, **names)] if parts else [nodes.target(**names)]
        if caption is not None:
            shown.append(nodes.paragraph("", "", nodes.emphasis("", "", *caption.children)))
        return shown

    def _image(self, node: cdc_diagram) -> nodes.image | None:
        build = Build.of(self.env)
        if not node["drawn"]:
            return None
        try:
            picture = build.picture(node)
        except ProblemsError as error:
            warn_all(error.problems)
            build.report.failed(node)
            return None
        content = picture.standalone("light", build.pictures.palette).encode("utf-8")
        name = f"cdc-{hashlib.sha256(content).hexdigest()[:20]}.svg"
        uri = self._saved(name, content)
        return nodes.image("", uri=uri, candidates={"*": uri}, alt=node["alt"] or node["title"]) if uri else None

    def _saved(self, name: str, content: bytes) -> str:
        """Write the file of a picture and return its address for the builder, "" if it cannot be written."""
        docname = self.env.current_document.docname
        if self._builder.supported_image_types:
            path = Path(self.env.doctreedir, FOLDER, name)
            # As Sphinx does with images that it converts: a builder that has images copies it from there.
            self.env.images.add_file(docname, str(path))
            return str(path) if write_output(path, content) else ""
        # A builder without images writes the address as it is.
        path = Path(self._builder.outdir, IMAGES, name)
        return relative_uri(docname, f"{IMAGES}/{name}") if write_output(path, content) else ""

    @property
    def _builder(self) -> Builder:
        return Build.of(self.env).writer


def _heading(part: nodes.Node) -> list[Element]:
    """Return the heading of what is below a picture."""
    titles: dict[type[nodes.Node], str] = {cdc_explanations: _("Explanations"), cdc_sources: _("Sources")}
    title = titles.get(type(part))
    return [nodes.paragraph("", "", nodes.strong("", title))] if title else []
