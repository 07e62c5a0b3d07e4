"""Faults of scenes: what may be nowhere in a picture, however long its words are."""

from __future__ import annotations

import itertools
import sys
from typing import TYPE_CHECKING, NamedTuple

from samples import read

from sphinx_diagram_ext.drawing.renderers import NARROW, RENDERERS, WIDE, Space
from sphinx_diagram_ext.drawing.scene import MARGIN, Box, Hook, Line, Text
from sphinx_diagram_ext.model import messages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.geometry import Rect
    from sphinx_diagram_ext.drawing.scene import Item, Scene
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.model import Diagram

WIDTHS = [WIDE, NARROW]

LONG = "Репликация изменений между центрами обработки данных и подтверждение записи"
WORD = "Rückwärtskompatibilität" * 9


class Placed(NamedTuple):
    """A text and the item that it is a part of."""

    text: Text
    item: Item


def scene_of(diagram: Diagram | str, width: float, engine: Engine, language: str = "en") -> Scene:
    """Return the scene of a diagram, or of one written as YAML."""
    diagram = read(diagram) if isinstance(diagram, str) else diagram
    return RENDERERS[type(diagram.body)](diagram, diagram.body, Space(width, language))


def placed(scene: Scene) -> list[Placed]:
    return [Placed(text, item) for item in scene.items for text in item.texts]


def rows(scene: Scene) -> list[str]:
    """Return every text of a scene on one line each."""
    return [" ".join(one.text.rows) for one in placed(scene)]


def said(scene: Scene) -> str:
    """Return all letters of a scene, in the order of drawing, without white space."""
    return "".join("".join(rows(scene)).split())


def unsaid(diagram: Diagram, scene: Scene, *, but: int) -> list[str]:
    """Return the texts of *diagram* that its scene does not hold; the first *but* are no part of the picture."""
    found = said(scene)
    texts = itertools.islice(messages(diagram), but, None)
    return [text.text for text in texts if "".join(text.text.split()) not in found]


def work(diagram: Diagram, width: float, engine: Engine) -> int:
    """Return how many functions are called to draw *diagram*, after it has been drawn once."""
    scene_of(diagram, width, engine)
    count = 0

    def called(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        scene_of(diagram, width, engine)
    finally:
        sys.setprofile(None)
    return count


def faults(scene: Scene, width: float) -> list[str]:
    """Return what is wrong in *scene*, drawn for *width*."""
    found = [f"{scene.width} wide"] if scene.width > width + 2 * MARGIN + 0.1 else []
    texts = placed(scene)
    for one, other in itertools.combinations(texts, 2):
        if one.text.rect.meets(other.text.rect, -0.5):
            found.append(f"{one.text.rows} covers {other.text.rows}")
    nodes = scene.of(Hook.NODE)
    for (text, own), node in itertools.product(texts, nodes):
        if own is not node and node.parts[0].rect.grown(-1).meets(text.rect, -0.5):
            found.append(f"{text.rows} is on {node.key}")
    for item, points in _lines(scene):
        found += [f"a line through {one.text.rows}" for one in texts if one.text.rect.grown(-1).met_by(points)]
        if item.hook is Hook.EDGE:
            strange = [node for node in nodes if node.key not in item.ends]
            found += [f"{item.ends} runs through {one.key}" for one in strange if _inner(one).met_by(points)]
    return found + [fault for node in nodes for fault in _close(node)]


def _lines(scene: Scene) -> Iterator[tuple[Item, list[tuple[float, float]]]]:
    for item in scene.items:
        yield from ((item, part.points) for part in item.parts if isinstance(part, Line))


def _inner(node: Item) -> Rect:
    return node.parts[0].rect.grown(-1)


def _close(node: Item) -> Iterator[str]:
    """Yield the texts of a node that are too near to its outline, or cross it."""
    outline = node.parts[0]
    if not isinstance(outline, Box) or not (outline.fill or outline.stroke):
        return
    for text in node.texts:
        if outline.rect.meets(text.rect) and not outline.rect.grown(-7.9, -3.9).holds(text.rect):
            yield f"{text.rows} is near the border of {node.key}"
