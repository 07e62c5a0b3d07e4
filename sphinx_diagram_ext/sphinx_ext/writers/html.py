"""Visitors for HTML: the nodes of a diagram as tags."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinxcontrib.mermaid import mermaid

from sphinx_diagram_ext.drawing.picture import Picture
from sphinx_diagram_ext.drawing.swatch import swatch
from sphinx_diagram_ext.errors import ProblemsError, located
from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.locale import _, tones
from sphinx_diagram_ext.sphinx_ext.logging import warn_all
from sphinx_diagram_ext.sphinx_ext.nodes import (
    cdc_alternative,
    cdc_backlinks,
    cdc_diagram,
    cdc_explanations,
    cdc_missing,
    cdc_picture,
    cdc_sources,
    unpack,
)
from sphinx_diagram_ext.sphinx_ext.output import images, widths
from sphinx_diagram_ext.sphinx_ext.writers import alternative, gallery
from sphinx_diagram_ext.sphinx_ext.writers.common import note_written
from sphinx_diagram_ext.sphinx_ext.writers.yaml_highlight import highlighted
from sphinx_diagram_ext.yaml_comments import without_comments, without_mermaid_comments

if TYPE_CHECKING:
    from docutils.nodes import Element

    from sphinx_diagram_ext.model import Tone
    from sphinx_diagram_ext.sphinx_ext.nodes import cdc_legend

WIDE = 1_000
"""Width in CSS pixels from which a picture scrolls in its frame instead of shrinking."""

_MOST_SAID = 10
"""Problems of one diagram that a page repeats."""


def html_visit_cdc_diagram(self: Any, node: cdc_diagram) -> None:
    """Open the figure."""
    unpack(node)
    note_written(self, node)
    classes = ["cdc-diagram", f"align-{node['align']}", f"cdc-type-{node['type']}"]
    if "tools" not in node["show"]:
        classes.append("cdc-no-tools")
    self.body.append(self.starttag(node, "figure", CLASS=" ".join(classes)))


def html_depart_cdc_diagram(self: Any, node: cdc_diagram) -> None:
    """Write the data of the diagram, folded, and close the figure."""
    if self.builder.name != "epub" and "data" in node["show"]:
        self.body.append(_details("cdc-data", _("Data")))
        yaml = without_comments(Build.of(self.builder.env).source_of(node))
        mermaid_text = _mermaid_text(node)
        if node["type"] == "mermaid":
            yaml, mermaid_text = map(without_mermaid_comments, (yaml, mermaid_text))
        if yaml:
            self.body.append(highlighted(yaml))
        self.body.append(f'<pre class="cdc-mermaid">{self.encode(mermaid_text)}</pre>\n</details>\n')
    self.body.append("</figure>\n")


def html_visit_cdc_missing(self: Any, node: cdc_missing) -> None:
    """Say in place of a diagram why there is none, to an author who looks at the page."""
    domain = DiagramDomain.of(self.builder.env)
    said = []
    for problem in node["problems"][:_MOST_SAID]:
        path = domain.relative_path(problem.path) if problem.path else ""
        where = located(path, problem.line, problem.column, "").rstrip(": ")
        before = f"<code>{self.encode(where)}</code> " if where else ""
        said.append(f"<li>{before}{self.encode(problem.message)}</li>")
    title = (
        _("This diagram cannot be shown: %s") % node["diagram_id"]
        if node["diagram_id"]
        else _("This diagram cannot be shown")
    )
    self.body.append(self.starttag(node, "div", CLASS="cdc-missing", role="note"))
    self.body.append(f"<p><strong>{self.encode(title)}</strong></p>\n<ul>{''.join(said)}</ul></div>\n")
    raise nodes.SkipNode


def _mermaid_text(node: cdc_diagram) -> str:
    for part in node.findall(nodes.Element):
        if isinstance(part, cdc_picture | mermaid):
            return str(part.get("original") or part["code"])
    return ""


def html_visit_cdc_picture(self: Any, node: cdc_picture) -> None:
    """Write the picture: inline SVG, or an image where a page cannot hold SVG."""
    if "thumbnail" in node:
        gallery.html_write_thumbnail(self, node)
        raise nodes.SkipNode
    owner: Any = node.parent
    build = Build.of(self.builder.env)
    try:
        picture = build.picture(owner)
    except ProblemsError as error:
        warn_all(error.problems)
        build.report.failed(owner)
        self.body.append(f'<pre class="cdc-source">{self.encode(node["code"])}</pre>\n')
        raise nodes.SkipNode from None
    if self.builder.name == "epub":
        alt = self.attval(_said(owner))
        self.body.append(images.image(images.save_picture(self, picture), alt, "cdc-image"))
        raise nodes.SkipNode
    if f"{owner['ids'][0]}-narrow" in self.document.ids:  # ids of both pictures would be the same
        picture = replace(picture, narrow=None)
    self.body.append(_framed(picture, owner, self.attval(owner["title"])))
    _forget_drawn_ids(owner, {f"{owner['ids'][0]}--{part}" for part in picture.anchors})
    raise nodes.SkipNode


def _said(owner: Element) -> str:
    """Return what a book says in the place of a picture: its title, and what is said of it as a whole."""
    said = [part for found in owner.findall(cdc_alternative) for part in found["remarks"]]
    return ". ".join(dict.fromkeys(text.rstrip(".") for text in (owner["title"], *said)))


def _framed(picture: Picture, owner: Element, label: str) -> str:
    """Return a picture in its frame, which is named *label*; both forms of it where it has two."""
    anchor, width = owner["ids"][0], owner["width"]
    interactive = owner.next_node(cdc_explanations) is not None
    stage, frame = "cdc-stage", "cdc-frame"
    inline = partial(Picture.inline, interactive=interactive, label=owner["alt"], links=owner.get("links", {}))
    narrow = picture.narrow if picture.narrow and picture.narrow.width < picture.width else None
    if narrow:
        svg = inline(picture, anchor, width=width, name=widths.WIDE_FORM)
        svg += inline(narrow, f"{anchor}-narrow", name=widths.NARROW_FORM)
        room = f"{widths.ROOM} {widths.room_class(picture, width)}"
        wide = narrow.width > widths.PHONE
    else:
        svg = inline(picture, anchor, width=width)
        room = widths.ROOM if picture.width <= widths.PHONE and not width else ""
        wide = picture.width > WIDE and not width
    if wide:
        frame += " cdc-wide"
    if width:
        stage += " cdc-sized"
    framed = (
        f'<div class="{stage}"><div class="{frame}" role="group" aria-label="{label}" tabindex="0">{svg}</div></div>'
    )
    return f'<div class="{room}">{framed}</div>\n' if room else f"{framed}\n"


def _forget_drawn_ids(owner: Element, drawn: set[str]) -> None:
    """Take the anchors that are in the picture now off the lists below it."""
    for part in owner.findall(nodes.Element):
        if isinstance(part, cdc_alternative):
            part["drawn"] = drawn
        elif isinstance(part, nodes.term):
            # It keeps a name of its own: the script finds the explanation of a node by it.
            part["ids"] = [f"{name}-text" if name in drawn else name for name in part["ids"]]


def _details(name: str, title: str, *, opened: bool = False) -> str:
    state = ' open="open"' if opened else ""
    return f'<details class="{name}"{state}><summary>{title}</summary>\n'


def html_visit_cdc_explanations(self: Any, node: cdc_explanations) -> None:
    """Open the explanations."""
    _open_part(self, "cdc-explanations", _("Explanations"), opened=True)


def html_visit_cdc_alternative(self: Any, node: cdc_alternative) -> None:
    """Write the text alternative, folded; open it if it is the source, which is written as a node."""
    self.body.append(_details("cdc-alternative", _("Diagram as text")))
    owner = node.parent
    if len(node) and isinstance(node[0], nodes.Text) and isinstance(owner, cdc_diagram):
        self.body.append(alternative.html(node))
        self.body.append("</details>\n")
        raise nodes.SkipNode
    self.context.append("</details>\n")


def html_visit_cdc_legend(self: Any, node: cdc_legend) -> None:
    """Write the legend: a line of text with a swatch, which says nothing more, before each word."""
    words = tones()
    entries = ", ".join(f'<span class="cdc-tone">{_swatch(self, tone)} {words[tone]}</span>' for tone in node["tones"])
    self.body.append(f'<p class="cdc-legend">{_("Colours and marks:")} {entries}</p>\n')
    raise nodes.SkipNode


def _swatch(self: Any, tone: Tone) -> str:
    if self.builder.name == "epub":
        return images.image(images.save_picture(self, swatch(tone)), "", "cdc-swatch").rstrip()
    return f'<span class="cdc-swatch" aria-hidden="true">{swatch(tone).inline("")}</span>'


def html_visit_cdc_sources(self: Any, node: cdc_sources) -> None:
    """Open the sources, folded."""
    _open_part(self, "cdc-sources", _("Sources"))


def _open_part(self: Any, name: str, title: str, *, opened: bool = False) -> None:
    """Open what folds on a site and is open in a book, which few readers can unfold."""
    if self.builder.name == "epub":
        self.body.append(f'<div class="{name}">\n<p><strong>{title}</strong></p>\n')
        self.context.append("</div>\n")
    else:
        self.body.append(_details(name, title, opened=opened))
        self.context.append("</details>\n")


def html_depart_part(self: Any, node: Element) -> None:
    """Close what was opened."""
    self.body.append(self.context.pop())


def html_visit_block(self: Any, node: Element) -> None:
    """Open a plain block."""
    name = "cdc-backlinks" if isinstance(node, cdc_backlinks) else "cdc-index"
    self.body.append(self.starttag(node, "div", CLASS=name))


def html_depart_block(self: Any, node: Element) -> None:
    """Close a plain block."""
    self.body.append("</div>\n")
