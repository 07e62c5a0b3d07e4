"""Layouts that rules ask about: the scene that a renderer draws, or what the engine computes."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.drawing.faults import Fault, faults
from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers import WIDE, Space, renderer_of
from sphinx_diagram_ext.drawing.scene import MARGIN, Box, Hook, Line, Scene
from sphinx_diagram_ext.engine import EngineError
from sphinx_diagram_ext.engine.subprocess_guard import within
from sphinx_diagram_ext.mermaid import EmitError, emit
from sphinx_diagram_ext.model import Direction, RawMermaid

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.renderers import Renderer
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.model import Diagram

COLUMN = WIDE + 2 * MARGIN
"""Width of a picture that fills a column of text, in CSS pixels."""

_MERMAID_DIRECTION = re.compile(r"^([ \t]*(?:graph|flowchart)[ \t]+)(TB|TD|BT|LR|RL)\b", re.MULTILINE)


class Layouts:
    """The layouts of one run, each made when it is first asked for."""

    def __init__(self, engine: Engine | None) -> None:
        self._engine = engine
        self._scenes: dict[int, Scene | None] = {}
        self._faults: dict[int, tuple[Fault, ...]] = {}

    def scene(self, diagram: Diagram) -> Scene | None:
        """Return the scene of *diagram*, None where no engine is there or none lays it out."""
        if id(diagram) not in self._scenes:
            self._scenes[id(diagram)] = self._made(diagram)
        return self._scenes[id(diagram)]

    def faults(self, diagram: Diagram) -> tuple[Fault, ...]:
        """Return the faults of the picture in a column of text, none where the engine draws it."""
        return self.all_faults(diagram) if self._renderer(diagram) else ()

    def all_faults(self, diagram: Diagram) -> tuple[Fault, ...]:
        """Return the faults of the layout, whoever draws it."""
        if id(diagram) not in self._faults:
            scene = self.scene(diagram)
            self._faults[id(diagram)] = tuple(faults(scene)) if scene else ()
        return self._faults[id(diagram)]

    def turned(self, diagram: Diagram, direction: Direction) -> Scene | None:
        """Return the scene of *diagram* if it grew to *direction*, None if it has none or already does."""
        body: Any = diagram.body
        if isinstance(body, RawMermaid):
            found = _MERMAID_DIRECTION.search(body.source)
            if not found or direction == found[2].replace("TD", "TB"):
                return None
            source = _MERMAID_DIRECTION.sub(rf"\g<1>{direction}", body.source, count=1)
            return self._made(dataclasses.replace(diagram, body=dataclasses.replace(body, source=source)))
        if getattr(body, "direction", direction) == direction:
            return None
        return self._made(dataclasses.replace(diagram, body=dataclasses.replace(body, direction=direction)))

    def _renderer(self, diagram: Diagram) -> Renderer | None:
        return renderer_of(diagram.body)

    def _made(self, diagram: Diagram) -> Scene | None:
        try:
            draw = self._renderer(diagram)
            if draw:
                return draw(diagram, diagram.body, Space(WIDE))
            return _of_engine(diagram, self._engine) if self._engine else None
        except (EngineError, EmitError, ValueError, ArithmeticError):
            # What cannot be drawn is said when it is drawn.
            return None


def _of_engine(diagram: Diagram, engine: Engine) -> Scene:
    """Return the boxes and lines that the engine computes, without texts."""
    layout = engine.layout(within(engine, emit, diagram))
    scene = Scene(spare=(Rect(0, 0, layout.width, layout.height),))
    for path in (*layout.edges, *layout.links):
        scene.add(Hook.EDGE, Line(list(path.points)), ends=(path.source, path.target))
    for box in layout.nodes:
        rect = Rect.at(box.x, box.y, box.width, box.height)
        scene.add(Hook.NODE, Box(rect, "neutral-fill", "neutral-stroke"), key=box.id)
    return scene
