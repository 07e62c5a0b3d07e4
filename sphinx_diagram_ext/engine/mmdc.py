"""Engine ``mmdc``: mermaid-cli, which draws in a browser of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_diagram_ext.engine.mermaid_config import merged
from sphinx_diagram_ext.engine.protocol import (
    Drawing,
    EngineError,
    EngineUnavailableError,
    Structure,
)

if TYPE_CHECKING:
    from sphinx_diagram_ext.engine.layout import Layout, LayoutRequest
    from sphinx_diagram_ext.mermaid import MermaidSource

_SECONDS = 60


class MmdcEngine:
    """Checks and draws with ``mmdc`` on PATH, about two seconds a diagram."""

    name = "mmdc"
    draws = True
    places = False
    checks = True

    def __init__(self) -> None:
        command = shutil.which("mmdc")
        if command is None:
            message = "the command 'mmdc' (mermaid-cli) is not on PATH"
            raise EngineUnavailableError(message)
        self._command = command
        try:
            said = subprocess.run([command, "--version"], capture_output=True, text=True, timeout=_SECONDS, check=True)
        except (OSError, subprocess.SubprocessError) as error:
            message = f"'mmdc --version' does not work ({error})"
            raise EngineUnavailableError(message) from None
        self.version = said.stdout.strip()

    def parse(self, source: str) -> Structure:
        """Check *source* by drawing it; mmdc does not tell its nodes."""
        self._svg(source, {})
        return Structure("")

    def draw(self, source: MermaidSource) -> Drawing:
        """Return the picture."""
        return Drawing(self._svg(source.text, source.config), set_aside=False)

    def layout(self, source: MermaidSource) -> Layout:
        """Refuse: there is none."""
        del source
        raise EngineError("mmdc has no layout")

    def place(self, request: LayoutRequest) -> Layout:
        """Refuse: there is none."""
        del request
        raise EngineError("mmdc has no layout")

    def draw_text(self, source: str, width: int) -> str | None:
        """Mmdc has no pictures in characters."""
        del source, width
        return None

    def _svg(self, source: str, more: dict[str, object]) -> str:
        with tempfile.TemporaryDirectory() as folder:
            here = Path(folder)
            (here / "in.mmd").write_text(source, encoding="utf-8")
            config = merged(more)
            (here / "config.json").write_text(json.dumps(config), encoding="utf-8")
            command = [self._command, "--quiet", "-i", "in.mmd", "-o", "out.svg", "-c", "config.json"]
            puppeteer = os.environ.get("CDC_DIAGRAM_PUPPETEER_CONFIG")
            if puppeteer:
                command += ["-p", str(Path(puppeteer).resolve())]
            try:
                done = subprocess.run(
                    command, cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False
                )
            except (OSError, subprocess.SubprocessError) as error:
                message = f"mmdc did not finish: {error}"
                raise EngineError(message) from None
            target = here / "out.svg"
            if done.returncode or not target.is_file():
                raise EngineError(" ".join((done.stderr or done.stdout).split())[:400] or "mmdc wrote no picture")
            return target.read_text(encoding="utf-8")
