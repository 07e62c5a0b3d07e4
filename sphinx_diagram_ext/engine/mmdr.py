"""Engine ``mmdr``: the same renderer as merman in wheels for older and other platforms."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from sphinx_diagram_ext.engine.mermaid_config import merged
from sphinx_diagram_ext.engine.protocol import (
    Drawing,
    EngineError,
    EngineUnavailableError,
    Structure,
)

if TYPE_CHECKING:
    from sphinx_diagram_ext.engine.layout import Layout
    from sphinx_diagram_ext.mermaid import MermaidSource


class MmdrEngine:
    """Checks and draws with mmdr, which measures text by its own estimate."""

    name = "mmdr"
    draws = True
    checks = True

    def __init__(self) -> None:
        try:
            import mmdr

            self.version = version("mmdr")
        except (ImportError, OSError, PackageNotFoundError) as error:
            message = f"mmdr has no wheel for this platform or is not installed ({error})"
            raise EngineUnavailableError(message) from None
        self._render = mmdr.render

    def parse(self, source: str) -> Structure:
        """Check *source*; mmdr does not tell its nodes."""
        self._svg(source)
        return Structure("")

    def draw(self, source: MermaidSource) -> Drawing:
        """Return the picture."""
        return Drawing(self._svg(configured(source)), set_aside=False)

    def layout(self, source: MermaidSource) -> Layout:
        """Refuse: there is none."""
        del source
        raise EngineError("mmdr has no layout")

    def draw_text(self, source: str, width: int) -> str | None:
        """Mmdr has no pictures in characters."""
        del source, width
        return None

    def _svg(self, source: str) -> str:
        try:
            return str(self._render(source, backend="merman").svg())
        except (RuntimeError, ValueError) as error:
            raise EngineError(" ".join(str(error).split())) from None


def configured(source: MermaidSource) -> str:
    """Return the source with all settings in its front matter, for engines that take no others.

    A directive (``%%{init}%%``) would not do: Mermaid turns the quotes in names of fonts.
    A source with front matter of an author's own keeps that alone.
    """
    if source.text.lstrip().startswith("---"):
        return source.text
    return f"---\nconfig: {json.dumps(merged(source.config))}\n---\n{source.text}"
