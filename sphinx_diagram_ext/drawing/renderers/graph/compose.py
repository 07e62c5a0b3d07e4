"""Composition: a placed graph as a scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing import shapes
from sphinx_diagram_ext.drawing.renderers.graph.parts import LABEL_PAD
from sphinx_diagram_ext.drawing.scene import DETAIL, TITLE, Align, Box, Head, Hook, Line, Scene, Text
from sphinx_diagram_ext.model import EdgeStyle, Tone, reading_order

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Rect
    from sphinx_diagram_ext.drawing.renderers.graph.parts import Route
    from sphinx_diagram_ext.drawing.renderers.graph.placement import Placement
    from sphinx_diagram_ext.model import Diagram, Edge, Group

_GROUNDS = ("group", "ground")
"""Grounds of frames, by turns from the outside to the inside."""


def composed(placement: Placement, diagram: Diagram) -> Scene:
    """Return the scene of a graph whose parts all have their place."""
    scene = Scene()
    depths = {group.key: len(list(placement.parents(group.key))) for group in placement.graph.groups}
    for group in sorted(placement.graph.groups, key=lambda group: depths[group.key]):
        if group.key in placement.frames:
            rect = placement.frames[group.key]
            scene.add(Hook.GROUP, frame_box(group, rect, depths[group.key]), key=group.key)
    for route in placement.routes:
        scene.add(Hook.EDGE, edge_line(route), ends=(route.edge.source, route.edge.target))
    for route in placement.routes:
        if route.rows and route.label:
            ground = _ground(placement, route.label, depths)
            add_label(scene, route.rows, route.label, ground, (route.edge.source, route.edge.target))
    for joint in placement.joints:
        scene.add(Hook.EDGE, Line(joint.points, "line", 2.6, head=Head.ARROW), ends=joint.ends)
        if joint.label:
            add_label(scene, joint.rows, joint.label, "ground", joint.ends)
    for key, rect in placement.title_rects.items():
        text = Text(rect.left, rect.top, placement.titles[key], TITLE, "text", Align.START)
        scene.add(Hook.TITLE, text, key=key)
    nodes = {node.key: node for node in placement.graph.nodes}
    for key in reading_order(diagram):
        parts = shapes.node_parts(nodes[key], placement.contents[key].lines, placement.nodes[key])
        scene.add(Hook.NODE, *parts, key=key, link=nodes[key].link or "")
    return scene


def frame_box(group: Group, rect: Rect, depth: int) -> Box:
    """Return the frame of a group that is inside *depth* others."""
    toned = group.tone is not Tone.NEUTRAL
    stroke = f"{group.tone}-stroke" if toned else "group-line"
    return Box(rect, _GROUNDS[depth % 2], stroke, 1.5 if toned else 1, "", 8)


def _ground(placement: Placement, rect: Rect, depths: dict[str, int]) -> str:
    """Return the colour of what lies beneath *rect*."""
    around = [depths[key] for key, frame in placement.frames.items() if frame.holds(rect)]
    return _GROUNDS[max(around) % 2] if around else "ground"


def edge_line(route: Route) -> Line:
    """Return the line of an edge."""
    edge = route.edge
    return styled_line(edge, route.points)


def styled_line(edge: Edge, points: list[tuple[float, float]]) -> Line:
    """Return a line in the tone and the style of an edge."""
    stroke = "line" if edge.tone is Tone.NEUTRAL else f"{edge.tone}-stroke"
    width = 2.6 if edge.style is EdgeStyle.THICK else 1.5
    dash = "5 4" if edge.style is EdgeStyle.DASHED else ""
    head = Head.CROSS if edge.stopped else Head.NONE if edge.style is EdgeStyle.PLAIN else Head.ARROW
    return Line(points, stroke, width, dash, head=head)


def add_label(scene: Scene, rows: tuple[str, ...], rect: Rect, ground: str, ends: tuple[str, str]) -> None:
    """Add the label of an edge on a ground of its own."""
    text = Text(rect.centre[0], rect.top + (rect.height - DETAIL.line * len(rows)) / 2, rows, DETAIL, "text")
    width = text.width + 2 * LABEL_PAD
    box = Box(rect if rect.width < width else rect.grown((width - rect.width) / 2, 0), ground, radius=4)
    scene.add(Hook.EDGE_LABEL, box, text, ends=ends)
