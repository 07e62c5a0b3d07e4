"""Rules about texts and names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_diagram_ext.lint.finding import Hit, Severity
from sphinx_diagram_ext.lint.rule import rule
from sphinx_diagram_ext.lint.texts import command_texts, edge_line, explanations, groups, node_line, words
from sphinx_diagram_ext.model import RawMermaid, Sequence, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.lint.context import Context
    from sphinx_diagram_ext.model import Diagram

_PLACEHOLDER = re.compile(
    r"""\b(?:TODO|TBD|FIXME|XXX)\b
      | (?i:\blorem\s+ipsum\b|\bplaceholder\b|\byour\s\w+\shere\b|^untitled\b|\?\?\?)
      | (?i:^(?:foo|bar|baz|qux|asdf)$|\bfoobar\b)
      | (?i:^(?:service|component|system|module|app|application|team|сервис|компонент|система|модуль)\s)[A-ZА-Я](?=$|\s)
    """,  # noqa: RUF001  Russian sites have placeholders too
    re.VERBOSE,
)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*")
_KEY = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")


@rule("summary-missing", Severity.WARNING)
def summary_missing(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """A diagram has no summary.

    The summary is what people hear who cannot see the picture, what a search shows and what an
    index prints. Say in a sentence or two what the picture shows.
    """
    del context
    if diagram.summary is None:
        yield Hit(diagram.title.line, "The diagram has no summary; say in a sentence what it shows.")


@rule("placeholder-text", Severity.WARNING)
def placeholder_text(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """A text is still a placeholder, such as "TODO" or "Service A".

    A picture of "Service A" and "Service B" tells nothing about any system. Name what is really
    there; where the point is the pattern, use the names of roles ("Producer", "Broker").
    """
    del context
    about = [diagram.title, *([diagram.summary] if diagram.summary else [])]
    for item in (*about, *words(diagram), *explanations(diagram), *command_texts(diagram)):
        found = _PLACEHOLDER.search(item.text)
        if found:
            yield Hit(
                item.line, f"The text {_short(item.text)} is a placeholder ({found[0].strip()!r}); say what it is."
            )


@rule("label-too-long", Severity.WARNING, thresholds=("label_length", "edge_label_length"))
def label_too_long(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """A label is longer than can be read on a picture.

    A label names, an explanation explains. Keep the name in `name:`, what belongs to it in
    `details:`, and move sentences to `explain:`, where there is room and markup for them.
    """
    limit = context.thresholds.label_length
    for node in diagram.nodes:
        for item in (node.label, *node.details):
            line = _longest_line(item.text)
            # The lines of a label in Mermaid source are not known apart, so it counts only in one piece.
            if len(line) > limit and _in_one_piece(diagram, item.text):
                yield Hit(
                    item.line if node.details else node_line(diagram, node),
                    f"The label {_short(line)} has {len(line)} characters, more than {limit};"
                    " move the rest to 'details' or 'explain'.",
                )
    limit = limit if isinstance(diagram.body, Sequence) else context.thresholds.edge_label_length
    for edge in diagram.edges:
        line = _longest_line(edge.label.text) if edge.label else ""
        if edge.label and len(line) > limit and _in_one_piece(diagram, edge.label.text):
            yield Hit(
                edge_line(diagram, edge),
                f"The label {_short(line)} of an edge has {len(line)} characters, more than {limit}; shorten it.",
            )


@rule("explanation-missing", Severity.INFO, thresholds=("hub_edges",))
def explanation_missing(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """A node that matters has no explanation.

    A node with the tone "problem", "caution" or "healthy" makes a claim, and the node with the
    most edges is the one that readers ask about. `explain:` answers them below the picture.
    """
    edges: dict[str, int] = {}
    for edge in diagram.edges:
        for end in {edge.source, edge.target}:
            edges[end] = edges.get(end, 0) + 1
    most = max(edges.values(), default=0)
    for node in diagram.nodes:
        if node.explain is not None:
            continue
        name = _short(node.label.text)
        if node.tone in (Tone.PROBLEM, Tone.CAUTION, Tone.HEALTHY):
            yield Hit(node_line(diagram, node), f"The node {name} has the tone {str(node.tone)!r} and no explanation.")
        elif edges.get(node.key, 0) == most and most >= context.thresholds.hub_edges:
            yield Hit(node_line(diagram, node), f"The node {name} has the most edges ({most}) and no explanation.")


@rule("naming", Severity.WARNING)
def naming(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """An id or key is not lower-case ASCII with hyphens.

    Ids become addresses and file names, keys become anchors that others link to. Lower-case
    letters, digits and hyphens (in keys also `_`) are the same in every file system and browser.
    After renaming a file, keep its old id below `aliases:`.
    """
    del context
    if not _ID.fullmatch(diagram.id):
        yield Hit(
            diagram.line,
            f"The id {diagram.id!r} is not made of lower-case letters, digits and hyphens;"
            " rename the file and add the old id to 'aliases'.",
        )
    if isinstance(diagram.body, RawMermaid):
        return
    # The key of a part inside a part holds both, joined by a full stop or a line break.
    keys = [(node.key, node.label.line) for node in diagram.nodes]
    keys += [(group.key, group.label.line) for group in groups(diagram)]
    for key, line in keys:
        if not all(_KEY.fullmatch(part) for part in re.split(r"[.\n]", key)):
            yield Hit(line, f"The key {key!r} is not made of lower-case letters, digits, '-' and '_'; rename it.")


def _longest_line(text: str) -> str:
    return max(text.split("\n"), key=len)


def _in_one_piece(diagram: Diagram, text: str) -> bool:
    return not isinstance(diagram.body, RawMermaid) or text in diagram.body.source


def _short(text: str, limit: int = 40) -> str:
    # Rules of line-drawing characters set the parts of labels apart in Mermaid text.
    text = " ".join(re.sub(r"[\u2500-\u257f]+", " ", text).split())
    return repr(text if len(text) <= limit else f"{text[: limit - 3].rstrip()}...")
