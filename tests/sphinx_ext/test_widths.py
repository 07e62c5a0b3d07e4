"""The room from which a picture is shown in its wide form."""

from __future__ import annotations

import re

import pytest

from sphinx_diagram_ext.drawing.picture import Picture
from sphinx_diagram_ext.drawing.scene import DETAIL
from sphinx_diagram_ext.sphinx_ext.output.assets import style_sheet
from sphinx_diagram_ext.sphinx_ext.output.widths import room_class, rules


def of_width(width: float) -> Picture:
    return Picture((("width", str(width)), ("height", "100")), "", "T")


@pytest.mark.parametrize(
    ("width", "wanted", "room"),
    [
        (720, "", "660"),  # 664.6
        (304.1, "", "280"),  # 280.7
        (100, "", "260"),
        (1320, "", "1200"),
        (1322, "", "never"),  # 1220.3
        (720, "100%", "660"),
        (720, "50%", "never"),
        (520, "50%", "960"),
        (520, "200%", "480"),
        (520, "0%", "never"),
        (520, "480", "480"),
        (520, "479px", "never"),
        (520, "5in", "480"),
        (520, "30em", "480"),
        (520, "360pt", "480"),
        (520, "10ch", "480"),
        (520, "", "480"),
    ],
)
def test_the_room_that_a_picture_needs(width: float, wanted: str, room: str) -> None:
    assert room_class(of_width(width), wanted) == f"cdc-from-{room}"


def test_text_in_the_room_of_a_class_and_what_it_may_take_beyond_it_is_never_too_small() -> None:
    for width in range(305, 1_322):
        step = int(room_class(of_width(width)).removeprefix("cdc-from-"))
        assert min(width, step + 20) / width * DETAIL.size >= 12, width


def test_every_class_has_a_rule_and_all_rules_are_for_screens() -> None:
    screen = rules().partition("@media screen {")[2]
    asked = {room_class(of_width(width)) for width in range(305, 1_400)}
    assert asked - {f"cdc-from-{found}" for found in re.findall(r"\.cdc-from-(\d+|never) ", screen)} == set()
    assert "cdc-form-" not in rules().partition("@media screen {")[0]
    assert style_sheet().endswith(rules())
