"""Renderer for tests: boxes side by side in a wide picture, one below the other in a narrow one.

An extension of Sphinx, so that the site of a test draws its flows with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers import RENDERERS, Space
from sphinx_diagram_ext.drawing.scene import NAME, Box, Hook, Scene, Text
from sphinx_diagram_ext.model import Graph, reading_order

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_diagram_ext.model import Diagram


def draw(diagram: Diagram, body: Graph, space: Space) -> Scene:
    """Return boxes that share the room of a wide picture, or that have all of a narrow one's."""
    scene = Scene()
    keys = list(reading_order(diagram))
    nodes = {node.key: node for node in diagram.nodes}
    room = min(space.width, 240.0 * len(keys))
    width = room if space.narrow else (room - 16 * (len(keys) - 1)) / len(keys)
    for at, key in enumerate(keys):
        left, top = (0.0, 64.0 * at) if space.narrow else ((width + 16) * at, 0.0)
        rect = Rect.at(left, top, width, 48)
        x, y = rect.centre
        name = Text(x, y - NAME.line, (nodes[key].label.text,), NAME, "neutral-text")
        second = Text(x, y, ("second line",), ink="neutral-text")
        scene.add(
            Hook.NODE, Box(rect, "neutral-fill", "neutral-stroke"), name, second, key=key, link=nodes[key].link or ""
        )
    return scene


def setup(app: Sphinx) -> dict[str, Any]:
    """Draw flows with it."""
    assert isinstance(RENDERERS, dict)
    RENDERERS[Graph] = draw
    return {"parallel_read_safe": True}
