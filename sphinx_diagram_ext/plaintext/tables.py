"""Entities as tables, and their relations as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.model import Count
from sphinx_diagram_ext.plaintext.columns import columns, fold, pad

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Entities, Entity

_COUNTS = {Count.ONE: "1", Count.OPTIONAL: "0..1", Count.MANY: "0..*", Count.SOME: "1..*"}
"""Multiplicities as UML writes them (https://www.omg.org/spec/UML/2.5.1, clause 7.5)."""


def entities(body: Entities, width: int) -> list[str]:
    """Return a box for each entity, and below them who relates to whom."""
    lines = [line for entity in body.entities for line in (*_box(entity, width), "")]
    names = {node.key: node.label.text for node in body.nodes}
    for relation in body.relations:
        source, target = (_COUNTS[count] for count in relation.counts)
        line = "┄┄" if relation.weak else "──"
        ends = f"{names[relation.source]} {source} {line} {target} {names[relation.target]}"
        lines += fold(f"{ends}: {relation.label.text}", width)
    return lines


def _box(entity: Entity, width: int) -> list[str]:
    node = entity.node
    mark = f"{node.tone.mark} " if node.tone.mark else ""
    head = [row for text in (mark + node.label.text, *(one.text for one in node.details)) for row in fold(text, 40)]
    rows = [
        [one.name.text, one.kind.text, ", ".join(one.keys), one.remark.text if one.remark else ""]
        for one in entity.attributes
    ]
    rows = [[" ".join(cell.split()) for cell in row] for row in rows]
    widths = [max((columns(row[at]) for row in rows), default=0) for at in range(4)]
    room = width - 4 - sum(widths[:3]) - 2 * sum(map(bool, widths[:3]))
    body: list[str] = []
    for row in rows:
        first, *rest = fold(row[3], max(room, 12))
        cells = [pad(cell, size) for cell, size in zip(row[:3], widths, strict=False) if size]
        start = "  ".join(cells)
        body += [f"{start}  {first}".rstrip(), *(f"{' ' * columns(start)}  {part}" for part in rest)]
    inner = max(map(columns, (*head, *body)))
    lines = [f"┌{'─' * (inner + 2)}┐", *(f"│ {pad(row, inner)} │" for row in head)]
    if body:
        lines += [f"├{'─' * (inner + 2)}┤", *(f"│ {pad(row, inner)} │" for row in body)]
    return [*lines, f"└{'─' * (inner + 2)}┘"]
