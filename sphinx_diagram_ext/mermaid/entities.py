"""Entities as Mermaid entity relationship diagrams (https://mermaid.js.org/syntax/entityRelationshipDiagram.html)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.mermaid.flowchart import class_style
from sphinx_diagram_ext.mermaid.ids import Ids
from sphinx_diagram_ext.mermaid.source import MermaidSource, MermaidWriter
from sphinx_diagram_ext.model import Count, Tone

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Attribute, Entities

ENTITY_WIDTH = 260.0
RELATION_WIDTH = 150.0

_LEFT = {Count.ONE: "||", Count.OPTIONAL: "|o", Count.MANY: "}o", Count.SOME: "}|"}
_RIGHT = {Count.ONE: "||", Count.OPTIONAL: "o|", Count.MANY: "o{", Count.SOME: "|{"}


def entities(body: Entities) -> MermaidSource:
    """Return *body* as an entity relationship diagram."""
    writer = MermaidWriter(quoted=True)
    ids = Ids()
    writer.write("erDiagram")
    writer.write(f"  direction {body.direction}")
    for entity in body.entities:
        texts = [entity.node.label, *entity.node.details]
        label = "<br/>".join(writer.label(text, ENTITY_WIDTH) for text in texts)
        opening = " {" if entity.attributes else ""
        writer.write(f'  {ids.add(entity.node.key, "e")}["{label}"]{opening}')
        for attribute in entity.attributes:
            writer.write(f"    {_attribute(attribute, writer)}")
        if entity.attributes:
            writer.write("  }")
    for relation in body.relations:
        source, target = relation.counts
        line = ".." if relation.weak else "--"
        label = writer.label(relation.label, RELATION_WIDTH)
        writer.write(
            f'  {ids[relation.source]} {_LEFT[source]}{line}{_RIGHT[target]} {ids[relation.target]} : "{label}"'
        )
    for tone in Tone:
        members = [ids[node.key] for node in body.nodes if node.tone is tone]
        if members and tone is not Tone.NEUTRAL:
            writer.write(f"  classDef {tone} {class_style(tone)}")
            writer.write(f"  class {','.join(members)} {tone}")
    return writer.finish("er", nodes={ids[node.key]: node.key for node in body.nodes})


def _attribute(attribute: Attribute, writer: MermaidWriter) -> str:
    parts = [writer.word(attribute.kind), writer.word(attribute.name)]
    if attribute.keys:
        parts.append(", ".join(attribute.keys))
    if attribute.remark:
        parts.append(f'"{writer.line(" ".join(attribute.remark.text.split()))}"')
    return " ".join(parts)
