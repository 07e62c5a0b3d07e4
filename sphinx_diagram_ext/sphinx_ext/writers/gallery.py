"""Galleries in HTML: small pictures that load late, and a filter over what the cards say."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_diagram_ext.drawing.themed import darkened
from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.locale import _
from sphinx_diagram_ext.sphinx_ext.output.files import write_output
from sphinx_diagram_ext.sphinx_ext.output.images import image, save_picture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from sphinx_diagram_ext.sphinx_ext.domain.records import DiagramRecord
    from sphinx_diagram_ext.sphinx_ext.nodes import cdc_filter, cdc_picture

FACETS = ("type", "category", "tag", "system")
"""Fields that readers choose from; see :data:`sphinx_diagram_ext.sphinx_ext.domain.records.FIELDS`."""

FILTER_FROM = 9
"""How many diagrams a gallery has at least to get a filter; fewer are seen at a glance."""

WORDS = "cdc-gallery-words.js"

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
    """Return what a reader can choose a card by."""
    data = {field: _SEPARATOR.join(item.values(field)) for field in FACETS}
    return {name: value for name, value in {"id": item.id, **data}.items() if value}


def write_words(app: Sphinx, exception: Exception | None) -> None:
    """Write what readers can find cards by besides the words on them: labels, details and explanations.

    It is most of what a filter needs and in no page: the script fetches it when a reader is about to write.
    A script, for a page from the disk may not read ``diagrams.json``.
    """
    if exception is not None or app.builder.format != "html" or app.builder.name == "epub":
        return
    domain = DiagramDomain.of(app.env)
    firsts = [places[0] for places in domain.diagrams().values()]
    galleries = [terms for indexes in domain.indexes.values() for terms, pictures in indexes if pictures]
    members = [[item for item in firsts if item.matches(terms)] for terms in galleries]
    found = {item.id: _words(item) for listed in members if len(listed) >= FILTER_FROM for item in listed}
    target = Path(app.outdir, "_static", WORDS)
    if found:
        pairs = ",\n".join(json.dumps(pair, ensure_ascii=False) for pair in sorted(found.items()))
        event = 'document.dispatchEvent(new CustomEvent("cdc-words", {detail: [\n%s\n]}));\n'
        write_output(target, event % pairs)
    else:
        with contextlib.suppress(OSError):
            target.unlink()


def _words(item: DiagramRecord) -> str:
    """Return each word once that neither the card nor its fields have."""
    texts = [item.id, *(text for node in item.parts.nodes for text in (node.label, *node.details, node.explanation))]
    shown = {*_split(item.title), *_split(item.summary)}
    return " ".join(dict.fromkeys(word for text in texts for word in _split(text) if word not in shown))


def _split(text: str) -> list[str]:
    return [word for part in text.casefold().split() if (word := part.strip(".,;:!?()[]«»“”„\"'"))]


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
            # pydata-sphinx-theme gives other images a white ground in the dark.
            name = f"cdc-when-{scheme} dark-light"
            self.body.append(image(save_picture(self, content), "", name, ' loading="lazy"'))
    self.body.append("</div>\n")


def _drawn(self: Any, node: cdc_picture) -> str | None:
    session = DiagramDomain.of(self.builder.env).session
    try:
        if "shown" in node:
            return session.picture(*node["shown"].unpack())
        return session.picture(*session.complete(session.catalog.get(node["thumbnail"])))
    except ProblemsError:  # its own page says so
        return None
