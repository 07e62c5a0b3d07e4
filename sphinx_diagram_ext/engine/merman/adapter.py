"""Engine ``merman``: Mermaid's parsers and layouts in Rust, without a browser."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.engine.diagnosis import find_faults
from sphinx_diagram_ext.engine.mermaid_config import merged
from sphinx_diagram_ext.engine.merman import width_stand_ins
from sphinx_diagram_ext.engine.merman.layout import converted
from sphinx_diagram_ext.engine.merman.structure import structure
from sphinx_diagram_ext.engine.protocol import (
    Drawing,
    EngineError,
    EngineUnavailableError,
    Structure,
)

if TYPE_CHECKING:
    from sphinx_diagram_ext.engine.layout import Layout
    from sphinx_diagram_ext.mermaid import MermaidSource

DIAGRAM_ID = "cdc"
"""Prefix of every id in an engine's SVG."""

_MAX_ENGINES = 16
_HTML_LABEL = "<foreignObject"

_CHARACTERS = {"node_padding_y": 0, "trim_trailing_spaces": True, "flowchart_node_label_wrap_width": 200}
"""How pictures in characters are laid out: boxes without empty lines, labels as they are broken."""


class MermanEngine:
    """Checks and draws with merman. Callbacks serialise an engine: one a thread.

    Wherever it can, a picture is drawn without callbacks (see :mod:`.padding`). Options given with
    a call cost a third of the drawing, so each configuration has an engine of its own.
    """

    name = "merman"
    draws = True
    checks = True

    def __init__(self) -> None:
        try:
            import merman

            from sphinx_diagram_ext.engine.merman.measurer import Measurer

            self.version = version("merman")
        except (ImportError, OSError, PackageNotFoundError) as error:
            message = f"merman has no wheel for this platform or is not installed ({error})"
            raise EngineUnavailableError(message) from None
        self._merman = merman
        self._error: type[Exception] = merman.MermanError
        self._measurer = Measurer()
        self._engines: dict[tuple[str, bool], Any] = {}
        self._engine = self._configured({}, measuring=False)

    def _configured(self, more: dict[str, object], *, measuring: bool) -> Any:
        """Return merman's engine for the configuration of the site with *more* in it."""
        key = json.dumps(more, sort_keys=True), measuring
        if key not in self._engines:
            if len(self._engines) >= _MAX_ENGINES:
                self._engines.clear()
            options = {
                "version": 2,
                "site_config": merged(more),
                "svg": {"diagram_id": DIAGRAM_ID, "pipeline": "resvg-safe" if measuring else "readable"},
                "resources": {"profile": "interactive"},
            }
            services = self._merman.MermanEngineServices()
            if measuring:
                services = services.with_text_measurer(self._measurer)
            self._engines[key] = self._merman.MermanEngine(json.dumps(options), services)
        return self._engines[key]

    def parse(self, source: str) -> Structure:
        """Return the nodes and edges of *source*."""
        try:
            parsed = json.loads(self._engine.parse_json(source, None))
        except self._error as error:
            faults = find_faults(source, self._refusal)
            if faults:
                raise EngineError(faults[0].message, faults[0].line, tuple(faults)) from None
            raise EngineError(_message(error), self._reported_line(source)) from None
        return structure(parsed)

    def draw(self, source: MermaidSource) -> Drawing:
        """Return the picture of the skeleton; its labels are put back by the caller."""
        return Drawing(self._answer("render_svg", source), set_aside=True)

    def layout(self, source: MermaidSource) -> Layout:
        """Return where everything is, of the families in :mod:`.layout`; labels are as wide as in the picture."""
        return converted(self._answer("layout_json", source), source)

    def _answer(self, method: str, source: MermaidSource) -> str:
        """Return what a *method* of merman's engine makes of the skeleton."""
        try:
            answer = self._padded(method, source) if source.family in width_stand_ins.FAMILIES else None
            return self._measured(method, source) if answer is None else answer
        except self._error as error:
            raise EngineError(_message(error)) from None

    def _padded(self, method: str, source: MermaidSource) -> str | None:
        """Return the answer made without callbacks, None if that does not give the right one."""
        instead = width_stand_ins.stand_ins(source)
        engine = self._configured(source.config, measuring=False)
        answer = getattr(engine, method)(width_stand_ins.padded(source, instead), None)
        return None if _HTML_LABEL in answer else width_stand_ins.restored(answer, instead)

    def _measured(self, method: str, source: MermaidSource) -> str:
        """Return the answer made with every text measured by callback."""
        engine = self._configured(source.config, measuring=True)
        self._measurer.texts = source.texts()
        try:
            return str(getattr(engine, method)(source.skeleton, None))
        finally:
            self._measurer.texts = {}

    def draw_text(self, source: str, width: int) -> str | None:
        """Return the picture in box-drawing characters."""
        options = json.dumps({"ascii": _CHARACTERS | _tight(source) | {"max_width": width, "overflow": "error"}})
        try:
            return str(self._engine.render_ascii(source, options))
        except self._error:
            return None

    def _reported_line(self, source: str) -> int:
        """Return the line that merman itself names, 0 if it names none; often it is the last."""
        report: dict[str, Any] = json.loads(self._engine.analyze_json(source, None))
        for item in report.get("diagnostics", ()):
            if item.get("severity") == "error" and item.get("span"):
                return min(int(item["span"]["line"]), source.rstrip("\n").count("\n") + 1)
        return 0

    def _refusal(self, source: str) -> str | None:
        """Return what merman says against *source*, None if it parses."""
        try:
            self._engine.parse_json(source, None)
        except self._error as error:
            return _message(error)
        return None


def _tight(source: str) -> dict[str, str]:
    """Return the closer layout where merman has one: it refuses the option for other families."""
    has_one = source.lstrip().startswith(("flowchart", "graph", "sequenceDiagram"))
    return {"layout_profile": "compact"} if has_one else {}


def _message(error: Exception) -> str:
    """Return merman's own sentence, without the record around it."""
    message = getattr(error, "message", None)
    return " ".join(str(message or error).split())
