"""SVG writer: a scene as the picture that is kept.

Only elements and attributes of SVG 1.1 are written, every text is escaped, and addresses pass the allowlist.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from sphinx_diagram_ext.drawing.ids import ANCHOR, INLINE_ONLY, LINK, LINK_END, without_marks
from sphinx_diagram_ext.drawing.node_marks import mark
from sphinx_diagram_ext.drawing.picture import Picture
from sphinx_diagram_ext.drawing.scene import MARGIN, Align, Hook, Symbol
from sphinx_diagram_ext.drawing.svg_elements import USUAL_WIDTH, element, escaped, icon_id, number, paint
from sphinx_diagram_ext.fonts import FONT_FAMILY
from sphinx_diagram_ext.urls import safe_url

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from sphinx_diagram_ext.drawing.geometry import Rect
    from sphinx_diagram_ext.drawing.scene import Item, Part, Scene
    from sphinx_diagram_ext.model import Icon

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"

EDGE_CLASS = "cdc-e"
"""Begins the class of an edge and its label; their number follows."""


def write(
    scene: Scene,
    title: str,
    description: str,
    anchors: Mapping[str, str],
    explained: Container[str] = (),
    commanded: Container[str] = (),
    leading: Container[str] = (),
    edges: Mapping[tuple[str, str], int] | None = None,
) -> Picture:
    """Return the picture of *scene*.

    Args:
        scene: what is drawn.
        title: the picture's accessible name.
        description: what it says, "" for nothing.
        anchors: for each key of a node the part of its id that follows the diagram's anchor.
        explained: the keys of nodes that have an explanation; a dot says so.
        commanded: the keys of those that have a command; a prompt says so.
        leading: the keys of those that lead to something of a site, whose addresses each page gives.
        edges: the numbers of edges, by the keys of their ends: style sheets know them by these.
    """
    left, top, right, bottom = scene.rect.grown(MARGIN)
    written = [f'<title{_nohighlight} id="{ANCHOR}-title">{escaped(title)}</title>\n']
    root = {
        "xmlns": SVG,
        "width": f"{right - left:.0f}",
        "height": f"{bottom - top:.0f}",
        "viewBox": f"{number(left)} {number(top)} {number(right - left)} {number(bottom - top)}",
        "font-family": FONT_FAMILY,
        "font-size": "13",
        "fill": paint("text"),
        "stroke-width": number(USUAL_WIDTH),
        "role": "img",
        "aria-labelledby": f"{ANCHOR}-title",
    }
    if description:
        root["aria-describedby"] = f"{ANCHOR}-desc"
        written.append(f'<desc{_nohighlight} id="{ANCHOR}-desc">{escaped(description)}</desc>\n')
    if any(item.link or item.key in leading for item in scene.items):
        root["role"] = "group"
    align = _usual_align(scene)
    if align is not Align.START:
        root["text-anchor"] = align
    icons = {icon_id(part.icon): part.icon for item in scene.items for part in item.parts if isinstance(part, Symbol)}
    if icons:
        root["xmlns:xlink"] = XLINK
        written += [_definition(name, icon) for name, icon in icons.items()]
    drawn: dict[str, None] = {}
    for item in scene.items:
        if item.hook is Hook.NODE and (item.key in explained or item.key in commanded):
            item.parts.extend(mark(item, command=item.key in commanded))
        _write_item(
            item, anchors, drawn, written, align, leading=item.key in leading, edge=(edges or {}).get(item.ends)
        )
    return Picture(tuple(root.items()), "".join(written), title, tuple(drawn))


def write_untitled(parts: Sequence[Part], rect: Rect) -> Picture:
    """Return a picture of *parts* in the room *rect*: an ornament of the text beside it, without a name of its own."""
    size = (("width", f"{rect.width:.0f}"), ("height", f"{rect.height:.0f}"), ("stroke-width", number(USUAL_WIDTH)))
    room = " ".join(map(number, (rect.left, rect.top, rect.width, rect.height)))
    content = "".join(element(part, Align.START) for part in parts)
    return Picture((("xmlns", SVG), *size, ("viewBox", room)), content, "")


def _usual_align(scene: Scene) -> Align:
    """Return how most texts are aligned: the root says that, and only the others say something else."""
    found = Counter(text.align for item in scene.items for text in item.texts)
    return max(Align, key=lambda align: found[align])


def _definition(name: str, icon: Icon) -> str:
    """Return an icon as a symbol, which shows nothing outside its room (https://www.w3.org/TR/SVG11/struct.html)."""
    room = " ".join(f"{value:.6g}" for value in icon.view)
    return f'<symbol id="{name}" viewBox="{room}" stroke-width="1">{icon.markup}</symbol>'


_nohighlight = f' {INLINE_ONLY}class="nohighlight"'


def _write_item(
    item: Item,
    anchors: Mapping[str, str],
    drawn: dict[str, None],
    written: list[str],
    align: Align,
    *,
    leading: bool,
    edge: int | None,
) -> None:
    name = item.hook if edge is None else f"{item.hook} {EDGE_CLASS}{edge}"
    attributes = f' class="{name}"' if item.hook else ""
    if item.hook is Hook.NODE and item.key in anchors and anchors[item.key] not in drawn:
        drawn[anchors[item.key]] = None
        attributes += f' id="{ANCHOR}--{anchors[item.key]}"'
    address = safe_url(item.link) if item.link else None
    parts = "".join(element(part, align) for part in item.parts)
    if address:
        parts = f"<a href={quoteattr(without_marks(address))}>{parts}</a>"
    elif leading and item.hook is Hook.NODE:
        parts = f"<a{LINK}{anchors.get(item.key, '')}{LINK_END}>{parts}</a>"
    written.append(f"<g{attributes}>{parts}</g>" if attributes or address else parts)
