"""Commands on a page: lines to copy, and what is said about them.

The lines are text and nothing else: no role, no reference and no translation changes what a reader copies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_diagram_ext.sphinx_ext.domain.records import CommandRecord
from sphinx_diagram_ext.sphinx_ext.locale import _
from sphinx_diagram_ext.sphinx_ext.markup.explanations import parse_explanation
from sphinx_diagram_ext.sphinx_ext.markup.origin import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.model import Command, Explained

LINES = "cdc-command"
"""Class of the lines."""


def command_nodes(
    item: Explained, command: Command, origin: Origin, name: str
) -> tuple[list[nodes.Element], CommandRecord]:
    """Return the nodes of the *command* of *item*, which readers know by its *name*, and its record."""
    lines = lines_block(command.run.text)
    lines.source, lines.line = origin.path, command.run.line
    found: list[nodes.Element] = [lines]
    texts = []
    for lead, message in ((_("Expect"), command.expect), (_("Then"), command.then)):
        own = Origin(origin.env, origin.page, origin.path, message.line) if message else origin
        paragraphs = parse_explanation(message.text, own) if message else []
        texts.append("\n\n".join(paragraph.astext() for paragraph in paragraphs))
        for paragraph in paragraphs[:1]:
            paragraph.insert(0, nodes.Text(f"{lead}: "))
        found += paragraphs
    return found, CommandRecord(item.key, name, command.run.text, *texts)


def lines_block(text: str) -> nodes.literal_block:
    """Return the lines *text* as they are."""
    return nodes.literal_block(text, text, language="text", linenos=False, classes=[LINES], translatable=False)


def remarks(command: CommandRecord) -> Iterator[str]:
    """Yield what is said about the lines, each text with its lead."""
    for lead, text in ((_("Expect"), command.expect), (_("Then"), command.then)):
        if text:
            yield f"{lead}: {text}"
