"""Conversion of merman's ``layout_json`` into a layout (merman 0.9.2, its shape learnt from its answers)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.engine.merman import layout_charts, layout_graphs, layout_sequence
from sphinx_diagram_ext.engine.merman.layout_parts import Keys, LayoutParts, assembled
from sphinx_diagram_ext.engine.protocol import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_diagram_ext.engine.layout import Layout
    from sphinx_diagram_ext.mermaid import MermaidSource

_FAMILIES: Mapping[str, Callable[[Any, Any, Keys], LayoutParts]] = {
    "FlowchartV2": layout_graphs.flowchart,
    "StateDiagramV2": layout_graphs.state,
    "ErDiagram": layout_graphs.entities,
    "ClassDiagramV2": layout_graphs.classes,
    "SequenceDiagram": layout_sequence.sequence,
    "TimelineDiagram": layout_charts.timeline,
    "GanttDiagram": layout_charts.gantt,
    "PieDiagram": layout_charts.pie,
    "QuadrantChartDiagram": layout_charts.quadrants,
    "XyChartDiagram": layout_charts.xychart,
}
"""What reads the layout of a family, by merman's name for it."""


def converted(answer: str, source: MermaidSource) -> Layout:
    """Return merman's *answer* for *source* with the model's keys.

    Raises:
        EngineError: the family is not in the table above, or the answer lacks something or holds a number that is none.
    """
    try:
        found = json.loads(answer)
    except ValueError as error:
        raise EngineError(f"merman's layout is no JSON ({error})") from None
    layout, semantic = _section(found, "layout"), _section(found, "semantic")
    if len(layout) != 1:
        raise EngineError(f"merman's layout is of {len(layout)} families")
    family = next(iter(layout))
    if family not in _FAMILIES:
        meta = found.get("meta")
        kind = meta.get("diagram_type") if isinstance(meta, dict) else family
        raise EngineError(f"merman gives no layout for diagrams of the kind {kind!r}")
    keys = Keys(source)
    parts = _FAMILIES[family](_section(layout, family), semantic, keys)
    keys.check(parts)
    keys.sort(parts)
    return assembled(parts)


def _section(found: Any, key: str) -> dict[str, Any]:
    section = found.get(key) if isinstance(found, dict) else None
    if not isinstance(section, dict):
        raise EngineError(f"merman's layout has {section!r} as {key!r}"[:200])
    return section
