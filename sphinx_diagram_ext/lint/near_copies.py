"""Near copies: diagrams of one shape that share most of their words, or their source under another subject."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.lint.texts import explanations, words
from sphinx_diagram_ext.model import RawMermaid
from sphinx_diagram_ext.plan import slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_diagram_ext.model import Diagram

_FEWEST_WORDS = 12
"""Smaller pictures look alike without being copies."""

_MOST_COMPARED = 100
"""Diagrams of one shape that the next one is compared with: the work must not grow with their square."""


class NearCopy(NamedTuple):
    """What a diagram is a near copy of: the id, the share of words in percent, and a source of both."""

    other: str
    share: int
    source: str


class _Known(NamedTuple):
    id: str
    words: frozenset[str]
    subject: str
    sources: frozenset[str]


def near_copies(diagrams: Iterable[Diagram], share: int) -> dict[str, NearCopy]:
    """Return the near copies among *diagrams*, each with an earlier one; *share* is how alike they are in percent."""
    known: dict[object, list[_Known]] = defaultdict(list)
    found: dict[str, NearCopy] = {}
    for diagram in sorted(diagrams, key=lambda item: item.id):
        key = _shape(diagram)
        own = _known(diagram)
        if key is None or len(own.words) < _FEWEST_WORDS:
            continue
        alike = next((copy for other in known[key] if (copy := _compare(own, other, share))), None)
        if alike:
            found[diagram.id] = alike
        elif len(known[key]) < _MOST_COMPARED:
            known[key].append(own)
    return found


def _compare(own: _Known, other: _Known, share: int) -> NearCopy | None:
    together = 100 * len(own.words & other.words) // len(own.words | other.words)
    if together >= share:
        return NearCopy(other.id, together, "")
    if own.subject and other.subject and own.subject != other.subject and own.sources & other.sources:
        return NearCopy(other.id, together, min(own.sources & other.sources))
    return None


def _known(diagram: Diagram) -> _Known:
    texts = " ".join(item.text for item in (*words(diagram), *explanations(diagram)))
    return _Known(
        diagram.id,
        frozenset(re.findall(r"[^\W_]{2,}", texts.casefold())),
        slug(diagram.meta.subject or ""),
        frozenset(source.url for source in diagram.meta.sources),
    )


def _shape(diagram: Diagram) -> object:
    """Return what two pictures of one shape share: type, number of nodes, and which edges join them; None for none."""
    if isinstance(diagram.body, RawMermaid):
        return None
    number = {node.key: index for index, node in enumerate(diagram.nodes)}
    edges = tuple((number.get(edge.source, -1), number.get(edge.target, -1)) for edge in diagram.edges)
    return (diagram.type, len(diagram.nodes), edges)
