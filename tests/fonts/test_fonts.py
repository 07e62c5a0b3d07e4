"""Widths of text and where it breaks."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import ALLOWED, squeezed

from sphinx_diagram_ext.fonts import text_width, wrap

ARIAL = {"A": 667, "W": 944, " ": 278, "i": 222, "m": 833, "0": 556, "@": 1015, ".": 278, "-": 333, "é": 556}
ARIAL_BOLD = {"A": 722, "W": 944, " ": 278, "i": 278, "m": 889}


@pytest.mark.parametrize(("char", "width"), ARIAL.items())
def test_advance_widths_of_arial(char: str, width: int) -> None:
    assert text_width(char, 1000) == pytest.approx(width)


@pytest.mark.parametrize(("char", "width"), ARIAL_BOLD.items())
def test_advance_widths_of_arial_bold(char: str, width: int) -> None:
    assert text_width(char, 1000, bold=True) == pytest.approx(width)


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_the_table_holds_latin_greek_and_cyrillic(weight: str) -> None:
    runs = json.loads(files("sphinx_diagram_ext.fonts").joinpath("widths.json").read_text(encoding="utf-8"))[weight]
    table = {chr(first + index): width for first, widths in runs for index, width in enumerate(widths)}
    assert {"Ж", "я", "Ω", "ß", "ő", "€"} <= table.keys()
    assert text_width("Ж", 1000, bold=weight == "bold") == pytest.approx(table["Ж"])


@given(one=st.text(ALLOWED), other=st.text(ALLOWED), size=st.sampled_from([10.0, 16.0, 24.0]))
def test_widths_add_up_and_scale(one: str, other: str, size: float) -> None:
    assert text_width(one + other, size) == pytest.approx(text_width(one, size) + text_width(other, size))
    assert text_width(one, 2 * size) == pytest.approx(2 * text_width(one, size))


@pytest.mark.parametrize("char", ["漢", "😀", "ก", "★"])
def test_a_character_outside_the_table_has_room(char: str) -> None:
    assert text_width(char, 1000) >= 700


@pytest.mark.parametrize("char", ["\u0301", "\u200b", "\u200d", "\ufe0f"])
def test_a_mark_takes_no_room(char: str) -> None:
    assert text_width(char, 1000) == 0


TEXT = st.text(ALLOWED, max_size=80) | st.text(st.sampled_from("ab W/._-,é漢\u0301\n"), max_size=120)


@given(text=TEXT, width=st.floats(5, 300), bold=st.booleans())
def test_no_line_is_wider_than_the_width_unless_one_character_is(text: str, width: float, *, bold: bool) -> None:
    for line in wrap(text, width, bold=bold):
        visible = [char for char in line if text_width(char, bold=bold) > 0]
        assert text_width(line, bold=bold) <= width or len(visible) == 1


@given(text=TEXT, width=st.floats(5, 300))
def test_nothing_is_lost_or_added(text: str, width: float) -> None:
    lines = wrap(text, width)
    assert squeezed("".join(lines)) == squeezed(text)
    assert lines
    assert all(line == line.strip() for line in lines)
    assert [run for line in lines for run in re.findall(r"\s\s+", line) if run.strip("\u00a0\u2007\u202f")] == []
    assert lines == [""] or all(lines)


def test_no_line_ends_at_a_no_break_space() -> None:
    assert wrap("about 21\u202f905\u00a0ms in all", 80) == ["about", "21\u202f905\u00a0ms", "in all"]
    assert wrap(" \u00a0 a \u00a0 b\u00a0 ", 80) == ["a b"]


@given(text=TEXT, width=st.floats(5, 300))
def test_breaking_again_changes_nothing(text: str, width: float) -> None:
    lines = wrap(text, width)
    assert [again for line in lines for again in wrap(line, width)] == lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 100, [""]),
        (" \n ", 100, [""]),
        ("one two", 1000, ["one two"]),
        ("one   two\tthree", 1000, ["one two three"]),
        ("one\ntwo", 1000, ["one", "two"]),
        ("one two three", 60, ["one two", "three"]),
        ("path/to/something", 75, ["path/to/", "something"]),
        ("WWWW", 32, ["WW", "WW"]),
    ],
)
def test_where_lines_break(text: str, width: float, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_a_line_may_be_exactly_as_wide_as_the_width() -> None:
    assert wrap("one two", text_width("one two")) == ["one two"]


def test_a_mark_stays_with_its_letter() -> None:
    assert wrap("e\u0301" * 6, text_width("eee")) == ["e\u0301" * 3] * 2


def test_bold_text_breaks_earlier() -> None:
    width = text_width("minimum minimum")
    assert len(wrap("minimum minimum", width)) == 1
    assert len(wrap("minimum minimum", width, bold=True)) == 2
