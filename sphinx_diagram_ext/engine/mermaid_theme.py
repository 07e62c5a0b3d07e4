"""Mermaid theme variables in the colours of the palette."""

from __future__ import annotations

from sphinx_diagram_ext.model import Tone
from sphinx_diagram_ext.palette import LIGHT, LIGHT_BASE


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
