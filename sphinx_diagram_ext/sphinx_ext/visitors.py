"""Visitors: how each builder writes a diagram's nodes."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import _

from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.sphinx_ext import latex
from sphinx_diagram_ext.sphinx_ext.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.logging import warn_all
from sphinx_diagram_ext.sphinx_ext.nodes import (
    cdc_alternative,
    cdc_backlinks,
    cdc_diagram,
    cdc_explanations,
    cdc_index,
    cdc_label,
    cdc_labels,
    cdc_missing,
    cdc_picture,
    cdc_sources,
)
from sphinx_diagram_ext.sphinx_ext.output import write_output
from sphinx_diagram_ext.svg import ANCHOR, themed

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx

WIDE = 1_000
"""Width in CSS pixels from which a picture scrolls in its frame instead of shrinking."""


def skip(self: Any, node: Element) -> None:
    """Write nothing."""
    del self, node
    raise nodes.SkipNode


def passing(self: Any, node: Element) -> None:
    """Write the children only."""
    del self, node


def note_written(self: Any, node: cdc_diagram) -> None:
    """Count the diagram and write its children."""
    DiagramDomain.of(self.builder.env).session.tally.wrote(node)


# -- HTML -------------------------------------------------------------------------------------


def html_visit_cdc_diagram(self: Any, node: cdc_diagram) -> None:
    """Open the figure."""
    note_written(self, node)
    classes = ["cdc-diagram", f"align-{node['align']}", f"cdc-type-{node['diagram'].type}"]
    self.body.append(self.starttag(node, "figure", CLASS=" ".join(classes)))


def html_depart_cdc_diagram(self: Any, node: cdc_diagram) -> None:
    """Write the data of the diagram, folded, and close the figure."""
    if self.builder.name != "epub":
        session = DiagramDomain.of(self.builder.env).session
        self.body.append(_details("cdc-data", _("Data")))
        yaml = session.source_of(node["diagram"])
        if yaml:
            self.body.append(self.highlighter.highlight_block(yaml, "yaml"))
        source = self.encode(node["expansion"].source)
        self.body.append(f'<pre class="cdc-mermaid">{source}</pre>\n</details>\n')
    self.body.append("</figure>\n")


def html_visit_cdc_picture(self: Any, node: cdc_picture) -> None:
    """Write the picture: inline SVG, or an image where a page cannot hold SVG."""
    domain = DiagramDomain.of(self.builder.env)
    owner = node.parent
    if "thumbnail" in node:
        _thumbnail(self, node, domain)
        raise nodes.SkipNode
    diagram = owner["diagram"]
    try:
        svg = domain.session.picture(diagram, owner["expansion"])
    except ProblemsError as error:
        warn_all(error.problems)
        domain.session.tally.failed(owner)
        source = self.encode(owner["expansion"].source)
        self.body.append(f'<pre class="cdc-source">{source}</pre>\n')
        raise nodes.SkipNode from None
    if self.builder.name == "epub":
        self.body.append(_image(self, svg, owner.get("alt") or diagram.title.text))
        raise nodes.SkipNode
    anchor = owner["ids"][0]
    svg = themed(svg).replace(ANCHOR, anchor)
    if owner.next_node(cdc_explanations) is not None:
        # Nodes become buttons, which a plain image would hide from a screen reader.
        svg = svg.replace('role="img"', 'role="group"', 1)
    if owner.get("alt"):
        svg = svg.replace(f'aria-labelledby="{anchor}-title"', f'aria-label="{self.attval(owner["alt"])}"', 1)
    wide = " cdc-wide" if _width(svg) > WIDE and not owner.get("width") else ""
    sized = " cdc-sized" if owner.get("width") else ""
    if owner.get("width"):
        svg = _resized(svg, owner["width"])
    label = self.attval(diagram.title.text)
    self.body.append(
        f'<div class="cdc-stage{sized}">'
        f'<div class="cdc-frame{wide}" role="group" aria-label="{label}" tabindex="0">{svg}</div></div>\n'
    )
    _forget_drawn_ids(owner, svg)
    raise nodes.SkipNode


def _resized(svg: str, width: str) -> str:
    """Return *svg* with another width, as an attribute: policies forbid inline styles."""
    return re.sub(r'width="[\d.]+" height="[\d.]+"', f'width="{width}"', svg, count=1)


def _forget_drawn_ids(owner: Element, svg: str) -> None:
    """Take the anchors that stand in the picture now off the lists below it."""
    drawn = {anchor for anchor in owner["node_ids"].values() if f'id="{anchor}"' in svg}
    for part in owner.findall(nodes.Element):
        if isinstance(part, nodes.list_item | nodes.term):
            # A term keeps a name of its own: the script finds the explanation of a node by it.
            named = isinstance(part, nodes.term)
            part["ids"] = [
                f"{name}-text" if name in drawn else name for name in part["ids"] if named or name not in drawn
            ]


def _thumbnail(self: Any, node: cdc_picture, domain: DiagramDomain) -> None:
    diagram_id = node["thumbnail"]
    try:
        if "diagram" in node:
            diagram, expansion = node["diagram"], node["expansion"]
        else:
            diagram, expansion = domain.session.complete(domain.session.catalog.get(diagram_id))
        svg = domain.session.picture(diagram, expansion)
    except ProblemsError:
        return
    if self.builder.name == "epub":
        self.body.append(_image(self, svg, diagram.title.text))
        return
    digest = hashlib.sha256(diagram_id.encode()).hexdigest()[:8]
    svg = themed(svg).replace(ANCHOR, f"thumb-{digest}").replace("<svg ", '<svg aria-hidden="true" ', 1)
    svg = svg.replace(' class="cdc-node" id=', ' class="cdc-node" data-key=')
    self.body.append(f'<div class="cdc-thumbnail">{svg}</div>\n')


def _image(self: Any, svg: str, alt: str) -> str:
    """Write *svg* as a file of its own and return the element that shows it."""
    content = svg.replace(ANCHOR, "cdc")
    name = f"cdc-{hashlib.sha256(content.encode()).hexdigest()[:20]}.svg"
    write_output(Path(self.builder.outdir, self.builder.imagedir, name), content)
    return f'<img class="cdc-image" src="{self.builder.imgpath}/{name}" alt="{self.attval(alt)}" />\n'


def _width(svg: str) -> float:
    return float(svg.split('width="', 1)[1].split('"', 1)[0])


def _details(name: str, title: str, *, opened: bool = False) -> str:
    state = " open" if opened else ""
    return f'<details class="{name}"{state}><summary>{title}</summary>\n'


def html_visit_cdc_explanations(self: Any, node: cdc_explanations) -> None:
    """Open the explanations."""
    del node
    self.body.append(_details("cdc-explanations", _("Explanations"), opened=True))


def html_visit_cdc_alternative(self: Any, node: cdc_alternative) -> None:
    """Open the text alternative, folded."""
    del node
    self.body.append(_details("cdc-alternative", _("Diagram as text")))


def html_visit_cdc_sources(self: Any, node: cdc_sources) -> None:
    """Open the sources, folded."""
    del node
    self.body.append(_details("cdc-sources", _("Sources")))


def html_depart_details(self: Any, node: Element) -> None:
    """Close what folds."""
    del node
    self.body.append("</details>\n")


def html_visit_block(self: Any, node: Element) -> None:
    """Open a plain block."""
    name = "cdc-backlinks" if isinstance(node, cdc_backlinks) else "cdc-index"
    self.body.append(self.starttag(node, "div", CLASS=name))


def html_depart_block(self: Any, node: Element) -> None:
    """Close a plain block."""
    del node
    self.body.append("</div>\n")


# -- Texinfo ------------------------------------------------------------------------------------


def texinfo_visit_cdc_diagram(self: Any, node: cdc_diagram) -> None:
    """Write the caption and then everything that stands for the picture."""
    note_written(self, node)
    for caption in [part for part in node if isinstance(part, nodes.caption)]:
        node.remove(caption)
        self.body.append("\n\n@strong{")
        for child in caption.children:
            child.walkabout(self)
        self.body.append("}\n\n")


# -- registration ---------------------------------------------------------------------------------


def register(app: Sphinx) -> None:
    """Give every builder visitors for every node."""
    plain = (passing, passing)
    app.add_enumerable_node(
        cdc_diagram,
        "cdc-diagram",
        None,
        html=(html_visit_cdc_diagram, html_depart_cdc_diagram),
        latex=(latex.visit_cdc_diagram, latex.depart_cdc_diagram),
        texinfo=(texinfo_visit_cdc_diagram, passing),
        text=(note_written, passing),
        man=(note_written, passing),
    )
    for hidden in (cdc_missing, cdc_labels, cdc_label):
        _add(app, hidden, html=(skip, None), others=(skip, None))
    _add(app, cdc_picture, html=(html_visit_cdc_picture, None), others=(skip, None))
    app.add_latex_package("rotating")
    for kind, visit in (
        (cdc_explanations, html_visit_cdc_explanations),
        (cdc_alternative, html_visit_cdc_alternative),
        (cdc_sources, html_visit_cdc_sources),
    ):
        _add(app, kind, html=(visit, html_depart_details), others=plain)
    for block in (cdc_backlinks, cdc_index):
        _add(app, block, html=(html_visit_block, html_depart_block), others=plain)


def _add(app: Sphinx, kind: type[Element], html: Any, others: Any) -> None:
    app.add_node(kind, html=html, latex=others, texinfo=others, text=others, man=others)
