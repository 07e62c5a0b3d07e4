"""Rules about how the picture can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.lint.finding import Hit, Severity
from sphinx_diagram_ext.lint.layers import crossings
from sphinx_diagram_ext.lint.rule import rule
from sphinx_diagram_ext.lint.size import estimate, implied_links, members
from sphinx_diagram_ext.lint.texts import is_graph
from sphinx_diagram_ext.model import Chart, Direction, Entities, Graph, Shares, StateMachine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.lint.context import Context
    from sphinx_diagram_ext.model import Diagram


@rule("too-large", Severity.WARNING, thresholds=("max_nodes", "max_width"))
def too_large(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """A picture has more nodes, or is wider, than can be read on a phone.

    At 390 CSS pixels a reader sees a part of a wide picture at a time and loses the thread. Split
    the diagram into an overview and details, or let it grow downwards. A curve with many points,
    or with long labels below its axis, grows wide too. The width is estimated from the labels and
    the layers of the graph; that of a chart is the one that it is drawn with. Comparisons, timelines
    and migrations fit every screen.
    """
    limit = context.thresholds.max_nodes
    count = len(diagram.nodes)
    if count > limit:
        yield Hit(
            diagram.title.line, f"The diagram has {count} nodes, more than {limit}; split it into overview and details."
        )
        return
    size = estimate(diagram)
    limit = context.thresholds.max_width
    if size is None or size.width <= limit:
        return
    advice = "split it into overview and details"
    if isinstance(diagram.body, Chart | Shares):
        advice = "shorten the labels or show fewer of them"
    if isinstance(diagram.body, Graph | StateMachine | Entities) or is_graph(diagram):
        for direction in (Direction.TB, Direction.LR):
            other = estimate(diagram, direction)
            if other and other.width <= limit:
                advice = f"with 'direction: {direction}' it is about {other.width:.0f} wide"
                break
    yield Hit(
        diagram.title.line, f"The picture is about {size.width:.0f} CSS pixels wide, more than {limit}; {advice}."
    )


@rule("crossing-edges", Severity.INFO, thresholds=("max_crossings",))
def crossing_edges(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """More edges cross than the eye can follow.

    The number is an estimate: the graph is put into layers, and the order in each layer improved
    a few times, as layout engines do. Write nodes in the order of the flow, drop edges that say
    nothing, or show two flows in two diagrams.
    """
    if not is_graph(diagram):
        return
    edges = [(edge.source, edge.target) for edge in diagram.edges]
    found = crossings([node.key for node in diagram.nodes], edges)
    limit = context.thresholds.max_crossings
    if found > limit:
        yield Hit(
            diagram.title.line,
            f"About {found} pairs of edges cross, more than {limit}; reorder the nodes or split the diagram.",
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
        if group.direction is None or group.direction == body.direction:
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
