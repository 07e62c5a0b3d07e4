"""Rules about how the picture can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.lint.finding import Hit, Severity
from sphinx_diagram_ext.lint.frames import implied_links, members
from sphinx_diagram_ext.lint.rule import rule
from sphinx_diagram_ext.lint.texts import is_graph
from sphinx_diagram_ext.model import Chart, Direction, Graph, Schedule, Shares

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.lint.context import Context
    from sphinx_diagram_ext.model import Diagram

_CROSSING = 1
"""Number of the fault that is two edges crossing."""


@rule("too-large", Severity.WARNING, thresholds=("max_nodes", "max_width"))
def too_large(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """A picture has more nodes, or is wider, than can be read on a phone.

    At 390 CSS pixels a reader sees a part of a wide picture at a time and loses the thread. Split
    the diagram into an overview and details, or let it grow downwards. A curve with many points,
    or with long labels below its axis, grows wide too. The width is that of the layout; where no
    engine computes one, nodes are counted only.
    """
    limit = context.thresholds.max_nodes
    count = len(diagram.nodes)
    if count > limit:
        yield Hit(
            diagram.title.line, f"The diagram has {count} nodes, more than {limit}; split it into overview and details."
        )
        return
    scene = context.layouts.scene(diagram)
    limit = context.thresholds.max_width
    if scene is None or scene.width <= limit:
        return
    advice = "split it into overview and details"
    if isinstance(diagram.body, Chart | Shares | Schedule):
        advice = "shorten the labels or show fewer of them"
    for direction in (Direction.TB, Direction.LR):
        other = context.layouts.turned(diagram, direction)
        if other and other.width <= limit:
            advice = f"with 'direction: {direction}' it is {other.width:.0f} wide"
            break
    yield Hit(diagram.title.line, f"The picture is {scene.width:.0f} CSS pixels wide, more than {limit}; {advice}.")


@rule("crossing-edges", Severity.INFO, thresholds=("max_crossings",))
def crossing_edges(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """More edges cross than the eye can follow.

    The crossings are those of the layout, which avoids them where it can. Write nodes in the order
    of the flow, drop edges that say nothing, or show two flows in two diagrams.
    """
    if not is_graph(diagram):
        return
    found = sum(fault.number == _CROSSING for fault in context.layouts.all_faults(diagram))
    limit = context.thresholds.max_crossings
    if found > limit:
        yield Hit(
            diagram.title.line,
            f"{found} pairs of edges cross, more than {limit}; reorder the nodes or split the diagram.",
        )


@rule("mixed-direction", Severity.WARNING)
def mixed_direction(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """A group has a direction that does nothing, because one of its nodes is linked outside.

    Mermaid lays a group out on its own only if no edge joins one of its nodes with a node outside.
    Otherwise its `direction` is ignored without a word. The layers of an architecture that no flow
    joins are linked too, by lines that are not drawn.
    """
    del context
    body = diagram.body
    if not isinstance(body, Graph):
        return
    links = [(edge.source, edge.target) for edge in body.edges]
    for group in body.groups:
        # A side of a comparison grows downwards unless it says otherwise.
        unsaid = diagram.type == "comparison" and group.direction is Direction.TB
        if group.direction is None or group.direction == body.direction or unsaid:
            continue
        inside = members(group, body)
        for one, two in (*links, *implied_links(body)):
            if (one in inside) != (two in inside):
                yield Hit(
                    group.label.line,
                    f"The direction {group.direction} of {group.key!r} does nothing, because"
                    f" {one!r} and {two!r} are linked across its frame; leave it out.",
                )
                break
