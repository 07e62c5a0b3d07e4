"""Labels of a picture: everything that it says besides its drawing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_diagram_ext.mermaid import Line


@dataclass(frozen=True, slots=True)
class Labels:
    """What the picture says besides its drawing.

    ``nodes`` maps ids in the engine's SVG to node keys, ``anchors`` node keys to the part of
    an id that follows the diagram's anchor, in reading order, ``tones`` and ``roles`` node keys to
    theirs.
    """

    title: str
    description: str = ""
    texts: dict[str, Line] = field(default_factory=dict)
    nodes: dict[str, str] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)
    tones: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
