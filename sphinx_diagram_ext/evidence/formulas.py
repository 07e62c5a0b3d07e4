"""Formulas of derived figures: numbers with units, names of figures, ``+ - * /`` and brackets; nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

from sphinx_diagram_ext.evidence.figures import Figure, Kind, figures
from sphinx_diagram_ext.evidence.quantities import NUMBER, UNITS, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_CHARACTERS = 300
"""Characters of a formula, at most."""
_MOST_DEPTH = 20
_MOST_DIGITS = 20

_UNITS = "|".join(re.escape(word) for word in sorted(UNITS, key=len, reverse=True))
_PIECE = re.compile(
    rf"""\s*(?:
        (?P<quantity>[$€£¥₽]?\d[\d.,']*(?:\s?(?:{_UNITS}|k|M|B|thousand|million|billion)(?!\w))?)
      | (?P<name>[A-Za-z_]\w*)
      | (?P<sign>[-+*/()×·÷−])
    )""",  # noqa: RUF001  signs of multiplication and minus
    re.VERBOSE,
)
_SIGNS = {"×": "*", "·": "*", "÷": "/", "−": "-"}  # noqa: RUF001


class FormulaError(ValueError):
    """A formula cannot be read or computed; says why and what to do."""


@dataclass(frozen=True, slots=True)
class Name:
    """The name of another figure."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """Two parts and what is done with them."""

    sign: Literal["+", "-", "*", "/"]
    left: Part
    right: Part


Part: TypeAlias = "Figure | Name | Operation"


def parse(text: str) -> Part:
    """Return the formula that *text* is.

    Raises:
        FormulaError: it is none, or too long.
    """
    if len(text) > MOST_CHARACTERS:
        raise FormulaError(f"the formula has more than {MOST_CHARACTERS} characters; compute parts of it on their own")
    parser = _Parser(text)
    part = parser.sum(0)
    parser.end()
    return part


class _Parser:
    """A recursive descent over the pieces of a formula."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def peek(self) -> re.Match[str] | None:
        found = _PIECE.match(self.text, self.at)
        if found is None and self.text[self.at :].strip():
            rest = self.text[self.at :].strip()
            raise FormulaError(f"found {rest[:20]!r}; a formula has numbers, names of figures, + - * / and brackets")
        return found

    def sign(self, wanted: str) -> str:
        """Take one of the signs *wanted*, "" if another piece is next."""
        found = self.peek()
        sign = _SIGNS.get(found["sign"], found["sign"]) if found and found["sign"] else ""
        if not found or not sign or sign not in wanted:
            return ""
        self.at = found.end()
        return sign

    def sum(self, depth: int) -> Part:
        part = self.product(depth)
        while sign := self.sign("+-"):
            part = Operation("+" if sign == "+" else "-", part, self.product(depth))
        return part

    def product(self, depth: int) -> Part:
        part = self.atom(depth)
        while sign := self.sign("*/"):
            part = Operation("*" if sign == "*" else "/", part, self.atom(depth))
        return part

    def atom(self, depth: int) -> Part:
        if depth > _MOST_DEPTH:
            raise FormulaError(f"brackets are nested more than {_MOST_DEPTH} deep")
        if self.sign("("):
            part = self.sum(depth + 1)
            if not self.sign(")"):
                raise FormulaError("a bracket is not closed")
            return part
        found = self.peek()
        if found is None or found["sign"]:
            raise FormulaError("a number or the name of a figure is missing")
        self.at = found.end()
        if found["name"]:
            return Name(found["name"])
        written = found["quantity"]
        numbers = figures(written)
        if len(numbers) != 1 or numbers[0].kind is not Kind.NUMBER or sum(map(str.isdigit, written)) > _MOST_DIGITS:
            raise FormulaError(f"{written!r} is no number of at most {_MOST_DIGITS} digits")
        return numbers[0]

    def end(self) -> None:
        found = self.peek()
        if found is not None:
            raise FormulaError(f"found {found[0].strip()!r}, wanted + - * / or the end")


def evaluate(part: Part, value_of: Callable[[str], Quantity]) -> Quantity:
    """Return the value of a formula, in which *value_of* gives the value of each name.

    Raises:
        FormulaError: it divides by zero, or adds what has different units.
    """
    if isinstance(part, Name):
        unit = UNITS.get(part.name)
        # "$0.045 / GB": a unit alone is one of it.
        return Quantity(unit.scale, unit.dimension) if unit else value_of(part.name)
    if isinstance(part, Figure):
        return part.readings[0]
    left, right = evaluate(part.left, value_of), evaluate(part.right, value_of)
    if part.sign in "*/":
        try:
            return left.times(right, 1 if part.sign == "*" else -1)
        except ZeroDivisionError:
            raise FormulaError("the formula divides by zero") from None
    if left.dimension != right.dimension:
        what = " and ".join(_called(item) for item in (left, right))
        raise FormulaError(f"{what} cannot be {'added' if part.sign == '+' else 'subtracted'}")
    return Quantity(left.value + right.value * (1 if part.sign == "+" else -1), left.dimension)


def literals(part: Part) -> list[Figure]:
    """Return the numbers that a formula has itself."""
    if isinstance(part, Operation):
        return [*literals(part.left), *literals(part.right)]
    return [part] if isinstance(part, Figure) else []


def agrees(figure: Figure, computed: Quantity) -> bool:
    """Tell whether *figure* is *computed*, rounded as it is written; what is "about" may be 5 % off."""
    for reading in figure.readings:
        if reading.dimension != computed.dimension and not (figure.bare and reading.dimension == NUMBER):
            continue
        scale = reading.value / figure.raw if figure.raw else Fraction(1)
        allowed = abs(reading.value) / 20 if figure.about else abs(figure.step * scale) / 2
        if abs(abs(computed.value) - abs(reading.value)) <= allowed:
            return True
    return False


def shown(quantity: Quantity) -> str:
    """Return a quantity for a message, in base units."""
    value = float(quantity.value)
    units = {"time": "s", "data": "B"}
    above = " ".join(units.get(name, name) for name, power in quantity.dimension if power > 0)
    below = " ".join(units.get(name, name) for name, power in quantity.dimension if power < 0)
    return f"{value:,.6g} {above}{'/' + below if below else ''}".strip()


def _called(quantity: Quantity) -> str:
    return shown(quantity) or "a number"
