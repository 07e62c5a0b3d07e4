"""Colours by meaning, light and dark.

A picture is drawn with the light colours. Each of them is used for one purpose only, so the
colour itself says which custom property takes its place when the picture is shown: one SVG
serves both schemes. Pairs of text and ground have a contrast of at least 4.5:1 in both
(WCAG 2.2, 1.4.3), which a test computes.
"""

from __future__ import annotations

from dataclasses import dataclass

from sphinx_diagram_ext.model import Tone


@dataclass(frozen=True, slots=True)
class Swatch:
    """Ground, border and text of something."""

    fill: str
    stroke: str
    text: str


LIGHT: dict[Tone, Swatch] = {
    Tone.NEUTRAL: Swatch("#f1f5fa", "#64748c", "#1e293c"),
    Tone.PROBLEM: Swatch("#ffe4e7", "#be123d", "#881338"),
    Tone.CAUTION: Swatch("#fef3c8", "#b4530a", "#78350e"),
    Tone.HEALTHY: Swatch("#d1fae6", "#04785a", "#064e3c"),
    Tone.BLUE: Swatch("#dbeaff", "#1d4ed9", "#1e3a8b"),
    Tone.PURPLE: Swatch("#ede9ff", "#6d28da", "#4c1d96"),
}

DARK: dict[Tone, Swatch] = {
    Tone.NEUTRAL: Swatch("#27324a", "#8a9bb5", "#e6edf7"),
    Tone.PROBLEM: Swatch("#4c1022", "#fb7186", "#ffe0e4"),
    Tone.CAUTION: Swatch("#45270a", "#fbbf25", "#fdeebb"),
    Tone.HEALTHY: Swatch("#063d2f", "#34d39a", "#cdf9e3"),
    Tone.BLUE: Swatch("#172f66", "#60a5fb", "#d8e8ff"),
    Tone.PURPLE: Swatch("#36176b", "#a78bfb", "#e9e3ff"),
}

LIGHT_BASE: dict[str, str] = {
    "text": "#1f2938",
    "line": "#475570",
    "ground": "#fffffe",
    "group": "#f8fafd",
    "group-line": "#94a3b9",
    "note": "#fffbec",
    "note-line": "#a16208",
    "note-text": "#713f13",
}

DARK_BASE: dict[str, str] = {
    "text": "#e2e8f1",
    "line": "#a3b2c8",
    "ground": "#0f1626",
    "group": "#182236",
    "group-line": "#55657f",
    "note": "#33270c",
    "note-line": "#d9a928",
    "note-text": "#fdf0c4",
}


def properties(tones: dict[Tone, Swatch], base: dict[str, str]) -> dict[str, str]:
    """Return the colour of every custom property, by its name without the ``--cdc-``."""
    named = dict(base)
    for tone, swatch in tones.items():
        named[f"{tone}-fill"] = swatch.fill
        named[f"{tone}-stroke"] = swatch.stroke
        named[f"{tone}-text"] = swatch.text
    return named


BY_COLOUR: dict[str, str] = {colour: name for name, colour in properties(LIGHT, LIGHT_BASE).items()}
"""The custom property for each light colour."""


