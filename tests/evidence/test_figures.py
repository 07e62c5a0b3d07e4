"""Figures in texts, formulas and quotations."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sphinx_diagram_ext.evidence import FormulaError, Quantity, evaluate, figures, in_evidence, parse, stands_in
from sphinx_diagram_ext.evidence.formulas import agrees
from sphinx_diagram_ext.evidence.quotations import plain


@pytest.mark.parametrize(
    ("claim", "quotation"),
    [
        ("10k", "10,000"),
        ("1,5 с", "1500 milliseconds"),  # noqa: RUF001
        ("80 000", "80,000 requests"),
        ("$1.2M", "1.2 million dollars"),
        ("99.99 %", "99.99 percent"),
        ("1.5 GB/s", "1,500 MB per second"),
        ("3 of 5", "three of the five members"),
        ("24 h", "twenty-four hours"),
        ("1 min", "once a minute"),
        ("p99 12 ms", "at the 99th percentile it took 12ms"),
        ("p50: 3 ms", "a median of 3 ms"),
        ("2018-10-21", "On October 21, 2018"),
        ("October 21", "21 October 2018"),
        ("10:52", "10:52 p.m. ... 10:52"),
        ("22:52 UTC", "at 10:52 pm"),
        ("v3.5.2", "3.5.2"),
        ("etcd 3.4", "since v3.4"),
        ("512 MiB", "0.5 GiB"),
        ("10-15 ms", "between 10 and 15 milliseconds"),
        ("12 ms", "latency (ms): 12"),
        ("since 2018", "2018-10-21"),
        ("50 %", "half of the nodes"),
        ("30 дней", "thirty days"),
    ],
)
def test_one_figure_in_two_forms(claim, quotation):
    found = figures(claim)
    assert found
    assert [figure.text for figure in found if not in_evidence(figure, [quotation])] == []


@pytest.mark.parametrize(
    ("claim", "quotation"),
    [
        ("10k", "10 K8s clusters"),
        ("12 ms", "12 s"),
        ("12 nodes", "12 ms"),
        ("5 GB", "5 Gb"),
        ("8 GiB", "8 GB"),
        ("99.9 %", "99.99 %"),
        ("p99", "p95"),
        ("v3.5.2", "v3.5.20"),
        ("2018-10-21", "October 22, 2018"),
        ("2019-10-21", "October 21, 2018"),
        ("22:52", "22:53"),
        ("10 requests/s", "10 requests per minute"),
        ("$5", "5 EUR"),
    ],
)
def test_figures_that_differ(claim, quotation):
    assert not all(in_evidence(figure, [quotation]) for figure in figures(claim))


@pytest.mark.parametrize("text", ["c5.2xlarge", "S3", "HTTP/2", "us-east-1", "EC2 and K8s", "x86_64", "T0", "Log4j"])
def test_digits_of_names_are_no_figures(text):
    assert figures(text) == []


def no_names(name: str) -> Quantity:
    raise FormulaError(name)


@pytest.mark.parametrize(
    ("formula", "value", "dimension"),
    [
        ("1 + 2 * 3", 7, ()),
        ("(1 + 2) * 3", 9, ()),
        ("8 / 2 / 2", 2, ()),
        ("2 GB + 500 MB", 2_500_000_000, (("data", 1),)),
        ("10 TB * $0.045 / GB", 450, (("USD", 1),)),
        ("20 % * 500 ms", Fraction(1, 10), (("time", 1),)),
        ("1 h - 90 s", 3510, (("time", 1),)),
        ("2 × 3 ÷ 4 − 1", Fraction(1, 2), ()),  # noqa: RUF001
    ],
)
def test_formulas(formula, value, dimension):
    assert evaluate(parse(formula), no_names) == Quantity(Fraction(value), dimension)


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("1 / 0", "divides by zero"),
        ("1 / (2 - 2)", "divides by zero"),
        ("1 s + 1 B", "1 s and 1 B cannot be added"),
        ("1 +", "a number or the name of a figure is missing"),
        ("(1", "a bracket is not closed"),
        ("1 1", "wanted + - * / or the end"),
        ("2 ** 9", "a number or the name of a figure is missing"),
        ("__import__('os')", "found"),
        ("a.b", "found '.b'"),
        ("1" * 30, "no number of at most 20 digits"),
        ("(" * 30 + "1" + ")" * 30, "nested more than 20 deep"),
        ("1 + " * 200 + "1", "more than 300 characters"),
    ],
)
def test_formulas_that_cannot_be_computed(formula, said):
    with pytest.raises(FormulaError) as error:
        evaluate(parse(formula), no_names)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("text", "seconds", "agreed"),
    [
        ("4.5 min", 270, True),
        ("4 min", 269, True),
        ("4 min", 275, False),
        ("~4 min", 250, True),
        ("~4 min", 260, False),
    ],
)
def test_a_computed_figure_may_be_rounded(text, seconds, agreed):
    assert agrees(figures(text)[0], Quantity(Fraction(seconds), (("time", 1),))) is agreed


@pytest.mark.parametrize(
    ("quotation", "found"),
    [
        ('the leader sends "heartbeats"', True),
        ("The LEADER  sends “heartbeats”", True),
        ("the leader ... every 100ms", True),
        ("every 100ms ... the leader", False),
        ("the leader sends 3 heartbeats", False),
    ],
)
def test_quotations_in_a_stored_text(quotation, found):
    stored = plain("The **leader** sends\n“[heartbeats](https://example.org)” every `100ms`.")
    assert stands_in(quotation, stored) is found


def test_the_longest_text_of_a_stranger_is_read():
    """What repeats would take for ever if an expression tried its ways again and again."""
    for piece in ("1,", "1 ", "1:", "9" * 50, "a-1", "p9", "1 per ", "$1M ", "January 1 ", "v1."):
        figures(piece * (8_000 // len(piece)), words=True)
