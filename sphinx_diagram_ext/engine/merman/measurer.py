"""Text measurer: the answers to merman's questions about the size of text."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import merman

from sphinx_diagram_ext.fonts import text_width, wrap

if TYPE_CHECKING:
    from sphinx_diagram_ext.mermaid import Line

_Op = merman.MermanTextMeasurementOperation
_Kind = merman.MermanTextMeasurementResultKind

_LENGTHS = frozenset(
    (
        _Op.COMPUTED_LENGTH,
        _Op.SIMPLE_B_BOX_WIDTH,
        _Op.RAW_B_BOX_WIDTH,
        _Op.TSPAN_B_BOX_WIDTH,
        _Op.WRAP_PROBE_B_BOX_WIDTH,
        _Op.BOUNDING_CLIENT_RECT_WIDTH,
        _Op.CANVAS_MEASURE_TEXT_WIDTH,
    )
)
_METRICS = frozenset((_Op.MEASURE, _Op.WRAPPED, _Op.MERMAID_CALCULATE_TEXT_DIMENSIONS))
_EXTENTS = frozenset((_Op.B_BOX_X, _Op.B_BOX_X_WITH_ASCII_OVERHANG, _Op.TITLE_B_BOX_X))


class Measurer(merman.MermanTextMeasurer):  # type: ignore[misc]
    """Measures with the widths of :mod:`sphinx_diagram_ext.fonts`.

    ``texts`` holds the lines that the placeholders of the current drawing stand for. Heights
    alone are left to the engine, which knows them from the font size.
    """

    def __init__(self) -> None:
        self.texts: dict[str, Line] = {}

    def measure(self, request: merman.MermanTextMeasureRequest) -> merman.MermanTextMeasureResult | None:
        """Return the size asked for, or None to let the engine estimate it."""
        operation = request.operation
        size = request.font_size
        bold = _is_bold(request.font_weight)
        if operation in _LENGTHS:
            return _result(_Kind.LENGTH, length=self._widest(request.text, size, bold=bold))
        if operation in _EXTENTS:
            half = self._widest(request.text, size, bold=bold) / 2
            return _result(_Kind.HORIZONTAL_EXTENTS, bbox_left=half, bbox_right=half)
        if operation in _METRICS or operation is _Op.WRAPPED_WITH_RAW_WIDTH:
            return self._metrics(request, size, bold=bold)
        return None

    def _metrics(
        self, request: merman.MermanTextMeasureRequest, size: float, *, bold: bool
    ) -> merman.MermanTextMeasureResult:
        raw = self._widest(request.text, size, bold=bold)
        lines = request.text.split("\n")
        width = raw
        if request.max_width is not None and raw > request.max_width and not self.texts:
            lines = wrap(request.text, request.max_width, size, bold=bold)
            width = max(self._width(line, size, bold=bold) for line in lines)
        height = len(lines) * (request.line_height or size * 1.1)
        if request.operation is _Op.WRAPPED_WITH_RAW_WIDTH:
            kind = _Kind.WRAPPED_WITH_RAW_WIDTH
            return _result(kind, width=width, height=height, line_count=len(lines), raw_width=raw)
        return _result(_Kind.METRICS, width=width, height=height, line_count=len(lines))

    def _widest(self, text: str, size: float, *, bold: bool) -> float:
        return max(self._width(line, size, bold=bold) for line in text.split("\n"))

    def _width(self, text: str, size: float, *, bold: bool) -> float:
        if not self.texts:
            # Entity codes of Mermaid are HTML's when they arrive here.
            return text_width(html.unescape(text) if "&" in text else text, size, bold=bold)
        total = 0.0
        for char in text:
            line = self.texts.get(char)
            if line is None:
                total += text_width(char, size, bold=bold)
            else:
                total += max(text_width(row, size, bold=bold or line.bold) for row in line.rows)
        return total


def _is_bold(weight: str | None) -> bool:
    if weight is None:
        return False
    return weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600)


def _result(
    kind: merman.MermanTextMeasurementResultKind,
    *,
    width: float = 0.0,
    height: float = 0.0,
    length: float = 0.0,
    line_count: int = 1,
    bbox_left: float | None = None,
    bbox_right: float | None = None,
    raw_width: float | None = None,
) -> merman.MermanTextMeasureResult:
    return merman.MermanTextMeasureResult(
        result_kind=kind,
        width=width,
        height=height,
        length=length,
        line_count=line_count,
        bbox_left=bbox_left,
        bbox_right=bbox_right,
        raw_width=raw_width,
    )
