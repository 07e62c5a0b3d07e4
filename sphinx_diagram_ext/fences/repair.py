"""Repairs of Mermaid source: what the diagnosis knows an exact remedy for, with the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.engine import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_diagram_ext.engine import Engine, Fault

MAX_ROUNDS = 10
"""Times that a source is asked about: one repair can show the next fault of its line."""


class Repaired(NamedTuple):
    """A source, and the faults that were repaired in it; None for a source that still does not parse."""

    source: str | None
    faults: tuple[Fault, ...]


def repair(source: str, engine: Engine) -> Repaired:
    """Return *source* as the parser takes it, where exact remedies are known for all its faults."""
    done: list[Fault] = []
    for _ in range(MAX_ROUNDS):
        try:
            engine.parse(source)
        except EngineError as error:
            known = [fault for fault in error.faults if fault.instead is not None or fault.below]
            if not known:
                break
            source = _applied(source, known)
            done += known
        else:
            return Repaired(source, tuple(done))
    return Repaired(None, tuple(done))


def _applied(source: str, faults: Iterable[Fault]) -> str:
    lines = source.rstrip("\n").split("\n")
    for fault in sorted(faults, reverse=True):
        if fault.instead is not None:
            line, start = lines[fault.line - 1], fault.column - 1
            lines[fault.line - 1] = line[:start] + fault.instead + line[start + len(fault.text) :]
        if fault.below:
            opening = lines[fault.line - 1]
            lines.append(opening[: len(opening) - len(opening.lstrip())] + fault.below)
    return "\n".join(lines) + "\n"
