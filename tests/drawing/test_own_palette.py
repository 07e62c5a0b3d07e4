"""Colours of a project's own: which are taken, and what is said of the others."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_diagram_ext.drawing.colours import contrast
from sphinx_diagram_ext.drawing.own_palette import TEXT_ON_GROUND, read_palette
from sphinx_diagram_ext.palette import PALETTE

LINE = "#123456"


@pytest.mark.parametrize("palette", [PALETTE.light, PALETTE.dark], ids=["light", "dark"])
def test_the_usual_colours_can_be_read(palette: dict[str, str]) -> None:
    assert [pair for pair in TEXT_ON_GROUND if contrast(palette[pair[0]], palette[pair[1]]) < 4.5] == []


def test_nothing_given_is_the_usual_palette() -> None:
    assert read_palette({}) == (PALETTE, [])


@pytest.mark.parametrize("colours", [{"line": LINE}, {"light": {"line": LINE}}, {"light": {"line": LINE}, "dark": {}}])
def test_a_colour_takes_the_place_of_the_usual_one(colours: dict[str, Any]) -> None:
    palette, problems = read_palette(colours)
    assert problems == []
    assert palette.light == {**PALETTE.light, "line": LINE}
    assert palette.dark == PALETTE.dark


def test_both_schemes() -> None:
    palette, problems = read_palette({"light": {"note": "#FFFFFF"}, "dark": {"note": "#000000"}})
    assert (palette.light["note"], palette.dark["note"], problems) == ("#ffffff", "#000000", [])


@pytest.mark.parametrize(
    ("colours", "said"),
    [
        ({"gruond": "#ffffff"}, "there is no colour 'gruond'. Did you mean 'ground'?"),
        ({3: "#ffffff"}, "there is no colour 3."),
        ({"ground": "white"}, "found 'white' for ground, wanted a colour as #rrggbb."),
        ({"ground": "#fff"}, "found '#fff' for ground, wanted a colour as #rrggbb."),
        ({"ground": "#ffffff;}"}, "found '#ffffff;}' for ground, wanted a colour as #rrggbb."),
        ({"ground": 3}, "found 3 for ground, wanted a colour as #rrggbb."),
        ({"light": {}, "drak": {}}, "found 'drak' beside the schemes, wanted light and dark only."),
        ({"dark": "#000000"}, "found '#000000' for the dark scheme, wanted a dict of colours."),
        ({"dark": {"lime": "#000000"}}, "there is no colour 'lime'. Did you mean 'line'?"),
    ],
)
def test_what_cannot_be_taken_is_said_and_left_out(colours: dict[Any, Any], said: str) -> None:
    assert read_palette(colours) == (PALETTE, [said])


def test_a_text_that_cannot_be_read_is_said_and_taken() -> None:
    palette, problems = read_palette({"dark": {"blue-text": "#172f66"}})
    assert palette.dark["blue-text"] == "#172f66"
    assert problems == [
        "blue-text #172f66 on blue-fill #172f66 has a contrast of 1.00:1 in the dark scheme, wanted 4.5:1 or more."
    ]


def test_a_ground_tells_of_every_text_on_it() -> None:
    problems = read_palette({"ground": "#475570"})[1]
    assert [problem.partition(" ")[0] for problem in problems] == ["text", "muted", "line", "blue-stroke"]


@given(st.dictionaries(st.sampled_from([*PALETTE.light, "x"]), st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)))
def test_whatever_is_given_every_colour_is_one_and_what_cannot_be_read_is_said(colours: dict[str, str]) -> None:
    palette, problems = read_palette(colours)
    assert palette.light == {**PALETTE.light, **{name: colours[name] for name in colours if name != "x"}}
    pairs = [pair for pair in TEXT_ON_GROUND if contrast(palette.light[pair[0]], palette.light[pair[1]]) < 4.5]
    assert len(problems) == len(pairs) + ("x" in colours)
