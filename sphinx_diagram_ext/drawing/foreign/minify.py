"""Minifier of finished pictures: short numbers, no class or id that nothing uses."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.foreign.prune import used_ids
from sphinx_diagram_ext.drawing.ids import ANCHOR

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NUMBER = re.compile(r"-?\d+(?:\.\d{3,}(?:e-?\d+)?|e-?\d+)")
_NUMERIC = frozenset(
    [
        "d",
        "points",
        "transform",
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "width",
        "height",
        "dx",
        "dy",
        "viewBox",
        "stroke-width",
        "refX",
        "refY",
    ]
)
_DEFAULTS = {
    "stroke-width": ("1", "1px"),
    "stroke-dasharray": ("0", "1, 0", "1,0"),
    "font-style": ("normal", ""),
    "font-weight": ("normal", "400", ""),
}


_DROPPED = frozenset(("data-id", "name"))
_CHANGED = _NUMERIC | _DROPPED | _DEFAULTS.keys() | {"class", "id", "href"}
"""Attributes that may change for another reason than that they refer to something."""


def tidy(root: Element) -> None:
    """Shorten numbers, drop classes and ids that nothing uses, give the rest stable ids."""
    used = used_ids(root)
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            if name not in _CHANGED and "url(#" not in value:
                continue
            kept = _tidied(element.tag, name, value, used)
            if kept is None:
                del element.attrib[name]
            elif kept is not value:
                element.set(name, kept)


def _tidied(tag: str, name: str, value: str, used: set[str]) -> str | None:
    """Return what an attribute's value becomes, None to drop the attribute."""
    if name in _NUMERIC:
        value = _shortened(value)
    elif name == "class":
        return _own_classes(value)
    elif name == "id" and not value.startswith(ANCHOR):
        return _local(value) if value in used else None
    elif "url(#" in value or (name == "href" and tag != "a" and value.startswith("#")):
        return re.sub(r"#([\w-]+)", lambda found: f"#{_local(found[1])}", value)
    return None if name in _DROPPED or value in _DEFAULTS.get(name, ()) else value


@lru_cache(maxsize=4_096)
def _own_classes(value: str) -> str | None:
    return " ".join(word for word in value.split() if word.startswith("cdc-")) or None


def _local(name: str) -> str:
    """Return an engine's id as one that belongs to this diagram."""
    return f"{ANCHOR}-{name.removeprefix('cdc').lstrip('-_')}"


def _shortened(value: str) -> str:
    """Return *value* with two decimals at most in each of its numbers."""
    return _NUMBER.sub(_short, value) if "." in value or "e" in value else value


def _short(found: re.Match[str]) -> str:
    text = f"{float(found[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
