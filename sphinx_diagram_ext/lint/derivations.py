"""Derivations: the named figures of a diagram, and what the formulas of the others give."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sphinx_diagram_ext.errors import did_you_mean
from sphinx_diagram_ext.evidence import FormulaError, Kind, evaluate, figures, parse
from sphinx_diagram_ext.evidence.formulas import agrees, shown
from sphinx_diagram_ext.lint.texts import claimed_texts, without_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.evidence import Figure, Quantity
    from sphinx_diagram_ext.model import Backing, Diagram, Message


class Derivations:
    """The formulas of one diagram; each is computed once."""

    def __init__(self, diagram: Diagram) -> None:
        self._texts: dict[tuple[int, Backing], list[Message]] = defaultdict(list)
        for item in claimed_texts(diagram):
            if item.backing and (item.backing.formula or item.backing.figure):
                self._texts[item.backing.line, item.backing].append(item)
        self._named: dict[str, list[Backing]] = defaultdict(list)
        for _, backing in self._texts:
            if backing.figure:
                self._named[backing.figure].append(backing)
        self._values: dict[str, Quantity] = {}
        self._open: list[str] = []

    def wrong(self) -> Iterator[tuple[int, str]]:
        """Yield the line of each formula that is wrong, or whose figure is, and why."""
        for name, owners in self._named.items():
            for other in owners[1:]:
                yield other.line, f"Two figures are called {name!r}; rename one of them."
        for (_, backing), texts in self._texts.items():
            if not backing.formula:
                continue
            line = backing.formula.line
            try:
                value = self.value(backing)
            except FormulaError as error:
                yield line, f"The formula {backing.formula.text!r} cannot be computed: {error}."
                continue
            written = _numbers(texts)
            if not written:
                yield line, f"The formula gives {shown(value)}, and the claim has no figure; write it there."
            elif not any(agrees(figure, value) for figure in written):
                found = " and ".join(repr(figure.text) for figure in written)
                yield line, f"The formula gives {shown(value)}, not {found}; correct one of them."

    def computed(self, backing: Backing, figure: Figure) -> bool:
        """Tell whether *figure* of a claim is what the claim's formula gives."""
        if backing.formula is None:
            return False
        try:
            return agrees(figure, self.value(backing))
        except FormulaError:
            # The rule "derived-wrong" says what is wrong with it.
            return True

    def value(self, backing: Backing) -> Quantity:
        """Return the value of a claim's formula, or of its one figure.

        Raises:
            FormulaError: it cannot be computed.
        """
        if backing.formula:
            return evaluate(parse(backing.formula.text), self._value_of)
        written = _numbers(self._texts[backing.line, backing])
        if len(written) != 1:
            raise FormulaError(f"the claim called {backing.figure!r} has {len(written)} figures, wanted one")
        return written[0].readings[0]

    def _value_of(self, name: str) -> Quantity:
        if name in self._open:
            raise FormulaError(f"it leads back to itself ({' -> '.join((*self._open, name))})")
        if name not in self._named:
            hint = did_you_mean(name, self._named) or " Name a claim so with 'figure'."
            raise FormulaError(f"no figure is called {name!r}.{hint}".removesuffix("."))
        if name not in self._values:
            self._open.append(name)
            try:
                self._values[name] = self.value(self._named[name][0])
            finally:
                self._open.pop()
        return self._values[name]


def _numbers(texts: list[Message]) -> list[Figure]:
    """Return the numbers of a claim: those of its first text that has any."""
    for item in texts:
        found = [figure for figure in figures(without_addresses(item.text)) if figure.kind is Kind.NUMBER]
        if found:
            return found
    return []
