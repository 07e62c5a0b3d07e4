"""Factory of records: a diagram as its page shows it, as plain data."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sphinx_diagram_ext.sphinx_ext.domain.records import (
    ClaimRecord,
    DiagramRecord,
    NodeRecord,
    Parts,
    SourceRecord,
    packed_targets,
)
from sphinx_diagram_ext.sphinx_ext.pickled import Pickled

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Diagram, Reference
    from sphinx_diagram_ext.sphinx_ext.domain.records import CommandRecord


def _source(item: Reference) -> SourceRecord:
    entry = item.entry
    if entry is None:
        return SourceRecord(item.id or "", item.title, item.url, item.date or "")
    read = entry.read.isoformat() if entry.read else ""
    extent = str(entry.extent or "")
    return SourceRecord(
        item.id or "", item.title, item.url, "", str(entry.kind), entry.published, read, extent, entry.archive
    )


_NOTHING = Pickled(Parts((), (), (), (), ()))


def record(
    diagram: Diagram,
    docname: str,
    anchor: str,
    node_ids: dict[str, str],
    explained: dict[str, str],
    commands: tuple[CommandRecord, ...],
    path: str,
    picture: str,
    *,
    own: bool,
    only: tuple[str, ...],
) -> DiagramRecord:
    """Return the record of *diagram* as it is shown on a page; *picture* is what the key of its picture is made of."""
    meta = diagram.meta
    parts = Parts(
        nodes=tuple(
            NodeRecord(
                node.key,
                node.label.text,
                tuple(line.text for line in node.details),
                str(node.role),
                str(node.tone),
                node_ids.get(node.key, ""),
                explained.get(node.key, ""),
                node.element,
            )
            for node in diagram.nodes
        ),
        edges=tuple((edge.source, edge.target, edge.label.text if edge.label else "") for edge in diagram.edges),
        sources=tuple(map(_source, meta.sources)),
        claims=tuple(
            ClaimRecord(
                claim.nodes,
                claim.text.text if claim.text else "",
                claim.backing.sources,
                claim.backing.illustration,
                claim.backing.formula.text if claim.backing.formula else "",
            )
            for claim in diagram.claims
        ),
        commands=commands,
    )
    found = DiagramRecord(
        id=diagram.id,
        docname=docname,
        anchor=anchor,
        type=diagram.type,
        title=diagram.title.text,
        summary=diagram.summary.text if diagram.summary else "",
        path=path,
        digest="",
        picture=picture,
        targets=packed_targets(parts.nodes, anchor),
        pickled=Pickled(parts),
        tones=tuple(sorted({node.tone for node in parts.nodes} - {"neutral"})),
        category=meta.category or "",
        subject=meta.subject or "",
        view=meta.view or "",
        module=meta.module or "",
        difficulty=meta.difficulty or "",
        tags=meta.tags,
        systems=meta.systems,
        illustration=meta.illustration,
        aliases=diagram.aliases,
        own=own,
        symptoms=meta.symptoms,
        messages=meta.messages,
        status=str(meta.status or ""),
        checked_by=meta.checked_by,
        elements=tuple(sorted({node.element for node in parts.nodes if node.element})),
        only=only,
    )
    content = repr((diagram.digest, found._replace(pickled=_NOTHING), parts))
    return found._replace(digest=hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:32])