def theme_variables() -> dict[str, object]:
    """Return Mermaid's theme variables (https://mermaid.js.org/config/theming.html)."""
    neutral = LIGHT[Tone.NEUTRAL]
    base = LIGHT_BASE
    variables: dict[str, object] = {
        "background": base["ground"],
        "primaryColor": neutral.fill,
        "primaryBorderColor": neutral.stroke,
        "primaryTextColor": neutral.text,
        "mainBkg": neutral.fill,
        "nodeBorder": neutral.stroke,
        "nodeTextColor": neutral.text,
        "secondaryColor": LIGHT[Tone.BLUE].fill,
        "secondaryBorderColor": LIGHT[Tone.BLUE].stroke,
        "secondaryTextColor": LIGHT[Tone.BLUE].text,
        "tertiaryColor": base["group"],
        "tertiaryBorderColor": base["group-line"],
        "tertiaryTextColor": base["text"],
        "clusterBkg": base["group"],
        "clusterBorder": base["group-line"],
        "titleColor": base["text"],
        "textColor": base["text"],
        "lineColor": base["line"],
        "arrowheadColor": base["line"],
        "edgeLabelBackground": base["ground"],
        "labelBackground": base["ground"],
        "noteBkgColor": base["note"],
        "noteBorderColor": base["note-line"],
        "noteTextColor": base["note-text"],
        "actorBkg": neutral.fill,
        "actorBorder": neutral.stroke,
        "actorTextColor": neutral.text,
        "actorLineColor": base["group-line"],
        "signalColor": base["line"],
        "signalTextColor": base["text"],
        "labelBoxBkgColor": base["group"],
        "labelBoxBorderColor": base["group-line"],
        "labelTextColor": base["text"],
        "loopTextColor": base["text"],
        "activationBkgColor": LIGHT[Tone.BLUE].fill,
        "activationBorderColor": LIGHT[Tone.BLUE].stroke,
        "sequenceNumberColor": base["ground"],
        "stateBkg": neutral.fill,
        "stateBorder": neutral.stroke,
        "stateLabelColor": neutral.text,
        "transitionColor": base["line"],
        "transitionLabelColor": base["text"],
        "compositeBackground": base["group"],
        "compositeTitleBackground": base["group"],
        "compositeBorder": base["group-line"],
        "altBackground": base["group"],
        "specialStateColor": base["line"],
        "innerEndBackground": base["line"],
        "classText": neutral.text,
        "pieTitleTextColor": base["text"],
        "pieSectionTextColor": base["text"],
        "pieLegendTextColor": base["text"],
        "pieStrokeColor": base["ground"],
        "pieOuterStrokeColor": base["group-line"],
        "pieOpacity": "1",
        "taskBkgColor": LIGHT[Tone.BLUE].fill,
        "taskBorderColor": LIGHT[Tone.BLUE].stroke,
        "taskTextColor": LIGHT[Tone.BLUE].text,
        "taskTextOutsideColor": base["text"],
        "taskTextDarkColor": base["text"],
        "gridColor": base["group-line"],
        "critBkgColor": LIGHT[Tone.PROBLEM].fill,
        "critBorderColor": LIGHT[Tone.PROBLEM].stroke,
        "doneTaskBkgColor": LIGHT[Tone.HEALTHY].fill,
        "doneTaskBorderColor": LIGHT[Tone.HEALTHY].stroke,
        "sectionBkgColor": base["group"],
        "altSectionBkgColor": base["ground"],
        "sectionBkgColor2": base["group"],
        "todayLineColor": LIGHT[Tone.PROBLEM].stroke,
    }
    for row, name in (("rowOdd", "group"), ("rowEven", "ground"), ("attributeBackgroundColorOdd", "group")):
        variables[row] = base[name]
    for number in range(1, 5):
        variables[f"quadrant{number}Fill"] = base["group"]
        variables[f"quadrant{number}TextFill"] = base["text"]
    variables |= {
        "quadrantPointFill": LIGHT[Tone.BLUE].stroke,
        "quadrantPointTextFill": base["text"],
        "quadrantXAxisTextFill": base["text"],
        "quadrantYAxisTextFill": base["text"],
        "quadrantTitleFill": base["text"],
        "quadrantInternalBorderStrokeFill": base["group-line"],
        "quadrantExternalBorderStrokeFill": base["group-line"],
        "commitLabelColor": base["text"],
        "commitLabelBackground": base["group"],
        "tagLabelColor": LIGHT[Tone.CAUTION].text,
        "tagLabelBackground": LIGHT[Tone.CAUTION].fill,
        "tagLabelBorder": LIGHT[Tone.CAUTION].stroke,
    }
    series = [Tone.BLUE, Tone.PURPLE, Tone.HEALTHY, Tone.CAUTION, Tone.PROBLEM, Tone.NEUTRAL]
    for index in range(12):
        swatch = LIGHT[series[index % len(series)]]
        variables[f"cScale{index}"] = swatch.fill
        variables[f"cScaleInv{index}"] = swatch.stroke
        variables[f"cScalePeer{index}"] = swatch.stroke
        variables[f"cScaleLabel{index}"] = swatch.text
        variables[f"pie{index + 1}"] = swatch.fill
        variables[f"fillType{index}"] = swatch.fill
        if index < 8:
            variables[f"git{index}"] = swatch.stroke
            variables[f"gitInv{index}"] = swatch.fill
            variables[f"gitBranchLabel{index}"] = base["ground"]
    plots = [LIGHT[tone].stroke for tone in series[:5]]
    variables["xyChart"] = {
        "backgroundColor": base["ground"],
        "titleColor": base["text"],
        "plotColorPalette": ", ".join(plots),
        **{
            f"{axis}Axis{part}Color": base["text" if part in ("Label", "Title") else "line"]
            for axis in "xy"
            for part in ("Label", "Title", "Tick", "Line")
        },
    }
    variables["packet"] = {
        "blockFillColor": LIGHT[Tone.BLUE].fill,
        "blockStrokeColor": LIGHT[Tone.BLUE].stroke,
        "labelColor": LIGHT[Tone.BLUE].text,
        "titleColor": base["text"],
        "startByteColor": base["text"],
        "endByteColor": base["text"],
    }
    return variables
