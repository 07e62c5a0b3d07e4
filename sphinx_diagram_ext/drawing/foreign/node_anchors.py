"""Anchors and tones of the nodes in a picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.foreign import charts, pie, quadrants
from sphinx_diagram_ext.model import Tone
from sphinx_diagram_ext.palette import LIGHT, Swatch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

    from sphinx_diagram_ext.drawing.foreign.labels import Labels

_ID = re.compile(r"^cdc-(?:flowchart-|state-|classId-|entity-|service-|node_)?(?P<name>.+?)(?:-\d+)?$")


def mark_nodes(root: Element, kind: str, labels: Labels, prefix: str) -> None:
    """Give every node found in *root*, a picture of this *kind*, its id and its class."""
    find = _FINDERS.get(kind, _groups)
    done: set[str] = set()
    for element, key in find(root, labels):
        if key in labels.anchors and key not in done:
            done.add(key)
            element.set("id", f"{prefix}--{labels.anchors[key]}")
            element.set("class", f"{element.get('class') or ''} cdc-node".strip())


def _groups(root: Element, labels: Labels) -> Iterator[tuple[Element, str]]:
    for element in root.iter("g"):
        own = element.get("id") or ""
        found = _ID.match(own)
        if found is None:
            continue
        whole = own.removeprefix("cdc-")
        for name in (whole, found["name"], re.sub(r"^(?:flowchart|state|classId|entity|service)-", "", whole)):
            if name in labels.nodes:
                yield element, labels.nodes[name]
                break


def _participants(root: Element, labels: Labels) -> Iterator[tuple[Element, str]]:
    """A participant is the group that holds a box or figure with its name."""
    for parent in root.iter():
        own = parent.get("name") or ""
        if parent.tag == "g" and "actor-man" in (parent.get("class") or "") and own in labels.nodes:
            yield parent, labels.nodes[own]
            continue
        for child in parent if parent.tag == "g" else ():
            name = child.get("name") or ""
            if name in labels.nodes and child.tag == "rect":
                key = labels.nodes[name]
                tone = Tone(labels.tones.get(key, Tone.NEUTRAL))
                if tone is not Tone.NEUTRAL:
                    _tone(parent, child, LIGHT[tone])
                yield parent, key
                break


def _tone(group: Element, shape: Element, swatch: Swatch) -> None:
    shape.set("fill", swatch.fill)
    shape.set("stroke", swatch.stroke)
    for part in group.iter():
        if part.tag in ("text", "tspan"):
            part.set("fill", swatch.text)


_FINDERS: dict[str, Callable[[Element, Labels], Iterator[tuple[Element, str]]]] = {
    "sequence": _participants,
    "xychart": charts.measures,
    "pie": pie.slices,
    "quadrantChart": quadrants.points,
    "gantt": charts.tasks,
}
