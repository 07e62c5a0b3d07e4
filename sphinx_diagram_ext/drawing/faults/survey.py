"""Survey of a scene: outlines of nodes, lines of texts, edges and frames, indexed by where they are."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.grid import Grid
from sphinx_diagram_ext.drawing.scene import Box, Circle, Hook, Line, Path, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.scene import Item, Part, Scene

_LONGEST_NAME = 40
"""Characters of a name in a message."""


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """The visible shape of a node; ``order`` is the place of its item in the scene."""

    item: Item
    order: int
    rect: Rect


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A line of a text.

    ``grounded`` says that the item of the text has a filled shape below it, which hides what is drawn before the item.
    """

    item: Item
    order: int
    text: Text
    rect: Rect
    grounded: bool


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """The polylines of an edge or a lifeline."""

    item: Item
    order: int
    lines: tuple[tuple[Point, ...], ...]

    @property
    def legs(self) -> Iterator[tuple[Point, Point]]:
        """The straight parts of the polylines."""
        for line in self.lines:
            yield from itertools.pairwise(line)


class Survey:
    """What faults are looked for in."""

    def __init__(self, scene: Scene) -> None:
        """Measure everything that *scene* draws."""
        self.scene = scene
        self.nodes: list[Outline] = []
        self.frames: list[Outline] = []
        self.rows: list[Row] = []
        self.edges: list[Stroke] = []
        self.lifelines: list[Stroke] = []
        for order, item in enumerate(scene.items):
            self.rows += _rows(item, order)
            if item.hook in (Hook.NODE, Hook.GROUP) and item.parts and visible(item.parts[0]):
                found = self.nodes if item.hook is Hook.NODE else self.frames
                found.append(Outline(item, order, item.parts[0].rect))
            elif item.hook in (Hook.EDGE, Hook.LIFELINE):
                lines = tuple(tuple(part.points) for part in item.parts if isinstance(part, Line))
                strokes = self.edges if item.hook is Hook.EDGE else self.lifelines
                strokes.append(Stroke(item, order, lines))

    @cached_property
    def all_boxes(self) -> Grid[Outline]:
        """The nodes, with those that hold others."""
        return Grid((node.rect, node) for node in self.nodes)

    @cached_property
    def boxes(self) -> Grid[Outline]:
        """The nodes that hold no other node: the others are frames to what is in them."""
        return Grid((node.rect, node) for node in self.nodes if not self._holds_another(node))

    @cached_property
    def text_rows(self) -> Grid[Row]:
        """The lines of texts."""
        return Grid((row.rect, row) for row in self.rows)

    @cached_property
    def names(self) -> dict[str, str]:
        """What nodes and frames are called in the picture, by their keys."""
        found: dict[str, str] = {}
        for item in self.scene.items:
            if item.key and item.texts and item.hook in (Hook.NODE, Hook.GROUP, Hook.TITLE):
                found.setdefault(item.key, quoted(item.texts[0]))
        return found

    def name(self, item: Item) -> str:
        """Return what a node or a frame is called."""
        if item.key in self.names:
            return self.names[item.key]
        if item.texts:
            return quoted(item.texts[0])
        return f'"{item.key}"' if item.key else "one without a name"

    def edge_name(self, item: Item) -> str:
        """Return what an edge is called."""
        source, target = (self.names.get(end, f'"{end}"' if end else "") for end in item.ends)
        if not source and not target:
            return "an edge"
        return f"the edge from {source or 'its start'} to {target or 'its end'}"

    def _holds_another(self, node: Outline) -> bool:
        return any(
            other is not node and node.rect.holds(rect) and rect != node.rect
            for rect, other in self.all_boxes.meeting(node.rect)
        )


def keys_of(*items: Item) -> tuple[str, ...]:
    """Return the keys of nodes and frames and the ends of edges, each once."""
    found = (key for item in items for key in (item.key, *item.ends) if key)
    return tuple(dict.fromkeys(found))


def quoted(text: Text) -> str:
    """Return a text as a message names it, shortened where it is long."""
    words = " ".join(" ".join(text.rows).split())
    return f'"{words if len(words) <= _LONGEST_NAME else words[: _LONGEST_NAME - 3].rstrip() + "..."}"'


def visible(part: Part) -> bool:
    """Tell whether a part is a shape that can be seen."""
    return isinstance(part, Box | Path | Circle) and bool(part.fill or part.stroke)


def row_rects(text: Text) -> Iterator[Rect]:
    """Yield the room of each line of a text that shows anything."""
    ink = text.rect
    height = ink.height - text.font.line * (len(text.rows) - 1)
    for number, row in enumerate(text.rows):
        width = text.font.width(row) if row.strip() else 0.0
        if width:
            left = {"start": text.x, "middle": text.x - width / 2, "end": text.x - width}[text.align]
            yield Rect.at(left, ink.top + number * text.font.line, width, height)


def _rows(item: Item, order: int) -> Iterator[Row]:
    grounds: list[Rect] = []
    for part in item.parts:
        if isinstance(part, Text):
            for rect in row_rects(part):
                grounded = any(ground.holds(rect, 0.5) for ground in grounds)
                yield Row(item, order, part, rect, grounded)
        elif isinstance(part, Box | Path | Circle) and part.fill:
            grounds.append(part.rect)
