"""Placeholders in a picture, replaced by the texts of the labels."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.foreign.fixes import classes
from sphinx_diagram_ext.drawing.ids import without_marks

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from sphinx_diagram_ext.mermaid import Line

_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]\w*);")


def decode(root: Element) -> None:
    """Decode what an engine encoded twice: entity codes of Mermaid in labels that are SVG text."""
    for element in root.iter():
        if element.text and "&" in element.text:
            element.text = _ENTITY.sub(lambda found: html.unescape(found[0]), element.text)


def forget_marks(root: Element) -> None:
    """Drop the characters of our own that an author wrote as entity codes."""
    for element in root.iter():
        if element.text:
            element.text = without_marks(element.text)
        if element.tail:
            element.tail = without_marks(element.tail)
        for name, value in element.attrib.items():
            if not value.isascii():
                element.set(name, without_marks(value))


def put_labels_back(root: Element, texts: dict[str, Line]) -> None:
    """Put the lines of labels in place of their placeholders."""
    if not texts:
        return
    written = {ord(char): line.text for char, line in texts.items()}
    for element in root.iter():
        if element.text and not element.text.isascii():
            line = texts.get(element.text.strip())
            if line is not None and line.bold:
                element.set("font-weight", "bold")
            element.text = element.text.translate(written)
        if element.tail and not element.tail.isascii():
            element.tail = element.tail.translate(written)


def flatten_text(root: Element) -> None:
    """Join the engine's one-word spans into one span a line."""
    for row in list(root.iter("tspan")):
        if "row" not in classes(row):
            continue
        styles = {(part.get("font-style"), part.get("font-weight")) for part in row}
        if len(styles) == 1 and all(len(part) == 0 for part in row):
            style, weight = styles.pop()
            row.text = (row.text or "") + "".join((part.text or "") + (part.tail or "") for part in row)
            for part in list(row):
                row.remove(part)
            for name, value in (("font-style", style), ("font-weight", weight)):
                if value and value != "normal":
                    row.set(name, value)
