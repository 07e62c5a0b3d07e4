"""Writes a finished picture as XML, as ElementTree would.

ElementTree's own writer looks for namespaces in every name; a finished picture has none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_IN_TEXT = re.compile("[&<>]")
_IN_VALUE = re.compile('[&<>"\r\n\t]')
_ESCAPED = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\r": "&#13;",
    "\n": "&#10;",
    "\t": "&#09;",
}


def write(root: Element) -> str:
    """Return *root* and what is in it, elements without namespaces, as XML."""
    parts: list[str] = []
    _write(root, parts)
    return "".join(parts)


def _write(element: Element, parts: list[str]) -> None:
    tag, text, tail = element.tag, element.text, element.tail
    values = "".join([f' {name}="{_value(value)}"' for name, value in element.attrib.items()])
    if text or len(element):
        parts.append(f"<{tag}{values}>{_text(text)}")
        for child in element:
            _write(child, parts)
        parts.append(f"</{tag}>")
    else:
        parts.append(f"<{tag}{values} />")
    if tail:
        parts.append(_text(tail))


def _text(text: str | None) -> str:
    return _IN_TEXT.sub(_escaped, text) if text else ""


def _value(value: str) -> str:
    return _IN_VALUE.sub(_escaped, value)


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPED[found[0]]
