"""Finished picture: an object that gives its SVG for an anchor, a colour scheme or a file of its own."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

from sphinx_diagram_ext.drawing.ids import ANCHOR, FILE_ONLY, INLINE_ONLY, LINK, LINK_END, PAINT, PAINT_END, PLAIN_ONLY
from sphinx_diagram_ext.drawing.svg11 import PAINT_ORDER, outside_svg11
from sphinx_diagram_ext.palette import BY_COLOUR, PALETTE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from xml.etree.ElementTree import Element

    from sphinx_diagram_ext.palette import Palette

_PAINTS = ("fill", "stroke", "stop-color")
# Only what this module writes itself is read: characters that no text of an author may hold.
_SLOT = re.compile(
    f'{PAINT}([a-z-]+){PAINT_END}|(?: ([{FILE_ONLY}{INLINE_ONLY}{PLAIN_ONLY}])([\\w:-]+="[^"]*"))|({ANCHOR})'
    f"|{LINK}([^{LINK_END}]*){LINK_END}"
)

KIND_PREFIX = re.compile(r"^kind\d+\.")
"""Begins the names of attributes that only some forms of a picture have, in :meth:`Picture.marked`."""

NO_LINKS: Mapping[str, str] = {}


@dataclass(frozen=True)
class Picture:
    """A finished picture.

    ``root`` has the attributes of the root element, ``content`` the SVG text inside it with slots for what depends
    on where it is shown. ``anchors`` are the parts of node anchors (see :func:`..model.anchor_parts`) that are drawn.
    """

    root: tuple[tuple[str, str], ...]
    content: str
    title: str
    anchors: tuple[str, ...] = ()
    narrow: Picture | None = None
    """The same for a phone, where this one is too wide for it."""

    @classmethod
    def of(cls, root: Element, title: str = "") -> Picture:
        """Return the picture that a finished SVG tree is; *root* is changed on the way."""
        anchors = tuple(_anchors(root))
        for element in root.iter():
            _set_slots(element)
        text = ET.tostring(root, encoding="unicode")
        start, end = text.index(">") + 1, text.rindex("<")
        return cls(tuple(root.attrib.items()), text[start:end] if start < end else "", title, anchors)

    @cached_property
    def _attributes(self) -> dict[str, str]:
        return dict(self.root)

    @property
    def width(self) -> float:
        """Width in CSS pixels."""
        return float(self._attributes["width"])

    @property
    def height(self) -> float:
        """Height in CSS pixels."""
        return float(self._attributes["height"])

    def inline(
        self,
        anchor: str,
        *,
        interactive: bool = False,
        label: str = "",
        width: str = "",
        name: str = "",
        links: Mapping[str, str] = NO_LINKS,
    ) -> str:
        """Return SVG for a page, whose colours are custom properties.

        An *interactive* picture is a group to a screen reader, not an image: its nodes are buttons. *label* takes
        the place of the title as the accessible name, *width* (CSS) that of the size. *name* is the class of the root,
        *links* are the addresses of nodes that lead to something of the site, by the part of their anchor.
        """
        changed = dict(self.root)
        if name:
            changed["class"] = name
        if interactive:
            changed["role"] = "group"
        if label:
            changed = _exchanged(changed, "aria-labelledby", "aria-label", label)
        if width:
            changed["width"] = width
            del changed["height"]
        return self._svg(changed, anchor, INLINE_ONLY + PLAIN_ONLY, lambda name: f"var(--cdc-{name})", links)

    def plain(self, anchor: str = "cdc", palette: Palette = PALETTE) -> str:
        """Return SVG that needs no page, in the light colours, as programs read it."""
        return self._svg(dict(self.root), anchor, PLAIN_ONLY, palette.light.__getitem__)

    def standalone(self, scheme: str = "light", palette: Palette = PALETTE) -> str:
        """Return valid SVG 1.1 in the colours of a *scheme* ("light", "dark"), for image files and books."""
        colours = palette.dark if scheme == "dark" else palette.light
        return self._svg(dict(self.root), "cdc", FILE_ONLY, colours.__getitem__)

    def _svg(
        self,
        root: Mapping[str, str],
        anchor: str,
        kinds: str,
        colour: Callable[[str], str],
        links: Mapping[str, str] = NO_LINKS,
    ) -> str:
        def fill(found: re.Match[str]) -> str:
            name, kind, attribute, anchor_slot, part = found.groups()
            if part is not None:
                return f" href={_quoted(links[part])}" if part in links else ""
            if name:
                return colour(name)
            if kind:
                return f" {attribute}" if kind in kinds else ""
            return anchor if anchor_slot else ""

        opening = "".join(f" {name}={_quoted(value)}" for name, value in root.items())
        return _SLOT.sub(fill, f"<svg{opening}>{self.content}</svg>")

    def marked(self) -> str:
        """Return SVG that holds everything that any of its forms does, for whoever checks it.

        The names of attributes that only some forms have begin with what ``KIND_PREFIX`` finds; colours are "none",
        and "()" where the palette has none of that name.
        """

        def fill(found: re.Match[str]) -> str:
            name, kind, attribute, _anchor, part = found.groups()
            if part is not None:
                return ' href="#"'
            if name:
                return "none" if name in PALETTE.light else "()"
            return f" kind{ord(kind) % 16}.{attribute}" if kind else "cdc"

        opening = "".join(f" {name}={_quoted(value)}" for name, value in self.root)
        return _SLOT.sub(fill, f"<svg{opening}>{self.content}</svg>")

    def encode(self) -> bytes:
        """Return the picture as bytes for a cache."""
        head: list[object] = [self.root, self.title, self.anchors]
        content = self.content
        if self.narrow:
            head += [len(content), self.narrow.root, self.narrow.anchors]
            content += self.narrow.content
        return f"{json.dumps(head, ensure_ascii=False)}\n{content}".encode()

    @classmethod
    def decode(cls, content: bytes) -> Picture | None:
        """Return the picture that :meth:`encode` made bytes of, None for any others."""
        try:
            head, _, text = content.decode("utf-8").partition("\n")
            root, title, anchors, *more = json.loads(head)
            narrow = None
            if more:
                length, narrow_root, narrow_anchors = more
                narrow = cls(_attributes(narrow_root), text[length:], str(title), tuple(narrow_anchors))
                text = text[:length]
            picture = cls(_attributes(root), text, str(title), tuple(anchors), narrow)
            drawn = all(one.width > 0 and one.height > 0 for one in (picture, narrow) if one)
        except (ValueError, TypeError, KeyError):
            return None
        return picture if drawn else None


def _attributes(found: object) -> tuple[tuple[str, str], ...]:
    """Return the attributes of a root element as they are kept.

    Raises:
        TypeError: *found* is none.
        ValueError: it does not consist of pairs.
    """
    if not isinstance(found, list):
        raise TypeError(found)
    return tuple((str(name), str(value)) for name, value in found)


def _exchanged(attributes: dict[str, str], old: str, new: str, value: str) -> dict[str, str]:
    return {new if name == old else name: value if name == old else own for name, own in attributes.items()}


def _quoted(value: str) -> str:
    return quoteattr(value, {'"': "&quot;"})


def _anchors(root: Element) -> Iterator[str]:
    start = f"{ANCHOR}--"
    for element in root.iter():
        own = element.get("id")
        if own and own.startswith(start):
            yield own.removeprefix(start)


def _set_slots(element: Element) -> None:
    """Mark what of an element depends on where it is shown."""
    found: dict[str, str] = {}
    changed = False
    if element.tag in ("title", "desc"):
        # Sphinx's script would stumble over words to mark in titles, which have no box.
        found[f"{INLINE_ONLY}class"] = "nohighlight"
        changed = True
    for name, value in element.attrib.items():
        if name in _PAINTS and value in BY_COLOUR:
            found[name] = f"{PAINT}{BY_COLOUR[value]}{PAINT_END}"
            changed = True
        elif outside_svg11(str(element.tag), name):
            found[f"{PLAIN_ONLY}{name}"] = value
            changed = True
        else:
            found[name] = value
    order: Any = element.get(PAINT_ORDER)
    if order:
        style = element.get("style")
        if style is not None:
            found = _exchanged(found, "style", f"{PLAIN_ONLY}style", style)
        found[f"{FILE_ONLY}style"] = ";".join(filter(None, (style, f"{PAINT_ORDER}:{order}")))
    if changed:
        element.attrib.clear()
        element.attrib.update(found)
