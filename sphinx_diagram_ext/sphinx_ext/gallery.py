"""Galleries in HTML: small pictures that load late, and a filter over what the cards say."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.sphinx_ext.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.locale import _
from sphinx_diagram_ext.sphinx_ext.output import write_output
from sphinx_diagram_ext.svg import darkened, standalone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_diagram_ext.sphinx_ext.nodes import cdc_filter, cdc_picture
    from sphinx_diagram_ext.sphinx_ext.records import DiagramRecord

FACETS = ("type", "category", "tag", "system")
"""Fields that readers choose from; see :data:`sphinx_diagram_ext.sphinx_ext.records.FIELDS`."""

FILTER_FROM = 9
"""How many diagrams a gallery has at least to get a filter; fewer are seen at a glance."""

_SEPARATOR = "␟"
"""Stands between values in an attribute, where docutils turns line breaks into spaces."""


def facets(members: Iterable[DiagramRecord]) -> list[tuple[str, list[tuple[str, int]]]]:
    """Return the fields that tell *members* apart: for each its values, with how many have them."""
    found = []
    listed = list(members)
    for field in FACETS:
        counts: dict[str, int] = {}
        for item in listed:
            for value in set(item.values(field)):
                counts[value] = counts.get(value, 0) + 1
        if any(count < len(listed) for count in counts.values()):
            found.append((field, sorted(counts.items())))
    return found


def card_data(item: DiagramRecord) -> dict[str, str]:
    """Return what a reader can find a card by besides the words that it shows."""
    data = {field: _SEPARATOR.join(item.values(field)) for field in FACETS}
    shown = f"{item.title} {item.summary}".casefold().split()
    words = [
        item.id,
        *(word for node in item.parts.nodes for text in (node.label, *node.details) for word in text.split()),
    ]
    own = dict.fromkeys(word.casefold() for word in words)
    for word in shown:
        own.pop(word, None)
    return {name: value for name, value in {"id": item.id, **data, "words": " ".join(own)}.items() if value}


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
    names = {"type": _("Type"), "category": _("Category"), "tag": _("Tag"), "system": _("System")}
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
    svg = _drawn(self, node)
    if svg is not None and self.builder.name == "epub":
        self.body.append(image(save_picture(self, svg), self.attval(node["title"]), "cdc-image"))
    elif svg is not None:
        for scheme, content in (("light", svg), ("dark", darkened(svg))):
            self.body.append(image(save_picture(self, content), "", f"cdc-when-{scheme}", ' loading="lazy"'))
    self.body.append("</div>\n")


def _drawn(self: Any, node: cdc_picture) -> str | None:
    session = DiagramDomain.of(self.builder.env).session
    try:
        if "shown" in node:
            return session.picture(*node["shown"].unpack())
        return session.picture(*session.complete(session.catalog.get(node["thumbnail"])))
    except ProblemsError:  # its own page says so
        return None


def image(source: str, alt: str, name: str, more: str = "") -> str:
    """Return the element that shows the file *source*."""
    return f'<img class="{name}" src="{source}" alt="{alt}"{more} />\n'


def save_picture(self: Any, svg: str) -> str:
    """Write *svg* as a file of its own and return its address from the page."""
    content = standalone(svg)
    name = f"cdc-{hashlib.sha256(content.encode()).hexdigest()[:20]}.svg"
    write_output(Path(self.builder.outdir, self.builder.imagedir, name), content)
    return f"{self.builder.imgpath}/{name}"
