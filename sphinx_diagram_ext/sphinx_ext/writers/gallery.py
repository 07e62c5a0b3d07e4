"""Galleries in HTML: small pictures that load late, and a filter over what the cards say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.locale import _
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram
from sphinx_diagram_ext.sphinx_ext.output.images import image, save_picture

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.picture import Picture
    from sphinx_diagram_ext.mermaid import MermaidSource
    from sphinx_diagram_ext.model import Diagram
    from sphinx_diagram_ext.sphinx_ext.nodes import cdc_filter, cdc_picture


def html_visit_cdc_filter(self: Any, node: cdc_filter) -> None:
    """Write the form; a style shows it where scripts run, so that nothing moves when ours does."""
    if self.builder.name == "epub":
        raise nodes.SkipNode
    # Not "q": Sphinx takes the first field of that name for its own search (key "/").
    total = node["total"]
    texts = {"count": _("%s of %s diagrams"), "none": _("No diagram matches."), "total": str(total)}
    attributes = " ".join(f'data-{name}="{self.attval(text)}"' for name, text in texts.items())
    fields = "".join(_choice(self, field, values) for field, values in node["facets"])
    label = self.attval(_("Filter of the gallery"))
    self.body.append(
        f'<form class="cdc-filter" role="search" aria-label="{label}" autocomplete="off" {attributes}>'
        f'<label class="cdc-filter-text"><span>{_("Text")}</span>'
        f'<input type="search" name="text" spellcheck="false" /></label>{fields}'
        f'<button type="reset">{_("Clear")}</button>'
        f'<p class="cdc-filter-count" role="status">{self.encode(texts["count"] % (total, total))}</p></form>\n'
    )
    raise nodes.SkipNode


def _choice(self: Any, field: str, values: list[tuple[str, int]]) -> str:
    names = {
        "type": _("Type"),
        "category": _("Category"),
        "subject": _("Subject"),
        "view": _("View"),
        "tag": _("Tag"),
        "system": _("System"),
        "tone": _("Tone"),
        "status": _("Status"),
    }
    options = "".join(
        f'<option value="{self.attval(value)}">{self.encode(value)} ({count})</option>' for value, count in values
    )
    return (
        f'<label><span>{names[field]}</span><select name="{field}">'
        f'<option value="">{_("all")}</option>{options}</select></label>'
    )


def html_write_thumbnail(self: Any, node: cdc_picture) -> None:
    """Write a small picture as an image of its own file, one for each scheme.

    Thousands of them on a page would be megabytes of HTML; a browser loads an image when it
    comes near, and none that its scheme hides.
    """
    data: dict[str, str] = node["data"]
    attributes = "".join(f' data-{name}="{self.attval(value)}"' for name, value in data.items())
    self.body.append(f'<div class="cdc-thumbnail"{attributes}>')
    picture = _drawn(self, node)
    if picture is not None and self.builder.name == "epub":
        self.body.append(image(save_picture(self, picture), self.attval(node["title"]), "cdc-image"))
    elif picture is not None:
        for scheme in ("light", "dark"):
            # pydata-sphinx-theme gives other images a white ground in the dark.
            name = f"cdc-when-{scheme} dark-light"
            self.body.append(image(save_picture(self, picture, scheme), "", name, ' loading="lazy"'))
    self.body.append("</div>\n")


def _drawn(self: Any, node: cdc_picture) -> Picture | None:
    env = self.builder.env
    build = Build.of(env)

    def find() -> tuple[Diagram, MermaidSource]:
        if not node["owner"]:
            return build.complete(build.catalog.get(node["thumbnail"]))
        shown = env.get_doctree(node["owner"]).findall(cdc_diagram)
        return build.shown(next(one for one in shown if one["diagram_id"] == node["thumbnail"]))

    try:
        return build.pictures.thumbnail(node["content"], find)
    except ProblemsError:  # its own page says so
        return None
