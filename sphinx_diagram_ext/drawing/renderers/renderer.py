"""Contract of a renderer: what it is given and what it returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.scene import Scene
    from sphinx_diagram_ext.model import Diagram

WIDE, NARROW = 704.0, 288.0
"""Room for a picture in CSS pixels, without its margin: in a column of text, and on a phone of 320 px."""


@dataclass(frozen=True, slots=True)
class Space:
    """What a picture is drawn into and with.

    ``width`` is the room that a renderer should not exceed; a picture that does is shrunk or scrolled. ``language`` is
    that of the page, for the form of numbers and dates.
    """

    width: float
    language: str = "en"

    @property
    def narrow(self) -> bool:
        """Whether it is a phone's."""
        return self.width < (WIDE + NARROW) / 2


class Renderer(Protocol):
    """A function that draws the diagrams of one body."""

    def __call__(self, diagram: Diagram, body: Any, space: Space) -> Scene:
        """Return the scene of *diagram*, whose body is *body*."""
