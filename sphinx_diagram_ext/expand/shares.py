"""Parts of a total as Mermaid pie charts (https://mermaid.js.org/syntax/pie.html)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.expand.expansion import Expansion, Ink
from sphinx_diagram_ext.model import Tone
from sphinx_diagram_ext.palette import LIGHT

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Shares

LABEL_WIDTH = 300.0

_SERIES = (Tone.BLUE, Tone.PURPLE, Tone.HEALTHY, Tone.CAUTION, Tone.PROBLEM, Tone.NEUTRAL)


def shares(body: Shares) -> Expansion:
    """Return *body* as a pie chart; a part without a tone gets the next colour of the palette."""
    ink = Ink(quoted=True)
    ink.write(f"pie title {ink.flat([body.total], LABEL_WIDTH)}")
    colours = {"pieLegendTextSize": "16px", "pieSectionTextSize": "16px", "pieTitleTextSize": "18px"}
    for index, part in enumerate(body.parts):
        label = ink.flat([part.node.label, *part.node.details], LABEL_WIDTH)
        ink.write(f'  "{label}" : {part.value:f}')
        tone = part.node.tone if part.node.tone is not Tone.NEUTRAL else _SERIES[index % len(_SERIES)]
        colours[f"pie{index + 1}"] = LIGHT[tone].fill
    return ink.finish("pie", config={"themeVariables": colours})
