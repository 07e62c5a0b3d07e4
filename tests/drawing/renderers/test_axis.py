"""Ticks, scales and the form of numbers."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_diagram_ext.drawing.renderers.axis import MOST_TICKS, Scale, decades, geometric, steps, ticks
from sphinx_diagram_ext.drawing.renderers.number_format import number_format


@pytest.mark.parametrize(
    ("top", "wanted"),
    [
        ("312", "0 100 200 300"),
        ("100", "0 25 50 75 100"),
        ("11000", "0 2500 5000 7500 10000"),
        ("15", "0 5 10 15"),
        ("1", "0 0.25 0.5 0.75 1"),
        ("0.003", "0 0.001 0.002 0.003"),
        ("0", "0"),
    ],
)
def test_ticks_are_round(top: str, wanted: str) -> None:
    assert " ".join(f"{value:f}" for value in ticks(Decimal(top))) == wanted


@given(st.decimals("0.000001", 10**15, places=6))
def test_ticks_are_few_and_even_and_reach_most_of_the_way(top: Decimal) -> None:
    found = ticks(top)
    assert 3 <= len(found) <= MOST_TICKS
    assert len({after - before for before, after in itertools.pairwise(found)}) == 1
    assert top / 2 < found[-1] <= top


def test_steps_and_decades_are_between_their_ends() -> None:
    assert steps(Decimal(48), Decimal(288)) == [Decimal(number) for number in (50, 100, 150, 200, 250)]
    assert decades(Decimal(5), Decimal(160)) == [Decimal(number) for number in (5, 10, 20, 50, 100)]
    assert decades(Decimal("0.02"), Decimal(30000))[0] == Decimal("0.1")
    assert steps(Decimal(7), Decimal(7)) == [Decimal(7)]


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ("5 10 20 40 80", True),
        ("1247 10000 100000", True),
        ("48 96 144 288", False),
        ("10 20 30 40", False),
        ("0 1 10 100", False),
        ("1 1000", False),
    ],
)
def test_loads_that_multiply_are_geometric(values: str, *, wanted: bool) -> None:
    assert geometric([Decimal(value) for value in values.split()]) is wanted


def test_places_on_a_scale() -> None:
    assert Scale(0, 200, 10, 110).at(Decimal(50)) == 35
    assert Scale(1, 100, 0, 100, logarithmic=True).at(10) == pytest.approx(50)
    assert Scale(3, 3, 0, 100).at(3) == 50


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", "21,905.28"),
        ("ru", "21\u202f905,28"),
        ("de", "21.905,28"),
        ("fr", "21\u202f905,28"),
        ("pt_BR", "21.905,28"),
        ("zh-CN", "21,905.28"),
        ("sr@latin", "21.905,28"),
        ("no such language", "21,905.28"),
        ("", "21,905.28"),
    ],
)
def test_numbers_have_the_separators_of_the_language(language: str, wanted: str) -> None:
    assert number_format(language).text(Decimal("21905.28")) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("0", "0"),
        ("7142.40", "7,142.40"),
        ("999", "999"),
        ("1000", "1,000"),
        ("-1234.5", "\u22121,234.5"),
        ("0.5", "0.5"),
    ],
)
def test_decimals_are_kept_as_they_were_written(value: str, wanted: str) -> None:
    assert number_format("en").text(Decimal(value)) == wanted


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12))
def test_a_number_reads_as_it_was(value: Decimal) -> None:
    text = number_format("en").text(value).replace(",", "").replace("\u2212", "-")
    assert Decimal(text) == value


def test_quantities_and_shares() -> None:
    numbers = number_format("en")
    assert numbers.within("about $1200.50 each", Decimal("1200.50")) == "about $1,200.50\u00a0each"
    assert numbers.within("1 200,50 \u20ac", Decimal("1200.50")) == "1 200,50 \u20ac"
    shares = [numbers.share(Decimal(part), Decimal(1000)) for part in ("621", "52", "9", "0.1", "0")]
    assert shares == ["62\u00a0%", "5\u00a0%", "0.9\u00a0%", "<\u00a00.1\u00a0%", "0\u00a0%"]
    assert numbers.share(Decimal(0), Decimal(0)) == "0\u00a0%"
