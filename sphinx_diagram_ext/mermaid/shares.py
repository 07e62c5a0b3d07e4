"""Parts of a total as Mermaid pie charts (https://mermaid.js.org/syntax/pie.html)."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sphinx_diagram_ext.mermaid.source import MermaidSource, MermaidWriter
from sphinx_diagram_ext.model import Tone
from sphinx_diagram_ext.palette import LIGHT

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Shares

LABEL_WIDTH = 300.0

_SERIES = (Tone.BLUE, Tone.PURPLE, Tone.HEALTHY, Tone.CAUTION, Tone.PROBLEM, Tone.NEUTRAL)


def shares(body: Shares) -> MermaidSource:
    """Return *body* as a pie chart, each part in a colour of its own."""
    writer = MermaidWriter(quoted=True)
    writer.write(f"pie title {writer.flat([body.total], LABEL_WIDTH)}")
    colours = {"pieLegendTextSize": "16px", "pieSectionTextSize": "16px", "pieTitleTextSize": "18px"}
    for index, (part, colour) in enumerate(zip(body.parts, _colours(body), strict=True)):
        label = writer.flat([part.node.label, *part.node.details], LABEL_WIDTH)
        writer.write(f'  "{label}" : {part.value:f}')
        colours[f"pie{index + 1}"] = colour
    return writer.finish("pie", order=tuple(node.key for node in body.nodes), config={"themeVariables": colours})


def _colours(body: Shares) -> list[str]:
    """Return the colour of every part: its tone's, or the next that no part has.

    The palette has twelve, a pale and a strong one a tone; only then do they come again.
    """
    free = [*((tone, False) for tone in _SERIES), *((tone, True) for tone in _SERIES)]
    taken: list[tuple[Tone, bool]] = []
    for part in body.parts:
        own = part.node.tone
        if own is not Tone.NEUTRAL:
            taken.append(next((one for one in free if one[0] is own and one not in taken), (own, False)))
    toned = iter(taken)
    left = itertools.cycle([one for one in free if one not in taken] or free)
    chosen = [next(left) if part.node.tone is Tone.NEUTRAL else next(toned) for part in body.parts]
    return [LIGHT[tone].stroke if strong else LIGHT[tone].fill for tone, strong in chosen]
