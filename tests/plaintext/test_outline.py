"""The outline of a diagram says all that its picture says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from samples import GOOD, read
from scene_checks import placed, scene_of

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.drawing.renderers import NARROW, RENDERERS, WIDE
from sphinx_diagram_ext.drawing.scene import Hook
from sphinx_diagram_ext.model import Matrix
from sphinx_diagram_ext.plaintext import text_list
from sphinx_diagram_ext.plaintext.outline import Wording, every_entry, outline
from sphinx_diagram_ext.scaffold import find_templates

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_diagram_ext.model import Diagram

WORD = re.compile(r"\w+")
PART = 4
"""Letters from which a part of a word counts: a picture breaks long ones."""
KINDS = {"loop", "opt", "alt", "par", "else", "and"}
"""Words of UML, which an outline says in plain words."""


def diagrams(project: Path) -> dict[str, Diagram]:
    found = {one.id: one for one in Catalog([project / "data", project / "docs" / "examples"])}
    found |= {f"template {name}": template.diagram() for name, template in find_templates().items()}
    found |= {f"sample {name}": read(text) for name, text in GOOD.items()}
    return {name: one for name, one in found.items() if type(one.body) in RENDERERS}


def unsaid(diagram: Diagram, engine, language: str = "en") -> set[str]:
    """Return the words of both pictures that are not in the outline; figures along an axis need not be."""
    found = outline(diagram, Wording(language=language))
    texts = [*found.remarks, *(text for entry in every_entry(found.entries) for text in _texts(entry))]
    words = {word for text in texts for word in WORD.findall(text)}
    letters = "".join(WORD.findall("".join(texts)))
    missing = set()
    for width in (WIDE, NARROW):
        for text, item in placed(scene_of(diagram, width, engine, language)):
            if item.hook is not Hook.AXIS:
                missing |= {word for word in WORD.findall(" ".join(text.rows)) if word not in words}
    if isinstance(diagram.body, Matrix):  # points are numbered where their names have no room
        missing = {word for word in missing if not word.isdigit()}
    return {word for word in missing if word not in KINDS and (len(word) < PART or word not in letters)}


def _texts(entry) -> list[str]:
    return [entry.text, *(lead.text for lead in entry.leads)]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_text_of_a_picture_is_missing(project, engine, language):
    found = {name: unsaid(one, engine, language) for name, one in diagrams(project).items()}
    assert len(found) > 100
    assert {name: texts for name, texts in found.items() if texts} == {}


def lines(text: str) -> list[str]:
    return text_list(read(text)).splitlines()[2:]


def test_messages_of_a_sequence_are_in_their_order_inside_what_frames_them():
    found = lines(GOOD["sequence"])
    steps = found[found.index("- Steps") + 1 :]
    assert steps == [
        "  - 1. Shopper to Shop: buy",
        "  - Note on Shopper, Shop: cart is kept",
        "  - Repeated: until it answers",
        "    - 2. Shop to Bank, without waiting: charge",
        "  - If: accepted",
        "    - 3. Bank answers Shop: ok",
        "  - Else: refused",
        "    - 4. Bank to Shop, never arrives: no",
        "  - At the same time: mail",
        "    - 5. Shop to Shopper: receipt",
        "  - And: store",
        "    - 6. Shop: write",
        "  - Only if: gift",
        "    - Note on Shop: wrap it",
    ]


FRAMES = """\
diagram:
  type: topology
  title: T
  regions:
    eu:
      name: Europe
      zones:
        a: {name: Zone A, replicas: {p: {name: Primary, role: database}}}
        b: {name: Zone B, replicas: {r: {name: Replica, tone: problem}}}
  links:
    - {from: p, to: r, label: WAL, mode: async}
"""


def test_frames_hold_what_is_in_them_and_edges_can_be_followed_both_ways():
    found = outline(read(FRAMES))
    (europe,) = found.entries
    assert europe.text == "Europe"
    assert [entry.text for entry in every_entry(europe.inner)] == [
        "Zone A",
        "Primary (database)",
        "Zone B",
        "Replica (problem)",
    ]
    primary, replica = (entry for entry in every_entry(europe.inner) if entry.key)
    assert [(lead.text, lead.key) for lead in primary.leads] == [("→ Replica: WAL (dashed)", replica.key)]
    assert [(lead.text, lead.key) for lead in replica.before] == [("← Primary", primary.key)]


MATRIX = """\
diagram:
  type: matrix
  title: T
  x: {low: cheap, high: dear}
  y: {low: slow, high: fast}
  quadrants: {upper_left: Take}
  items:
    a: {name: One, x: 10, y: 90}
    b: {name: Two, x: 90, y: 10}
"""


def test_a_matrix_says_its_axes_and_who_is_in_which_quadrant():
    found = lines(MATRIX)
    assert found == [
        "From bottom to top: slow to fast",
        "",
        "From left to right: cheap to dear",
        "",
        "- Take (fast, cheap)",
        "  - One",
        "- slow, dear",
        "  - Two",
    ]


def test_a_part_of_a_total_says_its_share_once(project):
    bill = Catalog([project / "docs" / "examples"]).get("types/monthly-bill")
    assert "- Compute. $180 K a month. 62 %. EC2 and EKS\n" in text_list(bill)
