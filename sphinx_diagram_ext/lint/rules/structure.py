"""Rules about what is joined with what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_diagram_ext.lint.context import content
from sphinx_diagram_ext.lint.finding import Hit, Severity
from sphinx_diagram_ext.lint.rule import rule
from sphinx_diagram_ext.lint.texts import edge_line, groups, is_decision, is_graph, node_line
from sphinx_diagram_ext.model import RawMermaid, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.lint.context import Context
    from sphinx_diagram_ext.model import Diagram

_FRAMED = ("dashboard", "ownership")
"""Types in which a frame says what belongs together, so that a node needs no edges."""


@rule("branch-without-label", Severity.WARNING)
def branch_without_label(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """A way out of a question has no label, or the same label as another one.

    A reader at a question must see which way to go. Label every flow out of a node with the role
    "decision", and give each answer of a question its own words.
    """
    del context
    for node in diagram.nodes:
        ways = [edge for edge in diagram.edges if edge.source == node.key]
        if not is_decision(diagram, node) or len(ways) < 2:
            continue
        taken: set[str] = set()
        for edge in ways:
            label = edge.label.text.casefold().strip() if edge.label else ""
            if not label:
                target = diagram.node(edge.target)
                name = target.label.text if target else edge.target
                yield Hit(
                    node_line(diagram, node),
                    f"The way from {node.label.text!r} to {name!r} has no label; say when it is taken.",
                )
            elif label in taken:
                yield Hit(
                    edge_line(diagram, edge),
                    f"Two ways out of {node.label.text!r} have the label {edge.label.text!r}; tell them apart.",  # type: ignore[union-attr]
                )
            taken.add(label)


@rule("unreachable-node", Severity.WARNING)
def unreachable_node(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """A node has no edges in a graph that has some, or a question is never asked.

    A node that nothing leads to is usually one whose edge was forgotten. Draw the edge, drop the
    node, or give it the role "note" if it is a remark. A group in which no node has edges is left
    alone: it lists what it holds.
    """
    del context
    if not is_graph(diagram):
        return
    aside = {node.key for node in diagram.nodes if node.role is Role.NOTE}
    edges = [(edge.source, edge.target) for edge in diagram.edges if not {edge.source, edge.target} & aside]
    if not edges or diagram.type in _FRAMED or _links_frames(diagram):
        return
    said, reached = "No edge leads to or from", {end for edge in diagram.edges for end in (edge.source, edge.target)}
    if diagram.type == "decision":
        said, reached = "No answer leads to", _reached(diagram.nodes[0].key, edges)
    lists = {key for group in groups(diagram) if reached.isdisjoint(group.nodes) for key in group.nodes}
    for node in diagram.nodes:
        if node.key not in reached | aside | lists:
            yield Hit(node_line(diagram, node), f"{said} {node.label.text!r}; draw one or drop the node.")


def _reached(start: str, edges: list[tuple[str, str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for source, target in edges:
            if source == here and target not in found:
                found.add(target)
                waiting.append(target)
    return found


def _links_frames(diagram: Diagram) -> bool:
    """Tell whether Mermaid source links whole subgraphs, whose nodes then need no edges."""
    body = diagram.body
    if not isinstance(body, RawMermaid):
        return False
    frames = "|".join(map(re.escape, re.findall(r"^[ \t]*subgraph[ \t]+([\w-]+)", body.source, re.MULTILINE)))
    arrow = r"[ \t]*(?:--|==|-\.|~~)"
    return (
        bool(frames)
        and re.search(rf"(?:^|\s)(?:{frames}){arrow}|[->=~][ \t]*(?:{frames})[ \t]*$", body.source, re.MULTILINE)
        is not None
    )


@rule("duplicate-content", Severity.WARNING)
def duplicate_content(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """Two diagrams show the same structure with the same labels.

    A correction of one of them will miss the other. Keep one file; the same diagram can be shown
    on many pages, and `aliases:` keep the other id working.
    """
    first = context.first_with[content(diagram)]
    if first.id != diagram.id:
        yield Hit(
            diagram.title.line,
            f"The diagram shows the same as {first.id!r}; keep one and add the other id to its 'aliases'.",
        )


@rule("shown-nowhere", Severity.WARNING)
def shown_nowhere(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """No page shows the diagram.

    A diagram that no page shows is checked and kept for nobody, and nothing can refer to it. The
    rule needs to know the pages: it works in a Sphinx build, and on the command line with
    `--docs DIR`.
    """
    if context.shown is not None and diagram.id not in context.shown:
        yield Hit(diagram.title.line, f"No page shows the diagram {diagram.id!r}; show it or remove its file.")
