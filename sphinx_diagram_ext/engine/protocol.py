"""Protocol of an engine: everything that the rest of the project asks of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from sphinx_diagram_ext.engine.layout import Layout
    from sphinx_diagram_ext.mermaid import MermaidSource


class Fault(NamedTuple):
    """A fault of a source: where it is (line and column count from 1), what it is and what to do.

    ``text`` is what is at fault and ``instead`` what to write there, None where only the author knows; ``below`` is
    a line that is missing at the end of the source.
    """

    line: int
    column: int
    message: str
    text: str = ""
    instead: str | None = None
    below: str = ""


class EngineError(Exception):
    """The engine refused a source; ``line`` counts from 1 within it, 0 is unknown.

    ``faults`` are all that were found, where an engine looks for them.
    """

    def __init__(self, message: str, line: int = 0, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.faults = faults


class EngineUnavailableError(Exception):
    """The engine cannot run here; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Structure:
    """What a parser found: nodes as (id, label), edges as (from id, to id, label)."""

    family: str
    nodes: tuple[tuple[str, str], ...] = ()
    edges: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """An engine's SVG. ``set_aside`` tells that labels are placeholders still."""

    svg: str
    set_aside: bool


class Engine(Protocol):
    """An engine. One instance serves one thread."""

    name: str
    version: str
    draws: bool
    """Whether :meth:`draw` works; if not, the browser draws Mermaid of an author's own."""
    checks: bool
    """Whether :meth:`parse` tells a good source from a bad one."""

    def parse(self, source: str) -> Structure:
        """Return what is in *source*.

        Raises:
            EngineError: it is no Mermaid.
        """

    def draw(self, source: MermaidSource) -> Drawing:
        """Return the picture.

        Raises:
            EngineError: the source is no Mermaid or cannot be drawn.
        """

    def layout(self, source: MermaidSource) -> Layout:
        """Return where everything is in the engine's picture of *source*, in CSS pixels and by the model's keys.

        Raises:
            EngineError: the engine has no layout, or none of this family; the source is no Mermaid.
        """

    def draw_text(self, source: str, width: int) -> str | None:
        """Return *source* in characters, at most *width* columns wide, or None where the engine cannot."""
