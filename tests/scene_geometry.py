"""What is drawn badly in a scene, by geometry alone."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.scene import Hook, Line, Scene, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.geometry import Point, Rect

TOUCH = -0.5
"""Rectangles that share no more than a border do not overlap."""


def texts(scene: Scene) -> list[Text]:
    return [text for item in scene.items for text in item.texts]


def words(scene: Scene) -> str:
    """Return all that can be read, without spaces and line breaks."""
    return "".join("".join(text.rows) for text in texts(scene)).replace(" ", "")


def lines(scene: Scene) -> Iterator[tuple[tuple[str, str], list[Point]]]:
    for item in scene.of(Hook.EDGE):
        for part in item.parts:
            if isinstance(part, Line):
                yield item.ends, part.points


def outlines(scene: Scene) -> dict[str, Rect]:
    return {item.key: item.parts[0].rect for item in scene.of(Hook.NODE)}


def badly_drawn(scene: Scene) -> list[str]:
    """Return texts on texts and on other nodes, and lines through nodes, through texts and at a slant."""
    found = []
    for one, other in itertools.combinations(texts(scene), 2):
        if one.rect.meets(other.rect, TOUCH):
            found.append(f"{one.rows} covers {other.rows}")
    for node in scene.of(Hook.NODE):
        rect = node.parts[0].rect
        for item in scene.items:
            found += [
                f"{text.rows} is on {node.key}"
                for text in item.texts
                if item is not node and text.rect.meets(rect, TOUCH)
            ]
        # Lines end at the borders of their own nodes, so that none is inside any.
        found += [f"{ends} runs through {node.key}" for ends, points in lines(scene) if rect.grown(-1).met_by(points)]
    for ends, points in lines(scene):
        found += [f"{ends} strikes {text.rows}" for text in texts(scene) if text.rect.met_by(points)]
        for (x0, y0), (x1, y1) in itertools.pairwise(points):
            if min(abs(x0 - x1), abs(y0 - y1)) > 0.1:
                found.append(f"{ends} is slanted")
    for item in scene.of(Hook.NODE):
        rect = item.parts[0].rect.grown(-8, -4)
        found += [f"{text.rows} is too near to its border" for text in item.texts if not rect.holds(text.rect, 0.1)]
    return found
