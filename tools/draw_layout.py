"""Plain picture of a layout, for looking at: boxes, lines, frames and the rooms of labels.

    python tools/draw_layout.py ID OUT.svg [--path DIR ...] [--elk]

ID is a diagram's id below the folders of ``--path`` (``data``, ``docs/examples`` and the templates by default). Nodes
are blue, frames grey, marks yellow, rooms of labels and titles dashed; links are dotted. ``--elk`` lays graphs out with
ELK.
"""

from __future__ import annotations

import argparse
import dataclasses
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.engine import select_engine
from sphinx_diagram_ext.mermaid import emit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.engine import Box, EdgePath, Frame, Layout, NodeBox

MARGIN = 10
FOLDERS = ("data", "docs/examples", "sphinx_diagram_ext/templates")


def drawn(layout: Layout) -> str:
    """Return *layout* as an SVG."""
    width, height = layout.width + 2 * MARGIN, layout.height + 2 * MARGIN
    place = f'width="{width:.0f}" height="{height:.0f}" viewBox="{-MARGIN} {-MARGIN} {width:.1f} {height:.1f}"'
    marker = (
        '<marker id="end" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0L8 4L0 8z"/></marker>'
    )
    style = 'font-family="Liberation Sans, Arial, sans-serif" font-size="12"'
    shapes = "\n".join(_shapes(layout))
    return f'<svg xmlns="http://www.w3.org/2000/svg" {place} {style}>\n<defs>{marker}</defs>\n{shapes}\n</svg>\n'


def _shapes(layout: Layout) -> Iterator[str]:
    yield _rectangle(layout, 'fill="white" stroke="#ddd"')
    for frame in sorted(layout.frames, key=lambda frame: -frame.width * frame.height):
        yield _rectangle(frame, 'fill="#8883" stroke="#888"')
        if frame.title:
            yield _rectangle(frame.title, 'fill="none" stroke="#888" stroke-dasharray="2 2"')
            yield _text(frame.title, frame.id)
    for node in layout.nodes:
        yield _rectangle(node, 'fill="#def" stroke="#26c"')
        yield _text(node, f"{node.id} {node.width:.4g} x {node.height:.4g}")
    for mark in layout.marks:
        yield _rectangle(mark, 'fill="#fe9" stroke="#a80"')
    for edges, dashes in ((layout.edges, ""), (layout.links, ' stroke-dasharray="1 3"')):
        for index, edge in enumerate(edges):
            yield from _line(edge, str(index), dashes)


def _line(edge: EdgePath, name: str, dashes: str) -> Iterator[str]:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in edge.points)
    yield f'<polyline points="{points}" fill="none" stroke="black"{dashes} marker-end="url(#end)"/>'
    if edge.label:
        yield _rectangle(edge.label, 'fill="#fffc" stroke="#c00" stroke-dasharray="2 2"')
        yield _text(edge.label, name)


def _rectangle(box: Box | NodeBox | Frame | Layout, look: str) -> str:
    x, y = getattr(box, "x", 0), getattr(box, "y", 0)
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" {look}/>'


def _text(box: Box | NodeBox, text: str) -> str:
    x, y = box.x + box.width / 2, box.y + box.height / 2 + 4
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{escape(text)}</text>'


def main() -> None:
    """Draw the layout that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("id")
    parser.add_argument("out", type=Path)
    parser.add_argument("--path", type=Path, nargs="*", default=[Path(folder) for folder in FOLDERS])
    parser.add_argument("--elk", action="store_true")
    asked = parser.parse_args()
    engine = select_engine().engine
    diagram = pipeline.inspect(Catalog(asked.path).get(asked.id), engine)
    source = emit(diagram)
    if asked.elk:
        source = dataclasses.replace(source, config=source.config | {"layout": "elk"})
    asked.out.write_text(drawn(engine.layout(source)), encoding="utf-8")


if __name__ == "__main__":
    main()
