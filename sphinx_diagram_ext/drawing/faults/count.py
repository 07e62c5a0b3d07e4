"""Count of the faults of a scene."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.faults import edges, ranks, texts
from sphinx_diagram_ext.drawing.faults.kinds import KINDS, Fault
from sphinx_diagram_ext.drawing.faults.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_diagram_ext.drawing.scene import Scene

TALLEST = 900.0
"""Height of a picture in CSS pixels that a desktop shows whole."""

_CHECKS = (
    edges.crossings,
    edges.through_nodes,
    edges.through_texts,
    texts.over_texts,
    texts.over_nodes,
    texts.tight,
    edges.lifelines,
    ranks.uneven_frames,
    ranks.many_widths,
)


def faults(scene: Scene) -> list[Fault]:
    """Return the faults of *scene*, by their numbers.

    Its time grows with the number of items and of what is found; only neighbours are compared. An edge is taken as the
    polyline of its points, a node as the rectangle around its outline.
    """
    survey = Survey(scene)
    found = [fault for check in _CHECKS for fault in check(survey)]
    found += _tall(scene)
    return sorted(found, key=lambda fault: fault.number)


def count(found: Iterable[Fault]) -> Counter[int]:
    """Return how many of *found* have each number."""
    return Counter(fault.number for fault in found)


def _tall(scene: Scene) -> Iterator[Fault]:
    if scene.height > TALLEST:
        yield Fault(13, KINDS[13].name, f"The picture is {scene.height:.0f} px tall")
