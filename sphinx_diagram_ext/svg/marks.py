"""Finds the nodes of a diagram in its picture and gives them their anchors and tones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_diagram_ext.palette import LIGHT
from sphinx_diagram_ext.svg.stylesheet import local_name
from sphinx_diagram_ext.model import Tone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_ID = re.compile(r"^cdc-(?:flowchart-|state-|classId-|entity-|service-|node_)?(?P<name>.+?)(?:-\d+)?$")


def mark_nodes(
    root: Element,
    family: str,
    nodes: dict[str, str],
    anchors: dict[str, str],
    tones: dict[str, str],
    prefix: str,
) -> None:
    """Give every node found in *root* the id ``<prefix>--<anchor>`` and its class."""
    find = {"sequence": _participants, "timeline": _events}.get(family, _groups)
    done: set[str] = set()
    for element, name in find(root, nodes, tones):
        key = nodes.get(name, name if family == "timeline" else "")
        if key not in anchors or key in done:
            continue
        done.add(key)
        element.set("id", f"{prefix}--{anchors[key]}")
        element.set("class", f"{element.get('class') or ''} cdc-node".strip())


def _groups(
    root: Element, nodes: dict[str, str], _: dict[str, str]
) -> Iterator[tuple[Element, str]]:
    for element in root.iter():
        found = _ID.match(element.get("id") or "")
        if local_name(element) != "g" or found is None:
            continue
        whole = (element.get("id") or "").removeprefix("cdc-")
        for name in (whole, found["name"], re.sub(r"^(?:flowchart|state|classId|entity|service)-", "", whole)):
            if name in nodes:
                yield element, name
                break


def _participants(
    root: Element, nodes: dict[str, str], tones: dict[str, str]
) -> Iterator[tuple[Element, str]]:
    """A participant is the group that holds a box or figure with its name."""
    for parent in root.iter():
        if local_name(parent) != "g":
            continue
        for child in parent:
            name = child.get("name") or (child.get("data-id") if local_name(child) == "g" else "")
            if name in nodes and local_name(child) in ("rect", "g", "path"):
                tone = tones.get(nodes[name], Tone.NEUTRAL)
                if tone != Tone.NEUTRAL and local_name(child) == "rect":
                    _tone(parent, child, LIGHT[Tone(tone)].fill, LIGHT[Tone(tone)].stroke, LIGHT[Tone(tone)].text)
                yield parent, name
                break


def _events(
    root: Element, _: dict[str, str], tones: dict[str, str]
) -> Iterator[tuple[Element, str]]:
    """The tasks of a timeline stand in the order of its events; boxes below are theirs."""
    keys = list(tones)
    number = -1
    for element in root.iter():
        classes = (element.get("class") or "").split()
        if "taskWrapper" in classes:
            number += 1
        if number < 0 or number >= len(keys) or not {"taskWrapper", "eventWrapper"} & set(classes):
            continue
        swatch = LIGHT[Tone(tones[keys[number]])]
        for part in element.iter():
            if local_name(part) == "path":
                _tone(element, part, swatch.fill, swatch.stroke, swatch.text)
        for part in list(element.iter()):
            for line in [item for item in part if local_name(item) == "line"]:
                part.remove(line)
        if "taskWrapper" in classes:
            yield element, keys[number]


def _tone(group: Element, shape: Element, fill: str, stroke: str, text: str) -> None:
    shape.set("fill", fill)
    shape.set("stroke", stroke)
    for part in group.iter():
        if local_name(part) in ("text", "tspan"):
            part.set("fill", text)
