"""Engines that check and draw Mermaid; nothing else knows which one runs."""

from __future__ import annotations

from sphinx_diagram_ext.engine.layout import Box, EdgePath, Frame, Layout, NodeBox
from sphinx_diagram_ext.engine.protocol import (
    Drawing,
    Engine,
    EngineError,
    EngineUnavailableError,
    Fault,
    Structure,
)
from sphinx_diagram_ext.engine.select import ENGINES, Choice, select_engine

__all__ = [
    "ENGINES",
    "Box",
    "Choice",
    "Drawing",
    "EdgePath",
    "Engine",
    "EngineError",
    "EngineUnavailableError",
    "Fault",
    "Frame",
    "Layout",
    "NodeBox",
    "Structure",
    "select_engine",
]
