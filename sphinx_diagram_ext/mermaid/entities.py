"""Entities as Mermaid entity relationship diagrams (https://mermaid.js.org/syntax/entityRelationshipDiagram.html)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.mermaid.flowchart import class_style
from sphinx_diagram_ext.mermaid.ids import Ids
from sphinx_diagram_ext.mermaid.source import Expansion, Ink
from sphinx_diagram_ext.model import Count, Tone

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Attribute, Entities

ENTITY_WIDTH = 260.0
RELATION_WIDTH = 150.0

_LEFT = {Count.ONE: "||", Count.OPTIONAL: "|o", Count.MANY: "}o", Count.SOME: "}|"}
_RIGHT = {Count.ONE: "||", Count.OPTIONAL: "o|", Count.MANY: "o{", Count.SOME: "|{"}


def entities(body: Entities) -> Expansion:
    """Return *body* as an entity relationship diagram."""
    ink = Ink(quoted=True)
    ids = Ids()
    ink.write("erDiagram")
    ink.write(f"  direction {body.direction}")
    for entity in body.entities:
        texts = [entity.node.label, *entity.node.details]
        label = "<br/>".join(ink.label(text, ENTITY_WIDTH) for text in texts)
        opening = " {" if entity.attributes else ""
        ink.write(f'  {ids.add(entity.node.key, "e")}["{label}"]{opening}')
        for attribute in entity.attributes:
            ink.write(f"    {_attribute(attribute, ink)}")
        if entity.attributes:
            ink.write("  }")
    for relation in body.relations:
        source, target = relation.counts
        line = ".." if relation.weak else "--"
        label = ink.label(relation.label, RELATION_WIDTH)
        ink.write(f'  {ids[relation.source]} {_LEFT[source]}{line}{_RIGHT[target]} {ids[relation.target]} : "{label}"')
    for tone in Tone:
        members = [ids[node.key] for node in body.nodes if node.tone is tone]
        if members and tone is not Tone.NEUTRAL:
            ink.write(f"  classDef {tone} {class_style(tone)}")
            ink.write(f"  class {','.join(members)} {tone}")
    return ink.finish("er", nodes={ids[node.key]: node.key for node in body.nodes})


def _attribute(attribute: Attribute, ink: Ink) -> str:
    parts = [ink.word(attribute.kind), ink.word(attribute.name)]
    if attribute.keys:
        parts.append(", ".join(attribute.keys))
    if attribute.remark:
        parts.append(f'"{ink.line(" ".join(attribute.remark.text.split()))}"')
    return " ".join(parts)
