"""Renderer of state machines: states, states inside states as frames, and transitions with labels beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import simplified
from sphinx_diagram_ext.drawing.layered import TooLargeError
from sphinx_diagram_ext.drawing.renderers.state_levels import Form, placed
from sphinx_diagram_ext.drawing.renderers.state_list import state_list
from sphinx_diagram_ext.drawing.renderers.state_parts import (
    END,
    frame_parts,
    head_parts,
    mark_parts,
    state_parts,
)
from sphinx_diagram_ext.drawing.renderers.state_tree import Machine
from sphinx_diagram_ext.drawing.scene import Head, Hook, Line, Scene
from sphinx_diagram_ext.model import Direction, reading_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.drawing.renderers.state_placed import Placed
    from sphinx_diagram_ext.model import Diagram, StateMachine

_TALL = 900.0
"""Height in CSS pixels that no screen shows at once: another direction is tried."""

_MOST_STATES, _MOST_TRANSITIONS = 60, 120
"""More than that are a list: lines between them could not be followed."""

_WIDTHS = ((180.0, 130.0), (130.0, 100.0), (130.0, 72.0))
_NARROW_WIDTHS = ((150.0, 120.0), (116.0, 88.0), (92.0, 72.0), (92.0, 56.0))
"""Greatest widths of the texts of a state and of a transition, tried one after the other."""


def draw(diagram: Diagram, body: StateMachine, space: Space) -> Scene:
    """Return the states as a graph where it is no wider than *space*, else as a list."""
    if not body.states:
        return Scene()
    machine = Machine(body)
    if len(machine.states) > _MOST_STATES or len(body.edges) > _MOST_TRANSITIONS:
        return state_list(diagram, machine, space)
    fitting = []
    for form in _forms(body, space):
        try:
            scene = _graph(diagram, machine, placed(machine, form))
        except TooLargeError:
            continue
        if scene.rect.width <= space.width:
            if space.narrow or scene.height <= _TALL:
                return scene
            fitting.append(scene)
    if fitting:
        return min(fitting, key=lambda scene: scene.height)
    return state_list(diagram, machine, space)


def _forms(body: StateMachine, space: Space) -> Iterator[Form]:
    """Yield ways to draw it: the author's direction first."""
    direction = body.direction
    upright = Direction.BT if direction is Direction.BT else Direction.TB
    sideways = Direction.RL if direction is Direction.RL else Direction.LR
    if space.narrow:
        for width, label in _NARROW_WIDTHS:
            yield Form(upright, upright, width, label, space.width)
        return
    framed = any(state.inner for state in body.states)
    for outer in (direction, sideways if direction is upright else upright):
        for width, label in _WIDTHS:
            yield Form(outer, outer, width, label, space.width)
            if framed:
                yield Form(outer, upright if outer is sideways else sideways, width, label, space.width)


def _graph(diagram: Diagram, machine: Machine, found: Placed) -> Scene:
    scene = Scene()
    for key, frame in found.frames.items():
        scene.add(Hook.GROUP, *frame_parts(machine.states[key].node, frame), key=key)
    for number, points in found.lines():
        edge = machine.edges[number]
        line = Line(simplified(points), head=Head.ARROW)
        scene.add(Hook.EDGE, line, ends=(edge.source, edge.target))
    for points, ends in found.mark_lines:
        scene.add(Hook.EDGE, Line(points, head=Head.ARROW), ends=ends)
    for name, rect in found.marks:
        scene.add(Hook.NONE, *mark_parts(rect, last=name == END))
    for key in reading_order(diagram):
        node, rect = machine.states[key].node, found.states[key]
        if key in found.frames:
            parts = head_parts(node, rect, found.texts[key])
        else:
            parts = state_parts(node, rect, found.texts[key])
        scene.add(Hook.NODE, *parts, key=key, link=node.link or "")
    for label in found.labels:
        scene.add(Hook.EDGE_LABEL, label.text)
    return scene
