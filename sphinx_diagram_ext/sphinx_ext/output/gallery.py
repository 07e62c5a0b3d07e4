"""Gallery data: what readers can choose cards by, and the words that find them."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.output.files import write_output

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from sphinx_diagram_ext.sphinx_ext.domain.records import DiagramRecord


FACETS = ("type", "category", "subject", "view", "tag", "system", "tone", "status")
"""Fields that readers choose from; see :data:`sphinx_diagram_ext.sphinx_ext.domain.records.INDEX_FIELDS`."""


FILTER_FROM = 9
"""How many diagrams a gallery has at least to get a filter; fewer are seen at a glance."""


WORDS = "cdc-gallery-words.js"


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
    values = {field: [" ".join(value.splitlines()) for value in item.values(field)] for field in FACETS}
    return {"id": item.id, **{field: json.dumps(found, ensure_ascii=False) for field, found in values.items() if found}}


def write_words(app: Sphinx, exception: Exception | None) -> None:
    """Write what readers can find cards by besides the words on them: labels, details, explanations and commands.

    It is most of what a filter needs and in no page: the script fetches it when a reader is about to write.
    A script, for a page from the disk may not read ``diagrams.json``.
    """
    if exception is not None or app.builder.format != "html" or app.builder.name == "epub":
        return
    domain = DiagramDomain.of(app.env)
    firsts = [records[0] for records in domain.diagrams().values()]
    galleries = [terms for state in domain.pages.values() for terms, pictures in state.indexes if pictures]
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
    parts = item.parts
    texts = [
        item.id,
        *item.symptoms,
        *item.messages,
        *(text for node in parts.nodes for text in (node.label, *node.details, node.explanation)),
    ]
    texts += [text for command in parts.commands for text in command[1:]]
    shown = {*_split(item.title), *_split(item.summary)}
    return " ".join(dict.fromkeys(word for text in texts for word in _split(text) if word not in shown))


def _split(text: str) -> list[str]:
    return [word for part in text.casefold().split() if (word := part.strip(".,;:!?()[]«»“”„\"'"))]
