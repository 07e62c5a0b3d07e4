"""Synonyms: words that authors bring from other tools, and the words of this format."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

_OURS: dict[str, str] = {
    # Tones.
    "problem": "red rose danger error failed failure bad broken critical down",
    "caution": "yellow orange amber warning warn",
    "healthy": "green emerald success ok good up safe",
    "neutral": "grey gray white default none normal",
    "purple": "violet magenta",
    # Roles.
    "service": "app application component container process server api function worker",
    "database": "db sql rdbms postgres postgresql mysql store datastore cylinder",
    "queue": "topic stream bus broker kafka log messaging",
    "storage": "bucket disk file files s3 volume",
    "actor": "user person client human customer",
    "decision": "question choice condition diamond rhombus",
    "external": "third-party thirdparty saas partner",
    "note": "comment remark",
    # Directions and styles.
    "TB": "down top-down vertical td",
    "BT": "up bottom-up",
    "LR": "right left-right horizontal left-to-right",
    "RL": "left right-left right-to-left",
    "dashed": "dotted dash async",
    "thick": "bold heavy",
    # Keys.
    "title": "heading headline name",
    "summary": "description subtitle abstract",
    "name": "label text caption title",
    "label": "text name message",
    "explain": "explanation tooltip description note",
    "tone": "colour color fill status",
    "role": "shape kind type",
    "link": "href url click",
    "details": "lines body subtitle",
    "direction": "layout orientation rankdir",
    "sources": "references refs links urls",
    "nodes": "vertices boxes elements items",
    "flows": "edges arrows links connections relations relationships",
    "links": "edges arrows flows connections",
    "relations": "edges arrows relationships foreign_keys",
    "groups": "subgraphs clusters boundaries",
    "participants": "actors lifelines nodes objects",
    "steps": "messages calls interactions events",
    "transitions": "edges arrows flows messages",
    "states": "nodes",
    "entities": "tables classes nodes",
    "sections": "periods",
    "from": "source src",
    "to": "target dst dest destination",
    "ref": "id src name diagram",
    "caption": "title",
    "alt": "description",
}

_SYNONYMS: dict[str, list[str]] = {}
for _ours, _others in _OURS.items():
    for _other in _others.split():
        _SYNONYMS.setdefault(_other, []).append(_ours)


def synonyms(word: str, known: Container[str]) -> list[str]:
    """Return the *known* words of this format that say what *word* says elsewhere."""
    return [ours for ours in _SYNONYMS.get(word.casefold(), ()) if ours in known]
