"""Mermaid source of an author's own: its family's settings, and labels without HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_diagram_ext.mermaid.html_labels import without_html
from sphinx_diagram_ext.mermaid.source import MermaidSource
from sphinx_diagram_ext.mermaid_keywords import family_of
from sphinx_diagram_ext.model import Tone
from sphinx_diagram_ext.palette import LIGHT, LIGHT_BASE

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import RawMermaid

LABEL_WIDTH = 200
"""Width in CSS pixels that labels are broken at, as Mermaid has it."""

_SERIES = (Tone.BLUE, Tone.PURPLE, Tone.HEALTHY, Tone.CAUTION, Tone.PROBLEM, Tone.NEUTRAL)
_GROUP = re.compile(r"^\s*subgraph\b", re.MULTILINE)
_LAYOUT = re.compile(r"\b(?:layout|defaultRenderer)\b")
_FEW = 2


def raw(body: RawMermaid) -> MermaidSource:
    """Return the source of *body* with what its family needs to be drawn well."""
    source = cleaned(body.source)
    nodes = {node.key: node.key for node in body.nodes}
    return MermaidSource("mermaid", body.source, source, nodes=nodes, config=_settings(source))


def cleaned(source: str) -> str:
    """Return *source* as engines read it, line by line: without HTML in labels."""
    return without_html(source, family_of(source))


def with_elk(source: MermaidSource) -> MermaidSource | None:
    """Return *source*, Mermaid of an author's own, laid out by ELK; None if it has no groups, or says how.

    dagre sets groups that nothing joins side by side, however wide that is.
    """
    text = source.skeleton
    if source.family != "mermaid" or len(_GROUP.findall(text)) < _FEW or _LAYOUT.search(text):
        return None
    return replace(source, config={**source.config, "layout": "elk"}) if family_of(text) == "flowchart" else None


def _settings(source: str) -> dict[str, object]:
    return _SETTINGS.get(family_of(source), {})


def _colours() -> dict[str, object]:
    """Return strong colours for families that draw lines and thin shapes in those of their series."""
    return {f"cScale{index}": LIGHT[_SERIES[index % len(_SERIES)]].stroke for index in range(12)}


_SETTINGS: dict[str, dict[str, object]] = {
    "flowchart": {"flowchart": {"wrappingWidth": LABEL_WIDTH}},
    "state": {"state": {"wrappingWidth": LABEL_WIDTH}},
    "mindmap": {"layout": "cose-bilkent"},
    "radar": {
        "themeVariables": {
            **_colours(),
            "radar": {
                "axisColor": LIGHT_BASE["line"],
                "curveOpacity": 0.25,
                "graticuleColor": LIGHT_BASE["group-line"],
                "graticuleOpacity": 0.1,
            },
        }
    },
    "git": {"themeVariables": {f"gitInv{index}": LIGHT[_SERIES[index % len(_SERIES)]].stroke for index in range(8)}},
    "gantt": {
        "themeVariables": {
            "altSectionBkgColor": LIGHT_BASE["group"],
            "sectionBkgColor": LIGHT[Tone.NEUTRAL].fill,
            "sectionBkgColor2": LIGHT[Tone.NEUTRAL].fill,
            "activeTaskBkgColor": LIGHT[Tone.PURPLE].fill,
            "activeTaskBorderColor": LIGHT[Tone.PURPLE].stroke,
            "doneTaskBorderColor": LIGHT[Tone.HEALTHY].stroke,
        }
    },
}
