"""Elements of a view, looked for in the data of a diagram."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_diagram_ext.lint.texts import command_texts, explanations, groups, words
from sphinx_diagram_ext.model import Comparison, Graph, RawMermaid, Timeline
from sphinx_diagram_ext.plan.expressions import spans

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Diagram
    from sphinx_diagram_ext.plan import Check


def holds(check: Check, diagram: Diagram) -> bool:
    """Tell whether everything that *check* asks for is there.

    Raises:
        TooSlowError: an expression of the check takes too long.
    """
    meta = diagram.meta
    return (
        len(diagram.nodes) >= check.nodes
        and len(diagram.edges) >= check.edges
        and sum(edge.label is not None for edge in diagram.edges) >= check.labelled_edges
        and _group_count(diagram) >= check.groups
        and len(explanations(diagram)) >= check.explained
        and len(meta.sources) >= check.sources
        and len(meta.systems) >= check.systems
        and (not check.types or diagram.type in check.types or isinstance(diagram.body, RawMermaid))
        and (not check.illustration or meta.illustration or any(claim.backing.illustration for claim in diagram.claims))
        and _has_text(check, diagram)
        and _has_roles(check, diagram)
        and _has_tone(check, diagram)
        and (not check.any or any(holds(one, diagram) for one in check.any))
    )


def _has_text(check: Check, diagram: Diagram) -> bool:
    if check.text is None:
        return True
    texts = [item.text for item in (*words(diagram), *explanations(diagram), *command_texts(diagram))]
    found = sum(len(spans(check.text, text)) for text in texts)
    return found >= check.at_least


def _has_roles(check: Check, diagram: Diagram) -> bool:
    # Mermaid text has shapes, not roles.
    if isinstance(diagram.body, RawMermaid):
        return True
    return all(sum(node.role is role for node in diagram.nodes) >= count for role, count in check.roles.items())


def _has_tone(check: Check, diagram: Diagram) -> bool:
    if not check.tones or isinstance(diagram.body, RawMermaid):
        return True
    tones = {node.tone for node in diagram.nodes} | {edge.tone for edge in diagram.edges}
    tones |= {group.tone for group in groups(diagram)}
    return not tones.isdisjoint(check.tones)


def _group_count(diagram: Diagram) -> int:
    body = diagram.body
    if isinstance(body, Graph):
        return len(body.groups)
    if isinstance(body, Comparison):
        return len(body.sides)
    if isinstance(body, Timeline):
        return len(body.periods)
    if isinstance(body, RawMermaid):
        frames = re.findall(r"^[ \t]*(?:subgraph|section|box|state\s.*\{)", body.source, re.MULTILINE)
        return len(frames)
    # Participants of a sequence, and the parts of charts, are side by side.
    return len(diagram.nodes)
