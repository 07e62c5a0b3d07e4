"""Rules about faults of a picture that its layout could not avoid with this data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.faults import KINDS
from sphinx_diagram_ext.lint.finding import Hit, Severity
from sphinx_diagram_ext.lint.layout import COLUMN
from sphinx_diagram_ext.lint.rule import Rule, rule
from sphinx_diagram_ext.lint.texts import edge_line, groups, node_line
from sphinx_diagram_ext.model import Direction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.faults import Fault
    from sphinx_diagram_ext.lint.context import Context
    from sphinx_diagram_ext.model import Diagram

PREFIX = "fault-"
"""How the names of these rules begin; the name of the fault follows."""

_TALL = 13


@rule("fault-edge-through-node", Severity.WARNING, samples=False)
def edge_through_node(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """An edge runs through a node that is not one of its ends.

    Readers take the node for a stop on the way. The layout leads edges around nodes; where it
    finds no way, the data leaves none. Write the nodes in the order of the flow, drop an edge, or
    show two flows in two diagrams. The picture that is looked at is that of a column of text.
    """
    yield from _hits(diagram, context, 2, "write the nodes in the order of the flow, or drop an edge")


@rule("fault-edge-through-text", Severity.WARNING, samples=False)
def edge_through_text(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """An edge runs through a text that is not its label.

    The text is hard to read and seems to belong to the edge. Shorten the label, write the nodes in
    another order, or show two flows in two diagrams.
    """
    yield from _hits(diagram, context, 3, "shorten the label, or write the nodes in another order")


@rule("fault-edge-through-title", Severity.WARNING, samples=False)
def edge_through_title(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """An edge strikes the title of a frame.

    The title reads as crossed out. Shorten it, or move the node that the edge leads to out of the
    group or to another place in it.
    """
    yield from _hits(diagram, context, 4, "shorten the title, or write the nodes of the group in another order")


@rule("fault-text-over-text", Severity.WARNING, samples=False)
def text_over_text(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """Two texts overlap.

    Neither can be read. Shorten them, or move what they say to an explanation.
    """
    yield from _hits(diagram, context, 5, "shorten one of them")


@rule("fault-text-over-node", Severity.WARNING, samples=False)
def text_over_node(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """A text lies over a node that is not its own.

    The node seems to have two names. Shorten the text, or move what it says to an explanation.
    """
    yield from _hits(diagram, context, 6, "shorten the text")


@rule("fault-tall", Severity.INFO, samples=False)
def tall(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """A picture is taller than 900 px, and another direction would make it lower.

    Readers of a desktop see a part of it at a time. Set `direction`; the message says how tall the
    picture is then. It still fits a column of text.
    """
    scene = context.layouts.scene(diagram)
    if scene is None or not any(fault.number == _TALL for fault in context.layouts.faults(diagram)):
        return
    for direction in (Direction.LR, Direction.TB):
        other = context.layouts.turned(diagram, direction)
        if other and other.height < scene.height and other.width <= max(COLUMN, scene.width):
            yield Hit(
                diagram.title.line,
                f"The picture is {scene.height:.0f} CSS pixels tall;"
                f" with 'direction: {direction}' it is {other.height:.0f} tall.",
            )
            return


FAULT_RULES: dict[int, Rule] = {
    kind.number: found
    for kind in KINDS.values()
    for found in (edge_through_node, edge_through_text, edge_through_title, text_over_text, text_over_node, tall)
    if found.id == PREFIX + kind.name
}
"""The rules by the numbers of their faults; the others are for whoever writes a renderer, or have another rule."""


def _hits(diagram: Diagram, context: Context, number: int, advice: str) -> Iterator[Hit]:
    for fault in context.layouts.faults(diagram):
        if fault.number == number:
            yield Hit(_line(diagram, fault), f"{fault.message}; {advice}.")


def _line(diagram: Diagram, fault: Fault) -> int:
    """Return the line of what a fault concerns: its edge, else its node or group."""
    keys = fault.keys
    for edge in diagram.edges:
        if keys[:2] in ((edge.source, edge.target), (edge.target, edge.source)):
            return edge_line(diagram, edge)
    lines = {group.key: group.label.line for group in groups(diagram)}
    lines |= {node.key: node_line(diagram, node) for node in diagram.nodes}
    return next((lines[key] for key in keys if key in lines), diagram.title.line)
