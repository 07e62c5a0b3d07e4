"""Pie charts of an engine: slices with their numbers, and the legend, in the colours of the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.foreign.charts import LINE_HEIGHT_EM, first, more_rows
from sphinx_diagram_ext.palette import LIGHT, LIGHT_BASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from sphinx_diagram_ext.drawing.foreign.labels import Labels


_LEAST_SHARE = 5


def slices(root: Element, labels: Labels) -> Iterator[tuple[Element, str]]:
    """Yield the entries of a pie chart's legend, moved apart by their lines."""
    if not labels.texts:
        return
    entries = [group for group in root.iter("g") if group.get("class") == "legend"]
    _paint_slices(root, [part for group in entries for part in group.iter("rect")])
    heights = [28 + 16 * LINE_HEIGHT_EM * more_rows(group.find("text"), labels) for group in entries]
    top = -sum(heights) / 2
    for group, height, key in zip(entries, heights, labels.tones, strict=False):
        group.set("transform", f"translate(216,{top})")
        top += height
        yield group, key
    title = first(root, "pieTitleText")
    if title is not None:
        title.set("y", f"{-200 - 18 * LINE_HEIGHT_EM * more_rows(title, labels)}")
    for text in root.iter("text"):
        share = (text.text or "").strip().removesuffix("%")
        if text.get("class") == "slice" and share.isdigit() and int(share) < _LEAST_SHARE:
            # The legend says it too; labels of thin slices cover each other.
            text.text = ""


def _paint_slices(root: Element, entries: list[Element]) -> None:
    """Draw slices as bars are drawn, pale with a line of their tone or all in it, and their shares readable."""
    lines = {swatch.fill: swatch.stroke for swatch in LIGHT.values()}
    pieces = [part for part in root.iter("path") if part.get("class") == "pieCircle"]
    for part in (*pieces, *entries):
        fill = part.get("fill") or ""
        part.set("stroke", lines.get(fill, LIGHT_BASE["ground"] if part.tag == "path" else fill))
        part.set("stroke-width", "1.5")
    for part, text in zip(pieces, (part for part in root.iter("text") if part.get("class") == "slice"), strict=False):
        if part.get("fill") not in lines:
            text.set("fill", LIGHT_BASE["ground"])
